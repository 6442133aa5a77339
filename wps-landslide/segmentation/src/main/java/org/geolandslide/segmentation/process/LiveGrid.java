package org.geolandslide.segmentation.process;

import java.awt.geom.AffineTransform;
import java.util.Locale;
import org.geolandslide.model.Windowing;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.PixelSize;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.api.metadata.spatial.PixelOrientation;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.datum.PixelInCell;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.coverage.grid.GridEnvelope2D;
import org.geotools.coverage.grid.GridGeometry2D;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.operation.transform.AffineTransform2D;

/**
 * The pixels that a network must be shown to draw one map: those in view, at a resolution that suits the network, and a window's
 * side around them, so that no window that touches the view is cut. They begin at a multiple of the windows' stride, counted from
 * the origin of the CRS: neighbouring maps have their windows in the same places, and no seam between them.
 */
final class LiveGrid {
    /** A network may be shown pixels that are larger or smaller than it wants by this factor. */
    private static final double TOLERANCE = 2;

    /** GeoTools shrinks what was read to the map's resolution if its pixels are smaller than the map's by more than this. */
    private static final double FINEST = 0.7;

    /** Pixel grids often begin at whole or half pixels from the origin: rounding must not be undecided there. */
    private static final double BETWEEN = 0.25;

    private LiveGrid() {}

    /**
     * The pixels to read.
     *
     * @param view the map's pixels, or the raster's own where the map's are smaller
     * @param resolution metres per pixel that the network wants
     * @param windowing the network's windows
     * @throws SegmentationException if the map is too coarse
     */
    static GridGeometry2D around(GridGeometry2D view, double resolution, Windowing windowing) {
        CoordinateReferenceSystem crs = view.getCoordinateReferenceSystem2D();
        MathTransform toCrs = view.getGridToCRS2D(PixelOrientation.UPPER_LEFT);
        if (!(toCrs instanceof AffineTransform transform)) {
            throw new SegmentationException("the map's grid is no affine one: " + toCrs);
        }
        GridEnvelope2D range = view.getGridRange2D();
        AffineTransform pixels = new AffineTransform(transform);
        pixels.translate(range.x, range.y);
        RasterGrid grid = new RasterGrid(range.width, range.height, pixels, crs);
        PixelSize size = PixelSize.of(grid);
        double metres = metres(size);
        if (metres > TOLERANCE * resolution) {
            throw new SegmentationException(String.format(
                    Locale.ROOT,
                    "the map has pixels of %.2f m, expected at most %.2f m for a network that wants %.2f m; zoom in",
                    metres,
                    TOLERANCE * resolution,
                    resolution));
        }
        if (metres < FINEST * resolution) {
            grid = coarser(grid, resolution / size.width(), resolution / size.height());
        }
        return expanded(grid, windowing);
    }

    /**
     * Makes sure that pixels suit a network.
     *
     * @param grid the pixels that it will be shown
     * @param resolution metres per pixel that it wants
     * @throws SegmentationException if they are too large or too small
     */
    static void requireResolution(RasterGrid grid, double resolution) {
        double metres = metres(PixelSize.of(grid));
        // What was asked for at the limit may come back a little coarser.
        double factor = TOLERANCE * 1.01;
        if (metres > factor * resolution || metres < resolution / factor) {
            throw new SegmentationException(String.format(
                    Locale.ROOT,
                    "the raster came with pixels of %.2f m, expected %.2f to %.2f m for a network that wants %.2f m",
                    metres,
                    resolution / TOLERANCE,
                    TOLERANCE * resolution,
                    resolution));
        }
    }

    private static double metres(PixelSize size) {
        return Math.sqrt(size.width() * size.height());
    }

    /** Larger upright pixels over the same place, the first one at a multiple of their size from the origin of the CRS. */
    private static RasterGrid coarser(RasterGrid grid, double acrossFactor, double downFactor) {
        double width = rounded(Math.abs(grid.toWorld().getScaleX()) * acrossFactor);
        double height = rounded(Math.abs(grid.toWorld().getScaleY()) * downFactor);
        ReferencedEnvelope envelope = grid.envelope();
        double left = Math.floor(envelope.getMinX() / width);
        double top = Math.ceil(envelope.getMaxY() / height);
        return new RasterGrid(
                (int) (Math.ceil(envelope.getMaxX() / width) - left),
                (int) (top - Math.floor(envelope.getMinY() / height)),
                new AffineTransform(width, 0, 0, -height, left * width, top * height),
                grid.crs());
    }

    /** Two digits: the scale of a projection changes a little from map to map, and the pixels must not. */
    private static double rounded(double value) {
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        return Math.rint(value / unit) * unit;
    }

    private static GridGeometry2D expanded(RasterGrid grid, Windowing windowing) {
        AffineTransform transform = grid.toWorld();
        int stride = windowing.size() - windowing.overlap();
        int left = before(transform.getTranslateX() / transform.getScaleX(), windowing.size(), stride);
        int top = before(transform.getTranslateY() / transform.getScaleY(), windowing.size(), stride);
        GridEnvelope2D range = new GridEnvelope2D(
                -left, -top, left + grid.width() + windowing.size(), top + grid.height() + windowing.size());
        return new GridGeometry2D(range, PixelInCell.CELL_CORNER, new AffineTransform2D(transform), grid.crs(), null);
    }

    /** Pixels before the first one in view. */
    private static int before(double position, int size, int stride) {
        long first = (long) Math.floor(position + BETWEEN);
        return (int) (first - Math.floorDiv(first - size, stride) * stride);
    }
}
