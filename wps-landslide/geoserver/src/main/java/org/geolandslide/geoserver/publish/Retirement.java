package org.geolandslide.geoserver.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.geolandslide.segmentation.publish.Transaction;
import org.geotools.util.logging.Logging;

/** Removes what was replaced when the maps that were being drawn from it are done: after a while, or when the server stops. */
public final class Retirement implements AutoCloseable {
    private static final Logger LOGGER = Logging.getLogger(Retirement.class);

    private final Executor clock;
    private final Queue<Retired> waiting = new ConcurrentLinkedQueue<>();

    private record Retired(String what, Transaction.Work removal) {}

    /** With a minute of grace, as long as GeoServer's WMS lets a map take by default. */
    public Retirement() {
        this(Duration.ofMinutes(1));
    }

    Retirement(Duration grace) {
        this.clock = CompletableFuture.delayedExecutor(
                grace.toMillis(), TimeUnit.MILLISECONDS, task -> thread(task).start());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "landslide-retirement");
        thread.setDaemon(true);
        // The clock's thread belongs to the machine, which knows nothing of the web application's classes.
        thread.setContextClassLoader(Retirement.class.getClassLoader());
        return thread;
    }

    /**
     * Puts a removal off.
     *
     * @param what what is removed, in words
     */
    void later(String what, Transaction.Work removal) {
        Retired retired = new Retired(what, removal);
        waiting.add(retired);
        clock.execute(() -> remove(retired));
    }

    private void remove(Retired retired) {
        if (!waiting.remove(retired)) {
            return;
        }
        try {
            retired.removal().run();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot remove " + retired.what());
        }
    }

    @Override
    public void close() {
        List.copyOf(waiting).forEach(this::remove);
    }
}
