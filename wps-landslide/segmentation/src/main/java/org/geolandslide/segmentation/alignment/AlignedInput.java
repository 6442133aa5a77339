package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.util.Map;
import java.util.Optional;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;

/**
 * One model input on the common grid.
 *
 * @param name name of the model input
 * @param image its pixels; what the image does not cover is missing
 * @param offsetX column of the image that is column 0 of the grid
 * @param offsetY row of the image that is row 0 of the grid
 * @param samples bands of the image that the model takes, and what marks missing pixels
 * @param footprint pixels of the grid that the raster covers, where the image reaches further
 */
public record AlignedInput(
        String name, RenderedImage image, int offsetX, int offsetY, Samples samples, Optional<PixelRegion> footprint) {

    /**
     * Pixels of a rectangle.
     *
     * @param values per band, row-major; values of the raster as it declares them, scaled but not normalised
     * @param valid whether a pixel has a value, row-major
     */
    public record Pixels(float[][] values, boolean[] valid) {}

    /** Reads a rectangle that lies inside the grid. */
    public Pixels read(Rectangle rectangle) {
        int count = rectangle.width * rectangle.height;
        int bands = samples.bands().size();
        Pixels pixels = new Pixels(new float[bands][count], new boolean[count]);
        Rectangle covered = new Rectangle(
                        image.getMinX() - offsetX, image.getMinY() - offsetY, image.getWidth(), image.getHeight())
                .intersection(rectangle);
        if (!covered.isEmpty()) {
            int start = (covered.y - rectangle.y) * rectangle.width + covered.x - rectangle.x;
            covered.translate(offsetX, offsetY);
            Raster raster = image.getData(covered);
            samples.read(raster, covered, pixels.values(), pixels.valid(), start, rectangle.width);
            footprint.ifPresent(outline -> restrict(pixels.valid(), outline.contains(rectangle)));
        }
        return pixels;
    }

    /**
     * The input as a picture: the bands that the model takes, NaN where they are missing.
     *
     * @param grid the common grid
     */
    GridCoverage2D picture(RasterGrid grid) {
        Rectangle part = new Rectangle(offsetX, offsetY, grid.width(), grid.height());
        RenderedImage picture = new PreparedImage(image, part, samples, Float.NaN);
        return new GridCoverageFactory().create(name, picture, grid.geometry(offsetX, offsetY), null, null, Map.of());
    }

    private static void restrict(boolean[] valid, boolean[] inside) {
        for (int i = 0; i < valid.length; i++) {
            valid[i] &= inside[i];
        }
    }
}
