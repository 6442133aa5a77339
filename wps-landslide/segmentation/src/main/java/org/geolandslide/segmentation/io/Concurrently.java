package org.geolandslide.segmentation.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does pieces of work beside each other, such as writing files that are made of the same lazy images: what one of them has computed, the
 * others find in memory, and while one compresses a tile, another does, too.
 */
public final class Concurrently {
    /** How the threads are called. */
    static final String NAME = "landslide-files";

    private Concurrently() {}

    /** A piece of work. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /**
     * Does all of it, and returns when all has ended. When a piece fails, or this thread is interrupted, the others are interrupted.
     *
     * @throws IOException if a piece does: the first failure, the others suppressed in it
     */
    public static void run(List<Work> pieces) throws IOException {
        if (pieces.size() == 1) {
            pieces.get(0).run();
            return;
        }
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, NAME);
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Void> ends = new ExecutorCompletionService<>(threads);
            for (Work piece : pieces) {
                ends.submit(() -> {
                    piece.run();
                    return null;
                });
            }
            await(ends, pieces.size(), threads);
        } finally {
            threads.shutdown();
        }
    }

    private static void await(CompletionService<Void> ends, int pieces, ExecutorService threads) throws IOException {
        List<Throwable> failures = new ArrayList<>();
        boolean interrupted = false;
        int ended = 0;
        while (ended < pieces) {
            try {
                Future<Void> end = ends.take();
                ended++;
                end.get();
            } catch (InterruptedException e) {
                interrupted = true;
                threads.shutdownNow();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                failures.add(cause == null ? e : cause);
                threads.shutdownNow();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            Throwable first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            rethrow(first);
        }
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof IOException checked) {
            throw checked;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("work failed: " + failure, failure);
    }
}
