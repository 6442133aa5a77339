package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.util.Arrays;
import org.geolandslide.segmentation.image.LazyImage;
import org.geolandslide.segmentation.window.HannWeights;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * The mean of overlapping windows with Hann weights, tile by tile: {@link #begin}, {@link #add} for every window that shares a pixel with
 * the tile, always in the same order, and {@link #finish}. Not for use by several threads.
 */
final class WeightedMean {
    private final int size;
    private final HannWeights weights;
    private final float[] weightSum = new float[LazyImage.TILE * LazyImage.TILE];
    /** Weights of the pixels of one row of a window. */
    private final float[] rowWeights;

    private float[][] sums = {};
    private Rectangle pixels = new Rectangle();

    /**
     * Means of windows.
     *
     * @param size side of a window in pixels
     * @param overlap pixels that neighbouring windows share
     */
    WeightedMean(int size, int overlap) {
        this.size = size;
        this.weights = new HannWeights(size, overlap);
        this.rowWeights = new float[size];
    }

    /**
     * Begins a tile.
     *
     * @param outputs arrays of a window
     * @param part pixels of the raster that lie in the tile; the first is the tile's first
     */
    void begin(int outputs, Rectangle part) {
        sums = new float[outputs][LazyImage.TILE * LazyImage.TILE];
        Arrays.fill(weightSum, 0);
        pixels = part;
    }

    /**
     * Adds a window.
     *
     * @param values per output {@code size * size} values, NaN where a pixel takes no part, in this window as in every other that holds it;
     *     no arrays where none does
     */
    void add(Window window, float[][] values) {
        if (values.length == 0) {
            return;
        }
        Rectangle shared = pixels.intersection(new Rectangle(window.x(), window.y(), size, size));
        int left = shared.x - window.x();
        for (int y = shared.y; y < shared.y + shared.height; y++) {
            float weightOfRow = weights.along(y - window.y());
            for (int i = 0; i < shared.width; i++) {
                rowWeights[i] = weightOfRow * weights.along(left + i);
            }
            int from = (y - window.y()) * size + left;
            int to = (y - pixels.y) * LazyImage.TILE + shared.x - pixels.x;
            for (int output = 0; output < sums.length; output++) {
                addRow(values[output], from, sums[output], to, shared.width);
            }
            for (int i = 0; i < shared.width; i++) {
                weightSum[to + i] += rowWeights[i];
            }
        }
    }

    private void addRow(float[] values, int from, float[] sum, int to, int count) {
        for (int i = 0; i < count; i++) {
            sum[to + i] += rowWeights[i] * values[from + i];
        }
    }

    /** The tile's values per output, in rows of {@link LazyImage#TILE}; NaN where no window has one. */
    float[][] finish() {
        for (float[] sum : sums) {
            for (int y = 0; y < pixels.height; y++) {
                int row = y * LazyImage.TILE;
                for (int i = row; i < row + pixels.width; i++) {
                    sum[i] = weightSum[i] > 0 ? sum[i] / weightSum[i] : Float.NaN;
                }
            }
        }
        float[][] means = sums;
        sums = new float[][] {};
        return means;
    }
}
