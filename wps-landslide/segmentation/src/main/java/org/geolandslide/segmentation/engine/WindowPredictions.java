package org.geolandslide.segmentation.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.window.Symmetry;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * The model's predictions for the windows of one raster, made when they are asked for. One thread reads a batch of windows while others
 * run the batches before it, and all go on with windows that will probably be asked for next while the caller does something with the
 * ones it has. One caller at a time.
 */
final class WindowPredictions {
    /** Memory for predictions, in bytes. */
    private static final long KEPT_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final ModelSession session;
    private final WindowGrid grid;
    private final WindowReader reader;
    private final BatchRun model;
    private final Monitor monitor;
    private final BatchBuffers.Shape batch;

    /** Guards everything below, and tells of every change. */
    private final Object lock = new Object();

    private final WindowStore store;
    private final Map<Window, Integer> tilesLeft = new HashMap<>();
    private final Set<Window> demanded = new LinkedHashSet<>();
    private final Set<Window> ahead = new LinkedHashSet<>();
    private final Set<Window> underWay = new HashSet<>();
    private final BitSet seen = new BitSet();
    private Optional<Throwable> failure = Optional.empty();
    private boolean working;
    private boolean known;
    private boolean toldWhole;
    private long run;
    private long busyNanoseconds;
    private long workingSince;

    /** What is done with predictions while they are there. */
    @FunctionalInterface
    interface Use {
        /** Takes a window and its values per output, NaN where a pixel takes no part; no arrays where none does. */
        void of(Window window, float[][] values);
    }

    /**
     * Predictions of a raster.
     *
     * @param attention whether the attention map is kept, too, if the network has one
     */
    WindowPredictions(
            ModelSession session,
            AlignedInputs inputs,
            WindowGrid grid,
            List<Symmetry> symmetries,
            boolean attention,
            Monitor monitor) {
        this.session = session;
        this.grid = grid;
        this.reader = new WindowReader(inputs, grid.size());
        this.monitor = monitor;
        List<String> outputs = new ArrayList<>();
        outputs.add(ModelOutput.PROBABILITY);
        if (attention && session.description().hasOutput(ModelOutput.ATTENTION)) {
            outputs.add(ModelOutput.ATTENTION);
        }
        this.model = new BatchRun(session, symmetries);
        this.batch =
                new BatchBuffers.Shape(session.batchFor(grid.size(), grid.windows(), outputs), grid.size(), outputs);
        long bytes = (long) batch.pixels() * Float.BYTES * outputs.size();
        this.store = new WindowStore((int) Math.max(16, KEPT_BYTES / bytes), outputs.size(), batch.pixels());
    }

    /** Names of the outputs, in the order of a window's arrays. */
    List<String> outputs() {
        return batch.outputs();
    }

    WindowGrid grid() {
        return grid;
    }

    /** Windows that run together. */
    int batch() {
        return batch.batch();
    }

    /**
     * Does something with the predictions of the windows of one tile, in their order.
     *
     * @param windows windows of the tile
     * @param next windows that will probably be asked for next
     * @param tiles number of tiles that share a window; after so many uses it is forgotten
     */
    void use(List<Window> windows, Collection<Window> next, TilesOfWindow tiles, Use use) {
        List<float[][]> values = await(windows, next);
        try {
            for (int i = 0; i < windows.size(); i++) {
                use.of(windows.get(i), values.get(i));
            }
        } finally {
            release(windows, tiles);
        }
    }

    /** How many tiles need a window. */
    @FunctionalInterface
    interface TilesOfWindow {
        int count(Window window);
    }

    private List<float[][]> await(List<Window> windows, Collection<Window> next) {
        try {
            long told;
            synchronized (lock) {
                told = seen.cardinality();
            }
            // Also where all is there already: this is where the caller can stop.
            monitor.windows(told, grid.windows());
            synchronized (lock) {
                failure = Optional.empty();
                store.pin(windows);
                ahead.clear();
                ahead.addAll(next);
                ahead.removeIf(window -> store.contains(window) || underWay.contains(window));
                demand(windows);
            }
            while (true) {
                long done;
                synchronized (lock) {
                    List<Window> missing = windows.stream()
                            .filter(window -> !store.contains(window))
                            .toList();
                    if (missing.isEmpty()) {
                        return windows.stream().map(store::get).toList();
                    }
                    failure.ifPresent(Lanes::rethrow);
                    demand(missing);
                    done = seen.cardinality();
                    if (done == told) {
                        lock.wait();
                        continue;
                    }
                }
                told = done;
                monitor.windows(done, grid.windows());
            }
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("the segmentation was interrupted").initCause(e);
        } catch (RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    /** Asks for those that are neither there nor being made. */
    private void demand(Collection<Window> windows) {
        for (Window window : windows) {
            if (!store.contains(window) && !underWay.contains(window)) {
                ahead.remove(window);
                demanded.add(window);
            }
        }
        if (!working && !(demanded.isEmpty() && ahead.isEmpty())) {
            session.gate().enter(known);
            try {
                Workers.threads().execute(this::work);
            } catch (RuntimeException | Error e) {
                session.gate().leave();
                throw e;
            }
            known = true;
            working = true;
            workingSince = System.nanoTime();
        }
    }

    private void release(List<Window> windows, TilesOfWindow tiles) {
        boolean whole;
        synchronized (lock) {
            store.unpin();
            for (Window window : windows) {
                int left = tilesLeft.getOrDefault(window, tiles.count(window)) - 1;
                if (left > 0) {
                    tilesLeft.put(window, left);
                } else {
                    tilesLeft.remove(window);
                    store.remove(window);
                }
            }
            whole = !toldWhole && seen.cardinality() == grid.windows();
            toldWhole |= whole;
        }
        if (whole) {
            monitor.windows(grid.windows(), grid.windows());
        }
    }

    /** Stops what goes on; when this returns, no thread reads the inputs or runs the model for these predictions. */
    void stop() {
        boolean interrupted = false;
        synchronized (lock) {
            demanded.clear();
            ahead.clear();
            store.unpin();
            while (working) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    // The batch under way ends by itself and soon.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread that reads windows. */
    private void work() {
        Optional<Throwable> failed = Optional.empty();
        try {
            Lanes.run(session, batch, this::fill, this::runBatch);
        } catch (RuntimeException | Error e) {
            failed = Optional.of(e);
        } finally {
            session.gate().leave();
            synchronized (lock) {
                if (failed.isPresent()) {
                    demanded.clear();
                    ahead.clear();
                    failure = failed;
                }
                underWay.clear();
                working = false;
                busyNanoseconds += System.nanoTime() - workingSince;
                // What was asked for between the last look and now is asked for again by who waits for it.
                lock.notifyAll();
            }
        }
    }

    private void fill(BatchBuffers buffers) {
        while (!buffers.isFull()) {
            Optional<Window> next = next();
            if (next.isEmpty()) {
                return;
            }
            Window window = next.get();
            if (reader.read(window, buffers.inputs(), buffers.nextParticipating())) {
                buffers.add(window);
            } else {
                synchronized (lock) {
                    store.putNothing(window);
                    done(window);
                    lock.notifyAll();
                }
            }
        }
    }

    private Optional<Window> next() {
        synchronized (lock) {
            Set<Window> source = demanded.isEmpty() ? ahead : demanded;
            Optional<Window> next = source.stream().findFirst();
            next.ifPresent(window -> {
                source.remove(window);
                underWay.add(window);
            });
            return next;
        }
    }

    private void done(Window window) {
        underWay.remove(window);
        seen.set(Math.toIntExact((long) window.row() * grid.columns() + window.column()));
    }

    private void runBatch(BatchBuffers buffers) {
        List<float[][]> results = new ArrayList<>();
        synchronized (lock) {
            buffers.windows().forEach(window -> results.add(store.fresh()));
        }
        model.run(buffers, results);
        synchronized (lock) {
            for (int i = 0; i < results.size(); i++) {
                Window window = buffers.windows().get(i);
                store.put(window, results.get(i));
                done(window);
                run++;
            }
            lock.notifyAll();
        }
    }

    /** Windows that went through the model so far, those twice that were asked for again after they had been dropped. */
    long windowsRun() {
        synchronized (lock) {
            return run;
        }
    }

    /** Time during which windows were read or run so far, in seconds. */
    double seconds() {
        synchronized (lock) {
            return (busyNanoseconds + (working ? System.nanoTime() - workingSince : 0)) / 1e9;
        }
    }
}
