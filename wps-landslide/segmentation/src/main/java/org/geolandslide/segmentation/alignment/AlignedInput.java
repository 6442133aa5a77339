package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One model input on the common grid.
 *
 * @param name name of the model input
 * @param image its pixels; what the image does not cover is missing
 * @param offsetX column of the image that is column 0 of the grid
 * @param offsetY row of the image that is row 0 of the grid
 * @param bands number of bands that the model takes, from the first
 * @param nodata values that mark missing pixels, where all bands have one of them; NaN and infinities
 *     always do, in any band
 * @param alpha band of the image whose zeros mark missing pixels
 * @param footprint pixels of the grid that the raster covers, where the image reaches further
 */
public record AlignedInput(
        String name,
        RenderedImage image,
        int offsetX,
        int offsetY,
        int bands,
        List<Double> nodata,
        OptionalInt alpha,
        Optional<PixelRegion> footprint) {

    public AlignedInput {
        nodata = List.copyOf(nodata);
    }

    /**
     * Pixels of a rectangle.
     *
     * @param values per band, row-major; raw values of the raster
     * @param valid whether a pixel has a value, row-major
     */
    public record Pixels(float[][] values, boolean[] valid) {}

    /** Reads a rectangle that lies inside the grid. */
    public Pixels read(Rectangle rectangle) {
        int count = rectangle.width * rectangle.height;
        Pixels pixels = new Pixels(new float[bands][count], new boolean[count]);
        Rectangle covered = new Rectangle(
                        image.getMinX() - offsetX, image.getMinY() - offsetY, image.getWidth(), image.getHeight())
                .intersection(rectangle);
        if (!covered.isEmpty()) {
            read(covered, rectangle, pixels);
            footprint.ifPresent(outline -> restrict(pixels.valid(), outline.contains(rectangle)));
        }
        return pixels;
    }

    /** Reads the part of a rectangle that the image covers. */
    private void read(Rectangle covered, Rectangle rectangle, Pixels pixels) {
        int left = covered.x + offsetX;
        int top = covered.y + offsetY;
        Raster raster = image.getData(new Rectangle(left, top, covered.width, covered.height));
        float[][] row = new float[bands][covered.width];
        int[] opacity = new int[covered.width];
        for (int y = 0; y < covered.height; y++) {
            int start = (covered.y + y - rectangle.y) * rectangle.width + covered.x - rectangle.x;
            for (int band = 0; band < bands; band++) {
                raster.getSamples(left, top + y, covered.width, 1, band, row[band]);
                System.arraycopy(row[band], 0, pixels.values()[band], start, covered.width);
            }
            if (alpha.isPresent()) {
                raster.getSamples(left, top + y, covered.width, 1, alpha.getAsInt(), opacity);
            }
            for (int x = 0; x < covered.width; x++) {
                pixels.valid()[start + x] = isValid(row, x) && (alpha.isEmpty() || opacity[x] != 0);
            }
        }
    }

    private static void restrict(boolean[] valid, boolean[] inside) {
        for (int i = 0; i < valid.length; i++) {
            valid[i] &= inside[i];
        }
    }

    private boolean isValid(float[][] values, int pixel) {
        for (float[] band : values) {
            if (!Float.isFinite(band[pixel])) {
                return false;
            }
        }
        for (double missing : nodata) {
            boolean all = true;
            for (float[] band : values) {
                all &= band[pixel] == (float) missing;
            }
            if (all) {
                return false;
            }
        }
        return true;
    }
}
