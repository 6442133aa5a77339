package org.geolandslide.segmentation.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * Native memory for the inputs and outputs of one run, used again for run after run: the model reads and writes it in place.
 */
final class BatchBuffers {
    private final Shape shape;
    private final Map<String, FloatBuffer> inputs = new LinkedHashMap<>();
    private final Map<String, FloatBuffer> turned = new LinkedHashMap<>();
    private final Map<String, FloatBuffer> outputs = new LinkedHashMap<>();
    private final boolean[][] participating;
    private final List<Window> windows = new ArrayList<>();

    /**
     * For what the buffers are.
     *
     * @param batch most windows in a run
     * @param size side of a window in pixels
     * @param outputs names of outputs: one value per window of {@link ModelOutput#DETECTION}, one per pixel of the others
     */
    record Shape(int batch, int size, List<String> outputs) {
        Shape {
            outputs = List.copyOf(outputs);
        }

        int pixels() {
            return size * size;
        }
    }

    BatchBuffers(Shape shape, List<ModelInput> expected) {
        this.shape = shape;
        for (ModelInput input : expected) {
            inputs.put(
                    input.name(),
                    allocate(Math.multiplyExact(shape.batch() * input.bands().size(), shape.pixels())));
        }
        for (String output : shape.outputs()) {
            int values = output.equals(ModelOutput.DETECTION) ? 1 : shape.pixels();
            outputs.put(output, allocate(Math.multiplyExact(shape.batch(), values)));
        }
        participating = new boolean[shape.batch()][shape.pixels()];
    }

    private static FloatBuffer allocate(int values) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    Shape shape() {
        return shape;
    }

    /** Makes room for new windows; also after a failure, which may have left a part of a batch behind. */
    void clear() {
        windows.clear();
        inputs.values().forEach(FloatBuffer::clear);
    }

    /** Where the next window goes: buffers at its first value. */
    Map<String, FloatBuffer> inputs() {
        return inputs;
    }

    /** Where it goes of which pixels take part in the next window. */
    boolean[] nextParticipating() {
        return participating[windows.size()];
    }

    /** Keeps the window that was put. */
    void add(Window window) {
        windows.add(window);
    }

    /** Forgets what was put since the last window that was kept. */
    void dropUnadded() {
        inputs.values().forEach(buffer -> buffer.position(buffer.capacity() / shape.batch() * windows.size()));
    }

    List<Window> windows() {
        return windows;
    }

    boolean isFull() {
        return windows.size() == shape.batch();
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    /** Which pixels of a window take part, row-major. */
    boolean[] participating(int window) {
        return participating[window];
    }

    /** Values of an output, window by window from position 0. */
    FloatBuffer output(String name) {
        FloatBuffer values = outputs.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no buffer for the output " + name + "; there are " + outputs.keySet());
        }
        return values;
    }

    /** The inputs with each window turned or mirrored. */
    Map<String, FloatBuffer> turned(int[] sources) {
        inputs.forEach((name, source) -> {
            FloatBuffer target = turned.computeIfAbsent(name, missing -> allocate(source.capacity()));
            target.clear();
            for (int plane = 0; plane < source.position() / sources.length; plane++) {
                for (int pixel : sources) {
                    target.put(source.get(plane * sources.length + pixel));
                }
            }
        });
        return turned;
    }
}
