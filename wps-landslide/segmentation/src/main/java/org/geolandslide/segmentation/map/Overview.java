package org.geolandslide.segmentation.map;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.util.List;

/**
 * A raster at reduced size: each cell is the mean of a square of pixels, NaN where none has data.
 *
 * @param width columns
 * @param height rows
 * @param factor pixels per cell along each axis
 * @param bands per band the cells, row-major
 */
record Overview(int width, int height, int factor, float[][] bands) {

    /**
     * Reduces a part of an image so that neither side has more than so many cells.
     *
     * @param part pixels of the image
     * @param taken indices of the bands that are taken
     * @param nodata value of pixels without data; NaN never is one with
     */
    static Overview of(RenderedImage image, Rectangle part, List<Integer> taken, int mostCells, double nodata) {
        int factor = Math.max(1, (Math.max(part.width, part.height) + mostCells - 1) / mostCells);
        int width = (part.width + factor - 1) / factor;
        int height = (part.height + factor - 1) / factor;
        float[][] bands = new float[taken.size()][width * height];
        // Whole tiles at a time, so that a lazy image computes each of its tiles once.
        int step = factor * Math.max(1, image.getTileHeight() / factor);
        for (int top = 0; top < part.height; top += step) {
            int rows = Math.min(step, part.height - top);
            Raster strip = image.getData(new Rectangle(part.x, part.y + top, part.width, rows));
            for (int y = 0; y < rows; y += factor) {
                reduceRow(
                        strip,
                        taken,
                        y,
                        Math.min(factor, rows - y),
                        factor,
                        (float) nodata,
                        bands,
                        (top + y) / factor * width);
            }
        }
        return new Overview(width, height, factor, bands);
    }

    private static void reduceRow(
            Raster strip, List<Integer> taken, int y, int rows, int factor, float nodata, float[][] bands, int target) {
        for (int band = 0; band < bands.length; band++) {
            float[] values = strip.getSamples(
                    strip.getMinX(), strip.getMinY() + y, strip.getWidth(), rows, taken.get(band), (float[]) null);
            for (int left = 0; left < strip.getWidth(); left += factor) {
                double sum = 0;
                int count = 0;
                for (int row = 0; row < rows; row++) {
                    for (int x = left; x < Math.min(left + factor, strip.getWidth()); x++) {
                        float value = values[row * strip.getWidth() + x];
                        if (!Float.isNaN(value) && value != nodata) {
                            sum += value;
                            count++;
                        }
                    }
                }
                bands[band][target + left / factor] = count == 0 ? Float.NaN : (float) (sum / count);
            }
        }
    }
}
