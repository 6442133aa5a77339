package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.geolandslide.segmentation.alignment.AlignedInput;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.window.NearestValid;
import org.geolandslide.segmentation.window.Reflection;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * Reads windows of aligned inputs the way the model was trained to see them: reflected at the raster's edge, and with the
 * nearest valid pixel where there is no data. Training cuts its chips with the same class. What a window needs besides its
 * buffers is used again for the next one: not for use by several threads.
 */
public final class WindowReader {
    private final AlignedInputs inputs;
    private final int size;
    private final int[] columns;
    private final int[] rows;
    private final float[] line;
    private final List<AlignedInput.Pixels> pixels;
    private final boolean[] complete;
    private final boolean[] takesPart;
    private final boolean[] everything;
    private final int[] nearest;

    /**
     * A reader.
     *
     * @param size side of a window in pixels
     */
    public WindowReader(AlignedInputs inputs, int size) {
        this.inputs = inputs;
        this.size = size;
        this.columns = new int[size];
        this.rows = new int[size];
        this.line = new float[size];
        // What is reflected needs less.
        this.pixels =
                inputs.inputs().stream().map(input -> input.room(size * size)).toList();
        this.complete = new boolean[pixels.size()];
        this.takesPart = new boolean[size * size];
        this.everything = new boolean[size * size];
        Arrays.fill(everything, true);
        this.nearest = new int[size * size];
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
        reflect(window.x(), inputs.grid().width(), columns);
        reflect(window.y(), inputs.grid().height(), rows);
        Rectangle source = bounds();
        if (!readSource(source)) {
            return false;
        }
        boolean straight = isStraight(columns, source.x) && isStraight(rows, source.y);
        for (int i = 0; i < complete.length; i++) {
            String name = inputs.inputs().get(i).name();
            FloatBuffer target = targets.get(name);
            if (target == null) {
                throw new IllegalArgumentException("no buffer for the input " + name);
            }
            if (complete[i] && straight) {
                for (float[] band : pixels.get(i).values()) {
                    target.put(band, 0, size * size);
                }
            } else if (complete[i]) {
                putReflected(pixels.get(i), source, target);
            } else {
                putNearest(pixels.get(i), source, target);
            }
        }
        gather(source, participating);
        return true;
    }

    private static void reflect(int from, int length, int[] indices) {
        for (int i = 0; i < indices.length; i++) {
            indices[i] = Reflection.inside(from + i, length);
        }
    }

    private Rectangle bounds() {
        int left = columns[0];
        int right = columns[0];
        int top = rows[0];
        int bottom = rows[0];
        for (int i = 1; i < size; i++) {
            left = Math.min(left, columns[i]);
            right = Math.max(right, columns[i]);
            top = Math.min(top, rows[i]);
            bottom = Math.max(bottom, rows[i]);
        }
        return new Rectangle(left, top, right - left + 1, bottom - top + 1);
    }

    /** Whether indices go up by one from a start. */
    private static boolean isStraight(int[] indices, int start) {
        // They move by at most one each.
        return indices[0] == start && indices[indices.length - 1] == start + indices.length - 1;
    }

    /** Reads the pixels of which the window is made, and tells whether any takes part. */
    private boolean readSource(Rectangle source) {
        int count = source.width * source.height;
        System.arraycopy(everything, 0, takesPart, 0, count);
        inputs.region().ifPresent(region -> region.restrict(source, takesPart));
        for (int i = 0; i < complete.length; i++) {
            inputs.inputs().get(i).read(source, pixels.get(i));
            boolean[] valid = pixels.get(i).valid();
            complete[i] = Arrays.equals(valid, 0, count, everything, 0, count);
            for (int pixel = 0; !complete[i] && pixel < count; pixel++) {
                takesPart[pixel] &= valid[pixel];
            }
        }
        for (int pixel = 0; pixel < count; pixel++) {
            if (takesPart[pixel]) {
                return true;
            }
        }
        return false;
    }

    private void putReflected(AlignedInput.Pixels from, Rectangle source, FloatBuffer target) {
        for (float[] band : from.values()) {
            for (int row : rows) {
                int start = (row - source.y) * source.width - source.x;
                for (int i = 0; i < size; i++) {
                    line[i] = band[start + columns[i]];
                }
                target.put(line);
            }
        }
    }

    private void putNearest(AlignedInput.Pixels from, Rectangle source, FloatBuffer target) {
        NearestValid.find(from.valid(), source.width, source.height, nearest);
        for (float[] band : from.values()) {
            for (int row : rows) {
                int start = (row - source.y) * source.width - source.x;
                for (int i = 0; i < size; i++) {
                    line[i] = band[nearest[start + columns[i]]];
                }
                target.put(line);
            }
        }
    }

    private void gather(Rectangle source, boolean[] participating) {
        int i = 0;
        for (int row : rows) {
            int start = (row - source.y) * source.width - source.x;
            for (int column : columns) {
                participating[i++] = takesPart[start + column];
            }
        }
    }
}
