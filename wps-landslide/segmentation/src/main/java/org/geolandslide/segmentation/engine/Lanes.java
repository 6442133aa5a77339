package org.geolandslide.segmentation.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.geolandslide.segmentation.SegmentationException;

/**
 * Runs batches of windows through a model on as many threads beside each other as its session has lanes, while the caller fills the next
 * batches. Several runs of one thread each do more than one run of several threads, which wait for each other at every layer. A lane keeps
 * its thread from the first batch to the last and mostly finds the next one ready: threads that hand over to each other for every batch
 * leave cores idle.
 */
final class Lanes {
    /** Batches that are filled or wait while every lane has one. */
    private static final int SPARE = 2;

    private final ModelSession session;
    private final Consumer<BatchBuffers> run;

    /** Those that are to be run; none for the end of a lane. */
    private final BlockingQueue<Optional<BatchBuffers>> filled = new LinkedBlockingQueue<>();

    /** Those that a lane has done with. */
    private final BlockingQueue<BatchBuffers> returned = new LinkedBlockingQueue<>();

    private final List<Future<?>> lanes = new ArrayList<>();
    private volatile boolean stopped;

    private Lanes(ModelSession session, Consumer<BatchBuffers> run) {
        this.session = session;
        this.run = run;
    }

    /**
     * Fills and runs batches until one stays empty and nothing runs that could make somebody ask for more.
     *
     * @param shape shape of the batches
     * @param fill puts windows into cleared buffers; on this thread
     * @param run runs full buffers when it is their session's turn; several at a time, on other threads
     */
    static void run(
            ModelSession session, BatchBuffers.Shape shape, Consumer<BatchBuffers> fill, Consumer<BatchBuffers> run) {
        Lanes lanes = new Lanes(session, run);
        List<BatchBuffersPool.Loan> loans = new ArrayList<>();
        try {
            for (int i = 0; i < buffersOf(session.lanes()); i++) {
                loans.add(session.buffers().borrow(shape));
            }
            lanes.fillAndRun(loans.stream().map(BatchBuffersPool.Loan::buffers).toList(), fill);
        } catch (RuntimeException | Error e) {
            // That came first. Buffers must not be given back while the model uses them.
            lanes.end();
            throw e;
        } finally {
            try {
                lanes.end().ifPresent(Lanes::rethrow);
            } finally {
                loans.forEach(BatchBuffersPool.Loan::close);
            }
        }
    }

    /** How many buffers so many lanes take. */
    static int buffersOf(int lanes) {
        return lanes + SPARE;
    }

    private void fillAndRun(List<BatchBuffers> all, Consumer<BatchBuffers> fill) {
        Deque<BatchBuffers> free = new ArrayDeque<>(all);
        while (!stopped) {
            if (free.isEmpty()) {
                free.add(take(returned));
                continue;
            }
            BatchBuffers filling = free.remove();
            filling.clear();
            fill.accept(filling);
            if (!filling.isEmpty()) {
                filled.add(Optional.of(filling));
                if (lanes.size() < session.lanes()) {
                    lanes.add(Workers.threads().submit(this::runFilled));
                }
                continue;
            }
            free.add(filling);
            if (free.size() == all.size()) {
                return;
            }
            // More may be wanted when a run ends.
            free.add(take(returned));
        }
    }

    /** A lane. */
    private void runFilled() {
        for (Optional<BatchBuffers> next = take(filled); next.isPresent(); next = take(filled)) {
            BatchBuffers buffers = next.get();
            try {
                if (!stopped) {
                    session.gate().pass(() -> run.accept(buffers));
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts these threads", e);
            } catch (RuntimeException | Error e) {
                stopped = true;
                throw e;
            } finally {
                returned.add(buffers);
            }
        }
    }

    /** Ends all lanes and waits for them; what they have not begun is not run. */
    private Optional<Throwable> end() {
        stopped = true;
        lanes.forEach(lane -> filled.add(Optional.empty()));
        Optional<Throwable> failure = firstFailure(lanes);
        lanes.clear();
        return failure;
    }

    /** Waits also if this thread is interrupted: a batch ends by itself and soon. */
    private static <T> T take(BlockingQueue<T> queue) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return queue.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits until all have ended, also if this thread is interrupted: they use native memory that must stay.
     *
     * @throws RuntimeException the failure of the first that failed
     */
    static void joinAll(List<Future<?>> runs) {
        firstFailure(runs).ifPresent(Lanes::rethrow);
    }

    private static Optional<Throwable> firstFailure(List<Future<?>> runs) {
        Optional<Throwable> failure = Optional.empty();
        for (Future<?> run : runs) {
            Optional<Throwable> own = awaitEnd(run);
            failure = failure.isPresent() ? failure : own;
        }
        return failure;
    }

    private static Optional<Throwable> awaitEnd(Future<?> run) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    run.get();
                    return Optional.empty();
                } catch (InterruptedException e) {
                    // A batch ends by itself and soon.
                    interrupted = true;
                } catch (ExecutionException e) {
                    Throwable cause = e.getCause();
                    return Optional.of(cause == null ? e : cause);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Throws what made a run fail. */
    static void rethrow(Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new SegmentationException("windows could not be read: " + cause, cause);
    }
}
