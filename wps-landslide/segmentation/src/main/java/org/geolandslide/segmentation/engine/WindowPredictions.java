package org.geolandslide.segmentation.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.image.RecentlyUsed;
import org.geolandslide.segmentation.window.Symmetry;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * The model's predictions for the windows of one raster. Windows are run in batches when they are first asked for, and the
 * latest are kept, since neighbouring tiles share them. One thread computes at a time.
 */
final class WindowPredictions {
    /** Windows that run together. */
    private static final int BATCH = 4;
    /** Memory for predictions that may be asked for again, in bytes. */
    private static final long KEPT_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final ModelSession session;
    private final WindowGrid grid;
    private final WindowReader reader;
    private final List<Symmetry> symmetries;
    private final Monitor monitor;
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
    private final RecentlyUsed<Window, Prediction> kept;
    private final BitSet seen = new BitSet();
    private long run;
    private long nanoseconds;

    /**
     * What the model says about one window.
     *
     * @param values per output {@code size * size} values, NaN where a pixel takes no part; empty if none does
     */
    record Prediction(List<float[]> values) {
        static final Prediction EMPTY = new Prediction(List.of());

        boolean isEmpty() {
            return values.isEmpty();
        }
    }

    WindowPredictions(
            ModelSession session, AlignedInputs inputs, WindowGrid grid, List<Symmetry> symmetries, Monitor monitor) {
        this.session = session;
        this.grid = grid;
        this.reader = new WindowReader(inputs, grid.size());
        this.symmetries = List.copyOf(symmetries);
        this.monitor = monitor;
        outputs.add(ModelOutput.PROBABILITY);
        if (session.description().hasOutput(ModelOutput.ATTENTION)) {
            outputs.add(ModelOutput.ATTENTION);
        }
        int pixels = grid.size() * grid.size();
        for (ModelInput input : session.description().inputs()) {
            buffers.put(input.name(), directBuffer(BATCH * input.bands().size() * pixels));
        }
        int keptWindows = (int) Math.max(16, KEPT_BYTES / (pixels * (long) Float.BYTES * outputs.size()));
        this.kept = new RecentlyUsed<>(keptWindows);
    }

    private static FloatBuffer directBuffer(int values) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Names of the outputs, in the order of a prediction's values. */
    List<String> outputs() {
        return outputs;
    }

    WindowGrid grid() {
        return grid;
    }

    /** Predictions of windows, in their order. */
    synchronized List<Prediction> of(List<Window> windows) {
        Map<Window, Prediction> found = new LinkedHashMap<>();
        List<Window> missing = new ArrayList<>();
        for (Window window : windows) {
            kept.get(window).ifPresentOrElse(present -> found.put(window, present), () -> missing.add(window));
        }
        long start = System.nanoTime();
        predict(missing, found);
        nanoseconds += System.nanoTime() - start;
        return windows.stream().map(found::get).toList();
    }

    private void predict(List<Window> windows, Map<Window, Prediction> found) {
        // A failure may have left a part of its batch behind.
        buffers.values().forEach(FloatBuffer::clear);
        List<Window> batch = new ArrayList<>();
        List<boolean[]> participating = new ArrayList<>();
        for (Window window : windows) {
            boolean[] pixels = reader.read(window, buffers);
            if (pixels.length == 0) {
                keep(window, Prediction.EMPTY, found);
            } else {
                batch.add(window);
                participating.add(pixels);
            }
            if (batch.size() == BATCH) {
                runBatch(batch, participating, found);
            }
        }
        if (!batch.isEmpty()) {
            runBatch(batch, participating, found);
        }
        if (!windows.isEmpty()) {
            monitor.windows(seen.cardinality(), grid.windows());
        }
    }

    private void runBatch(List<Window> batch, List<boolean[]> participating, Map<Window, Prediction> found) {
        int pixels = grid.size() * grid.size();
        List<List<float[]>> sums = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            sums.add(outputs.stream().map(output -> new float[pixels]).toList());
        }
        for (Symmetry symmetry : symmetries) {
            runTransformed(symmetry, batch.size(), sums);
        }
        for (int i = 0; i < batch.size(); i++) {
            for (float[] values : sums.get(i)) {
                finish(values, participating.get(i));
            }
            keep(batch.get(i), new Prediction(sums.get(i)), found);
            run++;
        }
        buffers.values().forEach(FloatBuffer::clear);
        batch.clear();
        participating.clear();
        monitor.windows(seen.cardinality(), grid.windows());
    }

    private void runTransformed(Symmetry symmetry, int batch, List<List<float[]>> sums) {
        int size = grid.size();
        int pixels = size * size;
        int[] sources = symmetry.sources(size);
        Map<String, FloatBuffer> inputs = symmetry == Symmetry.IDENTITY ? buffers : transformed(sources);
        session.run(inputs, batch, size, size, outputs, (name, values) -> {
            int output = outputs.indexOf(name);
            for (int i = 0; i < batch; i++) {
                float[] sum = sums.get(i).get(output);
                for (int pixel = 0; pixel < pixels; pixel++) {
                    sum[sources[pixel]] += values.get(i * pixels + pixel);
                }
            }
        });
    }

    private Map<String, FloatBuffer> transformed(int[] sources) {
        Map<String, FloatBuffer> result = new LinkedHashMap<>();
        buffers.forEach((name, source) -> {
            FloatBuffer target = directBuffer(source.capacity());
            for (int plane = 0; plane < source.position() / sources.length; plane++) {
                for (int pixel : sources) {
                    target.put(source.get(plane * sources.length + pixel));
                }
            }
            result.put(name, target.clear());
        });
        return result;
    }

    private void finish(float[] values, boolean[] participating) {
        for (int pixel = 0; pixel < values.length; pixel++) {
            values[pixel] = participating[pixel] ? values[pixel] / symmetries.size() : Float.NaN;
        }
    }

    private void keep(Window window, Prediction prediction, Map<Window, Prediction> found) {
        found.put(window, prediction);
        kept.put(window, prediction);
        seen.set(Math.toIntExact((long) window.row() * grid.columns() + window.column()));
    }

    /** Windows that went through the model so far, those twice that were asked for again after they had been dropped. */
    synchronized long windowsRun() {
        return run;
    }

    /** Time spent on windows so far, in seconds. */
    synchronized double seconds() {
        return nanoseconds / 1e9;
    }
}
