package org.geolandslide.segmentation.product;

import org.geolandslide.segmentation.alignment.RasterGrid;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;

/**
 * Extent of a raster's pixel on the ground, measured in the middle of the raster: in a geographic CRS it changes with the latitude,
 * and the pixels are no squares.
 *
 * @param width metres along a row
 * @param height metres along a column
 */
public record PixelSize(double width, double height) {

    /**
     * Measures a raster's pixels.
     *
     * @throws org.geolandslide.segmentation.SegmentationException if the CRS has no transform to WGS 84
     */
    public static PixelSize of(RasterGrid grid) {
        EqualArea metres = EqualArea.around(grid.envelope().centre(), grid.crs());
        return new PixelSize(length(grid, metres, 1, 0), length(grid, metres, 0, 1));
    }

    private static double length(RasterGrid grid, EqualArea metres, int right, int down) {
        double[] ends = {grid.width() / 2.0, grid.height() / 2.0, grid.width() / 2.0 + right, grid.height() / 2.0 + down
        };
        grid.toWorld().transform(ends, 0, ends, 0, 2);
        Coordinate[] edge = {new Coordinate(ends[0], ends[1]), new Coordinate(ends[2], ends[3])};
        return metres.inMetres(new GeometryFactory().createLineString(edge)).getLength();
    }
}
