package org.geolandslide.training.data;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The batches of one epoch, made by a thread of its own a few steps ahead of their use. */
public final class BatchStream implements Iterator<Batch>, AutoCloseable {
    private static final int AHEAD = 3;

    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "batches");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<Future<Batch>> pending = new ArrayDeque<>();
    private final BatchMaker maker;
    private final List<Window> windows;
    private final int batchSize;
    private final boolean partial;
    private final SplittableRandom random;
    private int next;

    /**
     * A stream.
     *
     * @param windows windows in the order of their use
     * @param batchSize windows per batch
     * @param partial whether windows that do not fill a last batch make a smaller one; else they are left out
     * @param random drives the augmentation
     */
    public BatchStream(
            BatchMaker maker, List<Window> windows, int batchSize, boolean partial, SplittableRandom random) {
        this.maker = maker;
        this.windows = List.copyOf(windows);
        this.batchSize = batchSize;
        this.partial = partial;
        this.random = random;
        while (pending.size() < AHEAD && submit()) {
            // Fill the queue.
        }
    }

    private boolean submit() {
        int end = Math.min(windows.size(), next + batchSize);
        if (end == next || (end - next < batchSize && !partial)) {
            return false;
        }
        List<Window> part = windows.subList(next, end);
        // Split here, so that a batch does not depend on when it is made.
        SplittableRandom own = random.split();
        pending.add(worker.submit(() -> maker.make(part, own)));
        next = end;
        return true;
    }

    @Override
    public boolean hasNext() {
        return !pending.isEmpty();
    }

    @Override
    public Batch next() {
        Future<Batch> first = pending.poll();
        if (first == null) {
            throw new NoSuchElementException("the epoch is over");
        }
        submit();
        try {
            return first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("interrupted while waiting for a batch").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a batch could not be made: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
