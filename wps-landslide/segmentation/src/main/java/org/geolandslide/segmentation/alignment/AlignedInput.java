package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.util.List;

/**
 * One model input on the common grid.
 *
 * @param name name of the model input
 * @param image its pixels; grid pixel (0, 0) is image pixel {@code (offsetX, offsetY)}
 * @param offsetX column of the image that is column 0 of the grid
 * @param offsetY row of the image that is row 0 of the grid
 * @param bands number of bands that the model takes, from the first
 * @param nodata values that mark missing pixels, where all bands have one of them; NaN always does, in any band
 */
public record AlignedInput(String name, RenderedImage image, int offsetX, int offsetY, int bands, List<Double> nodata) {

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
        Rectangle source =
                new Rectangle(rectangle.x + offsetX, rectangle.y + offsetY, rectangle.width, rectangle.height);
        Raster raster = image.getData(source);
        int count = rectangle.width * rectangle.height;
        float[][] values = new float[bands][];
        for (int band = 0; band < bands; band++) {
            values[band] = raster.getSamples(source.x, source.y, source.width, source.height, band, (float[]) null);
        }
        boolean[] valid = new boolean[count];
        for (int i = 0; i < count; i++) {
            valid[i] = isValid(values, i);
        }
        return new Pixels(values, valid);
    }

    private boolean isValid(float[][] values, int pixel) {
        for (float[] band : values) {
            if (Float.isNaN(band[pixel])) {
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
