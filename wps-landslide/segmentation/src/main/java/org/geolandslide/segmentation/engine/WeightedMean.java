package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.util.Arrays;
import org.geolandslide.segmentation.image.LazyImage;
import org.geolandslide.segmentation.image.Precision;
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
        for (int y = shared.y; y < shared.y + shared.height; y++) {
            float rowWeight = weights.along(y - window.y());
            int source = (y - window.y()) * size - window.x();
            int target = (y - pixels.y) * LazyImage.TILE - pixels.x;
            for (int output = 0; output < sums.length; output++) {
                addRow(values[output], source, sums[output], target, shared, window.x(), rowWeight);
            }
            for (int x = shared.x; x < shared.x + shared.width; x++) {
                weightSum[target + x] += rowWeight * weights.along(x - window.x());
            }
        }
    }

    private void addRow(
            float[] values, int source, float[] sum, int target, Rectangle shared, int windowX, float rowWeight) {
        for (int x = shared.x; x < shared.x + shared.width; x++) {
            sum[target + x] += rowWeight * weights.along(x - windowX) * values[source + x];
        }
    }

    /**
     * The tile's values per output, in rows of {@link LazyImage#TILE}, to the {@link Precision} of results; NaN where no window has
     * one.
     */
    float[][] finish() {
        for (float[] sum : sums) {
            for (int y = 0; y < pixels.height; y++) {
                int row = y * LazyImage.TILE;
                for (int i = row; i < row + pixels.width; i++) {
                    sum[i] = weightSum[i] > 0 ? Precision.rounded(sum[i] / weightSum[i]) : Float.NaN;
                }
            }
        }
        float[][] means = sums;
        sums = new float[][] {};
        return means;
    }
}
