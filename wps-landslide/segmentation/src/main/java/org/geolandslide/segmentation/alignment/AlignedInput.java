package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.segmentation.image.Tiles;
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
        Pixels pixels = room(rectangle.width * rectangle.height);
        read(rectangle, pixels);
        return pixels;
    }

    /** Room for so many pixels. */
    public Pixels room(int count) {
        return new Pixels(new float[samples.bands().size()][count], new boolean[count]);
    }

    /**
     * Reads a rectangle that lies inside the grid.
     *
     * @param target {@link #room} for the rectangle's pixels or more; what it holds of invalid pixels has no meaning
     */
    public void read(Rectangle rectangle, Pixels target) {
        Rectangle covered = new Rectangle(
                        image.getMinX() - offsetX, image.getMinY() - offsetY, image.getWidth(), image.getHeight())
                .intersection(rectangle);
        if (!covered.equals(rectangle)) {
            Arrays.fill(target.valid(), 0, rectangle.width * rectangle.height, false);
        }
        if (covered.isEmpty()) {
            return;
        }
        covered.translate(offsetX, offsetY);
        Tiles.of(image, covered, (tile, part) -> {
            int start = (part.y - offsetY - rectangle.y) * rectangle.width + part.x - offsetX - rectangle.x;
            samples.read(tile, part, target.values(), target.valid(), start, rectangle.width);
        });
        footprint.ifPresent(outline -> outline.restrict(rectangle, target.valid()));
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
}
