package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.DataBuffer;
import java.awt.image.RenderedImage;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javax.media.jai.RasterFactory;
import javax.media.jai.TiledImage;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.Rasters;
import org.geotools.coverage.Category;
import org.geotools.coverage.GridSampleDimension;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;

/** Rasters of any number of bands with names, scales and any layout of tiles. */
final class Bands {
    private Bands() {}

    /** A model input with bands of these names and no nodata value. */
    static ModelInput input(String name, String... bands) {
        return new ModelInput(
                name,
                Stream.of(bands)
                        .map(band -> new Band(band, "float32", "", OptionalDouble.empty(), OptionalDouble.empty()))
                        .toList(),
                "");
    }

    /** A band that declares a scale and an offset. */
    static GridSampleDimension scaled(String name, double scale, double offset) {
        return new GridSampleDimension(name, new Category[0], scale, offset);
    }

    static GridSampleDimension[] named(String... names) {
        return Stream.of(names).map(GridSampleDimension::new).toArray(GridSampleDimension[]::new);
    }

    /** A coverage around an image, wherever its first pixel is. */
    static GridCoverage2D coverage(
            RasterGrid grid, RenderedImage image, GridSampleDimension[] bands, Map<String, Object> properties) {
        return new GridCoverageFactory()
                .create("test", image, grid.geometry(image.getMinX(), image.getMinY()), bands, null, properties);
    }

    /** Small whole numbers: ten times the band, and the column. */
    static GridCoverage2D tens(RasterGrid grid, GridSampleDimension... bands) {
        RenderedImage image = image(grid, DataBuffer.TYPE_SHORT, bands.length, (x, y, band) -> 10 * band + x);
        return coverage(grid, image, bands, Map.of());
    }

    static RenderedImage image(RasterGrid grid, int dataType, int bands, Rasters.Content content) {
        return tiled(new Rectangle(0, 0, grid.width(), grid.height()), 0, grid.width(), dataType, bands, content);
    }

    /**
     * An image in tiles.
     *
     * @param bounds its pixels; the content counts from the first one
     * @param tileGrid first column and row of some tile
     * @param tile side of a tile
     */
    static TiledImage tiled(
            Rectangle bounds, int tileGrid, int tile, int dataType, int bands, Rasters.Content content) {
        var samples = RasterFactory.createBandedSampleModel(dataType, tile, tile, bands);
        TiledImage image = new TiledImage(
                bounds.x,
                bounds.y,
                bounds.width,
                bounds.height,
                tileGrid,
                tileGrid,
                samples,
                // Two and four bands would be taken for colours with transparency.
                bands == 1
                        ? Rasters.image(Rasters.utm(1, 1), dataType, 1, (x, y, band) -> 0)
                                .getColorModel()
                        : null);
        for (int y = 0; y < bounds.height; y++) {
            for (int x = 0; x < bounds.width; x++) {
                for (int band = 0; band < bands; band++) {
                    image.setSample(bounds.x + x, bounds.y + y, band, content.at(x, y, band));
                }
            }
        }
        return image;
    }

    /** The values of the first pixel of an input. */
    static List<Float> first(AlignedInput input) {
        float[][] values = input.read(new Rectangle(0, 0, 1, 1)).values();
        return Stream.of(values).map(band -> band[0]).toList();
    }
}
