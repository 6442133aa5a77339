package org.geolandslide.segmentation.engine;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.geolandslide.model.InvalidPackageException;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;

/**
 * Finds out in a moment how many windows should run together, and on how many lanes beside each other. What is faster by less than the noise
 * of such a measurement is not preferred.
 */
final class Calibration {
    /** Below so many windows a measurement would cost more than it gains. */
    static final int WINDOWS_WORTH_MEASURING = 64;

    /** Windows that run together where nothing was measured. */
    static final int UNMEASURED_BATCH = 4;

    private static final int[] BATCHES = {1, 2, 4, 8};
    /** Native memory of the largest batch that is tried. */
    private static final long MOST_BYTES = 256L << 20;

    private static final double MOST_SECONDS = 3;
    private static final double CLEARLY_FASTER = 1.05;
    /** A single run of this length is left as it is: its lanes would need as many times its memory. */
    private static final double LONG_RUN_SECONDS = 2;

    private static final int TIMED_RUNS = 4;

    private Calibration() {}

    /** Loads a model for a number of lanes. */
    @FunctionalInterface
    interface Loader {
        ModelSession load(int lanes) throws InvalidPackageException;
    }

    /**
     * The session with as many lanes as are fastest: one, or as many as there are threads, or half of these. Those that were tried in vain are
     * freed.
     *
     * @param threads threads that the lanes share
     */
    static ModelSession ofLanes(int threads, Loader loader) throws InvalidPackageException {
        ModelSession best = loader.load(1);
        BatchBuffers.Shape one =
                new BatchBuffers.Shape(1, best.description().windowing().size(), List.of(ModelOutput.PROBABILITY));
        double bestSpeed = threads > 1 ? speed(best, one) : 0;
        for (int lanes = threads; lanes > 1 && bestSpeed > 1 / LONG_RUN_SECONDS; lanes /= 2) {
            ModelSession other = loader.load(lanes);
            double speed = speed(other, one);
            boolean faster = speed > bestSpeed * CLEARLY_FASTER;
            (faster ? best : other).discard();
            best = faster ? other : best;
            bestSpeed = Math.max(speed, bestSpeed);
        }
        return best;
    }

    /** The number of windows that run fastest together. */
    static int ofBatch(ModelSession session, BatchBuffers.Shape one) {
        int best = 1;
        double bestSpeed = 0;
        long start = System.nanoTime();
        for (int batch : BATCHES) {
            if (bytes(session, one, batch) > MOST_BYTES || since(start) > MOST_SECONDS) {
                break;
            }
            double speed = speed(session, new BatchBuffers.Shape(batch, one.size(), one.outputs()));
            if (speed > bestSpeed * CLEARLY_FASTER) {
                best = batch;
                bestSpeed = speed;
            }
        }
        return best;
    }

    private static long bytes(ModelSession session, BatchBuffers.Shape one, int batch) {
        long planes = one.outputs().size();
        for (ModelInput input : session.description().inputs()) {
            planes += input.bands().size();
        }
        return planes * batch * one.pixels() * Float.BYTES * session.lanes();
    }

    /** Windows per second on all lanes together. */
    private static double speed(ModelSession session, BatchBuffers.Shape shape) {
        List<BatchBuffersPool.Loan> loans = new ArrayList<>();
        try {
            for (int lane = 0; lane < session.lanes(); lane++) {
                BatchBuffersPool.Loan loan = session.buffers().borrow(shape);
                loans.add(loan);
                loan.buffers().inputs().values().forEach(Calibration::fill);
            }
            // The first runs warm up.
            double seconds = seconds(session, loans, 1);
            if (seconds < MOST_SECONDS) {
                seconds = seconds(session, loans, TIMED_RUNS) / TIMED_RUNS;
            }
            return shape.batch() * loans.size() / seconds;
        } finally {
            loans.forEach(BatchBuffersPool.Loan::close);
        }
    }

    /** Seconds that runs on all lanes take, so many on each. */
    private static double seconds(ModelSession session, List<BatchBuffersPool.Loan> loans, int runs) {
        long start = System.nanoTime();
        List<Future<?>> lanes = new ArrayList<>();
        for (BatchBuffersPool.Loan loan : loans) {
            lanes.add(Workers.threads().submit(() -> {
                BatchBuffers buffers = loan.buffers();
                for (int i = 0; i < runs; i++) {
                    session.run(buffers, buffers.inputs(), buffers.shape().batch());
                }
            }));
        }
        Lanes.joinAll(lanes);
        return since(start);
    }

    /** A ramp: zeros could be quicker to compute with than pixels are. */
    private static void fill(FloatBuffer values) {
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, i % 255);
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
