package org.geolandslide.segmentation.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads beside those that ask for pixels. They end when there has been nothing to do for a second. */
final class Workers {
    /** How the threads are called. */
    static final String NAME = "landslide-windows";

    private static final ExecutorService THREADS =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, NAME);
                thread.setDaemon(true);
                return thread;
            });

    private Workers() {}

    static ExecutorService threads() {
        return THREADS;
    }
}
