package org.geolandslide.segmentation.engine;

import java.nio.FloatBuffer;
import org.geolandslide.model.InvalidPackageException;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;

/**
 * Finds out in a moment how many windows should run together and with how many threads. What is faster by less than the noise of such a
 * measurement is not preferred.
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
    /** Half of the threads must be this much faster: a moment in which others work must not halve the speed for good. */
    private static final double FEWER_THREADS_FASTER = 1.25;
    /** Runs longer than this keep any number of threads busy. */
    private static final double LONG_RUN_SECONDS = 0.25;

    private static final int TIMED_RUNS = 3;

    private Calibration() {}

    /** Loads a model with a number of threads. */
    @FunctionalInterface
    interface Loader {
        ModelSession load(int threads) throws InvalidPackageException;
    }

    /**
     * The session with all threads or, where that is clearly faster, one with half of them: where cores share their arithmetic units or
     * windows are small, fewer threads do more. The other one is freed.
     */
    static ModelSession ofThreads(ModelSession all, int threads, Loader loader) throws InvalidPackageException {
        int size = all.description().windowing().size();
        BatchBuffers one = new BatchBuffers(
                new BatchBuffers.Shape(1, size, java.util.List.of(ModelOutput.PROBABILITY)),
                all.description().inputs());
        double secondsOfAll = seconds(all, one);
        if (secondsOfAll > LONG_RUN_SECONDS) {
            return all;
        }
        ModelSession half = loader.load(threads / 2);
        boolean faster = seconds(half, one) * FEWER_THREADS_FASTER < secondsOfAll;
        (faster ? all : half).discard();
        return faster ? half : all;
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
            BatchBuffers.Shape shape = new BatchBuffers.Shape(batch, one.size(), one.outputs());
            double speed;
            try (BatchBuffersPool.Loan loan = session.buffers().borrow(shape)) {
                speed = batch / seconds(session, loan.buffers());
            }
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
        return planes * batch * one.pixels() * Float.BYTES;
    }

    /** Seconds of the fastest of some runs, after one for warming up. */
    private static double seconds(ModelSession session, BatchBuffers buffers) {
        buffers.inputs().values().forEach(Calibration::fill);
        double fastest = Double.MAX_VALUE;
        for (int i = 0; i <= TIMED_RUNS; i++) {
            long start = System.nanoTime();
            session.run(buffers, buffers.inputs(), buffers.shape().batch());
            fastest = i == 0 ? Double.MAX_VALUE : Math.min(fastest, since(start));
            if (i == 0 && since(start) > MOST_SECONDS) {
                return since(start);
            }
        }
        return fastest;
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
