package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.nio.FloatBuffer;
import java.util.Map;
import org.geolandslide.segmentation.alignment.AlignedInput;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.window.NearestValid;
import org.geolandslide.segmentation.window.Reflection;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * Reads windows of aligned inputs the way the model was trained to see them: reflected at the raster's edge, and with the
 * nearest valid pixel where there is no data. Training cuts its chips with the same class.
 */
public final class WindowReader {
    private final AlignedInputs inputs;
    private final int size;

    /**
     * A reader.
     *
     * @param size side of a window in pixels
     */
    public WindowReader(AlignedInputs inputs, int size) {
        this.inputs = inputs;
        this.size = size;
    }

    /**
     * Reads one window.
     *
     * @param window where
     * @param targets per input a buffer; {@code bands * size * size} values are put at its position, which moves on
     * @return whether each pixel of the window takes part, row-major: valid in every input and inside the region; empty if no
     *     pixel does, and then nothing is put
     */
    public boolean[] read(Window window, Map<String, FloatBuffer> targets) {
        boolean[] participating = new boolean[size * size];
        return read(window, targets, participating) ? participating : new boolean[0];
    }

    /**
     * Reads one window.
     *
     * @param window where
     * @param targets per input a buffer; {@code bands * size * size} values are put at its position, which moves on
     * @param participating is told whether each pixel of the window takes part, row-major: valid in every input and inside the region
     * @return whether any pixel does; if not, nothing is put
     */
    boolean read(Window window, Map<String, FloatBuffer> targets, boolean[] participating) {
        int[] columns = reflected(window.x(), inputs.grid().width());
        int[] rows = reflected(window.y(), inputs.grid().height());
        Rectangle source = bounds(columns, rows);
        boolean[] ofSource = region(source);
        AlignedInput.Pixels[] pixels = new AlignedInput.Pixels[inputs.inputs().size()];
        boolean any = false;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = inputs.inputs().get(i).read(source);
            any = restrict(ofSource, pixels[i].valid());
        }
        if (!any) {
            return false;
        }
        for (int i = 0; i < pixels.length; i++) {
            FloatBuffer target = targets.get(inputs.inputs().get(i).name());
            if (target == null) {
                throw new IllegalArgumentException(
                        "no buffer for the input " + inputs.inputs().get(i).name());
            }
            put(pixels[i], source, columns, rows, target);
        }
        gather(ofSource, source, columns, rows, participating);
        return true;
    }

    private int[] reflected(int from, int length) {
        int[] indices = new int[size];
        for (int i = 0; i < size; i++) {
            indices[i] = Reflection.inside(from + i, length);
        }
        return indices;
    }

    private static Rectangle bounds(int[] columns, int[] rows) {
        Rectangle bounds = new Rectangle(columns[0], rows[0], 1, 1);
        for (int i = 0; i < columns.length; i++) {
            bounds.add(new Rectangle(columns[i], rows[i], 1, 1));
        }
        return bounds;
    }

    private boolean[] region(Rectangle source) {
        boolean[] inside = new boolean[source.width * source.height];
        java.util.Arrays.fill(inside, true);
        return inputs.region().map(region -> region.contains(source)).orElse(inside);
    }

    private static boolean restrict(boolean[] participating, boolean[] valid) {
        boolean any = false;
        for (int i = 0; i < valid.length; i++) {
            participating[i] &= valid[i];
            any |= participating[i];
        }
        return any;
    }

    private void put(AlignedInput.Pixels pixels, Rectangle source, int[] columns, int[] rows, FloatBuffer target) {
        int[] nearest = NearestValid.sources(pixels.valid(), source.width, source.height);
        for (float[] band : pixels.values()) {
            for (int row : rows) {
                int start = (row - source.y) * source.width - source.x;
                for (int column : columns) {
                    target.put(band[nearest[start + column]]);
                }
            }
        }
    }

    private static void gather(boolean[] from, Rectangle source, int[] columns, int[] rows, boolean[] to) {
        int i = 0;
        for (int row : rows) {
            int start = (row - source.y) * source.width - source.x;
            for (int column : columns) {
                to[i++] = from[start + column];
            }
        }
    }
}
