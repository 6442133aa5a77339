package org.geolandslide.segmentation.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.geolandslide.segmentation.SegmentationException;

/**
 * Runs batches of windows through a model on as many threads beside each other as its session has lanes, while the caller fills the next
 * batch. Several runs of one thread each do more than one run of several threads, which wait for each other at every layer.
 */
final class Lanes {
    private final ModelSession session;
    private final Consumer<BatchBuffers> run;
    private final Deque<BatchBuffers> free = new ArrayDeque<>();
    private final Deque<Running> running = new ArrayDeque<>();

    /** A batch under way. */
    private record Running(BatchBuffers buffers, Future<?> end) {}

    private Lanes(ModelSession session, Consumer<BatchBuffers> run) {
        this.session = session;
        this.run = run;
    }

    /**
     * Fills and runs batches until one stays empty.
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
            // One for each lane, and one that is being filled.
            for (int i = 0; i <= session.lanes(); i++) {
                BatchBuffersPool.Loan loan = session.buffers().borrow(shape);
                loans.add(loan);
                lanes.free.add(loan.buffers());
            }
            lanes.fillAndRun(fill);
        } finally {
            // After a failure of filling: buffers must not be given back while the model uses them.
            lanes.running.forEach(Lanes::settle);
            loans.forEach(BatchBuffersPool.Loan::close);
        }
    }

    private void fillAndRun(Consumer<BatchBuffers> fill) {
        while (true) {
            if (free.isEmpty()) {
                joinFirst();
            }
            BatchBuffers filling = free.remove();
            filling.clear();
            fill.accept(filling);
            if (filling.isEmpty()) {
                free.addFirst(filling);
                if (running.isEmpty()) {
                    return;
                }
                // More may be wanted when it ends.
                joinFirst();
                continue;
            }
            running.add(new Running(filling, Workers.threads().submit(() -> pass(filling))));
        }
    }

    private void pass(BatchBuffers buffers) {
        try {
            session.gate().pass(() -> run.accept(buffers));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts these threads", e);
        }
    }

    private void joinFirst() {
        Running first = running.remove();
        free.add(first.buffers());
        joinAll(List.of(first.end()));
    }

    /** Waits for the end of what a failure left running; that failure came first. */
    private static void settle(Running batch) {
        awaitEnd(batch.end());
    }

    /**
     * Waits until all have ended, also if this thread is interrupted: they use native memory that must stay.
     *
     * @throws RuntimeException the failure of the first that failed
     */
    static void joinAll(List<Future<?>> runs) {
        Optional<Throwable> failure = Optional.empty();
        for (Future<?> run : runs) {
            Optional<Throwable> own = awaitEnd(run);
            failure = failure.isPresent() ? failure : own;
        }
        failure.ifPresent(Lanes::rethrow);
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
