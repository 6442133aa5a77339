package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.util.Locale;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.api.metadata.spatial.PixelOrientation;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridEnvelope2D;
import org.geotools.coverage.grid.GridGeometry2D;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.CRS;
import org.geotools.referencing.operation.transform.AffineTransform2D;

/**
 * Where the pixels of a raster lie. Pixels count from 0 at the upper left.
 *
 * @param width columns
 * @param height rows
 * @param toWorld from pixel corners to coordinates: {@code (0, 0)} is the outer corner of the first pixel
 * @param crs coordinate reference system of the coordinates
 */
public record RasterGrid(int width, int height, AffineTransform toWorld, CoordinateReferenceSystem crs) {
    /** Grids whose corners differ by less than this many pixels are the same. */
    private static final double SAME_GRID = 1e-3;

    /** Points at which the edges of a raster are brought into another CRS, where they are curves. */
    static final int POINTS_PER_EDGE = 64;

    public RasterGrid {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a raster of " + width + " x " + height + " pixels");
        }
        if (toWorld.getDeterminant() == 0) {
            throw new IllegalArgumentException("the transform " + toWorld + " maps pixels onto a line");
        }
        toWorld = new AffineTransform(toWorld);
    }

    @Override
    public AffineTransform toWorld() {
        return new AffineTransform(toWorld);
    }

    /** From coordinates to pixel corners. */
    public AffineTransform toPixels() {
        try {
            return toWorld.createInverse();
        } catch (NoninvertibleTransformException e) {
            throw new IllegalStateException("the determinant was checked", e);
        }
    }

    /** A part of the grid. */
    public RasterGrid part(Rectangle pixels) {
        AffineTransform shifted = new AffineTransform(toWorld);
        shifted.translate(pixels.x, pixels.y);
        return new RasterGrid(pixels.width, pixels.height, shifted, crs);
    }

    /**
     * A grid over the same place with pixels of another size on the ground: from the same corner, along the same axes, and at its
     * lower and right edges perhaps a part of a pixel larger.
     *
     * @param metres size of a pixel
     * @return this grid if its pixels have that size, to one percent
     * @throws SegmentationException if that is too many pixels, or the CRS has no transform to WGS 84
     */
    public RasterGrid withPixels(double metres) {
        PixelSize own = PixelSize.of(this);
        if (own.isAbout(metres)) {
            return this;
        }
        double columns = Math.ceil(width * own.width() / metres - SAME_GRID);
        double rows = Math.ceil(height * own.height() / metres - SAME_GRID);
        if (Math.max(columns, rows) > Integer.MAX_VALUE) {
            throw new SegmentationException(String.format(
                    Locale.ROOT,
                    "a raster of %d x %d pixels resampled to pixels of %s m has %.0f x %.0f, expected at most %d along each side",
                    width,
                    height,
                    metres,
                    columns,
                    rows,
                    Integer.MAX_VALUE));
        }
        AffineTransform resized = new AffineTransform(toWorld);
        resized.scale(metres / own.width(), metres / own.height());
        return new RasterGrid(Math.max(1, (int) columns), Math.max(1, (int) rows), resized, crs);
    }

    /** A grid from the same corner, each of whose pixels is a block of pixels of this one. */
    RasterGrid reduced(int columns, int rows) {
        AffineTransform larger = new AffineTransform(toWorld);
        larger.scale(columns, rows);
        return new RasterGrid((width + columns - 1) / columns, (height + rows - 1) / rows, larger, crs);
    }

    /** From pixel corners of this grid to pixel corners of another one in the same CRS. */
    public AffineTransform to(RasterGrid other) {
        AffineTransform transform = other.toPixels();
        transform.concatenate(toWorld);
        return transform;
    }

    /** The same grid as GeoTools has it. */
    public GridGeometry2D geometry() {
        return geometry(0, 0);
    }

    /** The same grid as GeoTools has it, for an image whose first pixel is (x, y). */
    GridGeometry2D geometry(int x, int y) {
        AffineTransform centres = new AffineTransform(toWorld);
        // GeoTools' transforms start from pixel centres.
        centres.translate(0.5 - x, 0.5 - y);
        return new GridGeometry2D(new GridEnvelope2D(x, y, width, height), new AffineTransform2D(centres), crs);
    }

    /** The longer side of a pixel, in units of the CRS. */
    double longestStep() {
        return Math.max(
                Math.hypot(toWorld.getScaleX(), toWorld.getShearY()),
                Math.hypot(toWorld.getShearX(), toWorld.getScaleY()));
    }

    /** Smallest upright rectangle in the CRS that holds all pixels. */
    public ReferencedEnvelope envelope() {
        var bounds = toWorld.createTransformedShape(new Rectangle(0, 0, width, height))
                .getBounds2D();
        return ReferencedEnvelope.rect(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight(), crs);
    }

    /** Smallest upright rectangle in another CRS that holds all pixels. */
    ReferencedEnvelope envelopeIn(CoordinateReferenceSystem other) throws FactoryException, TransformException {
        return envelope().transform(other, true, POINTS_PER_EDGE);
    }

    /** The grid of a coverage, its first pixel counted as 0. */
    public static RasterGrid of(GridCoverage2D coverage) {
        return of(coverage.getGridGeometry(), coverage.getCoordinateReferenceSystem2D());
    }

    /** Whether the pixels of both grids lie in the same places, to a thousandth of a pixel. */
    public boolean isSame(RasterGrid other) {
        if (width != other.width || height != other.height || !CRS.equalsIgnoreMetadata(crs, other.crs)) {
            return false;
        }
        double[] corners = {0, 0, width, 0, 0, height, width, height};
        double[] inOther = new double[corners.length];
        toWorld.transform(corners, 0, inOther, 0, 4);
        other.toPixels().transform(inOther, 0, inOther, 0, 4);
        for (int i = 0; i < corners.length; i++) {
            if (Math.abs(corners[i] - inOther[i]) > SAME_GRID) {
                return false;
            }
        }
        return true;
    }

    /** The grid of a coverage whose CRS is known, its first pixel counted as 0. */
    static RasterGrid of(GridGeometry2D geometry, CoordinateReferenceSystem crs) {
        AffineTransform transform =
                new AffineTransform((AffineTransform) geometry.getGridToCRS2D(PixelOrientation.UPPER_LEFT));
        GridEnvelope2D range = geometry.getGridRange2D();
        transform.translate(range.x, range.y);
        return new RasterGrid(range.width, range.height, transform, crs);
    }
}
