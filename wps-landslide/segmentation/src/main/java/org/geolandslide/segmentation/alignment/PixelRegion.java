package org.geolandslide.segmentation.alignment;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.Optional;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.geometry.jts.JTS;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.CRS;
import org.geotools.referencing.operation.transform.AffineTransform2D;
import org.locationtech.jts.awt.ShapeWriter;
import org.locationtech.jts.densify.Densifier;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.GeometryFixer;

/**
 * A region of interest in pixels of a grid.
 *
 * @param outline outline, in pixel corners
 * @param bounds pixels that can lie inside
 */
public record PixelRegion(Shape outline, Rectangle bounds) {
    /**
     * The part of a geometry that lies on a grid.
     *
     * @param geometry polygon in the CRS of the grid or, if its user data or SRID name one, in that CRS (longitude first)
     * @throws SegmentationException if it is no polygon, or no pixel of the grid can lie inside
     */
    static PixelRegion of(Geometry geometry, RasterGrid grid) {
        return of(geometry, grid, 0);
    }

    /**
     * The part of a geometry and of its surroundings that lies on a grid.
     *
     * @param margin how far the surroundings reach, in pixels
     */
    static PixelRegion of(Geometry geometry, RasterGrid grid, int margin) {
        if (geometry.getDimension() != 2) {
            throw new SegmentationException("the region is a " + geometry.getGeometryType() + ", expected a polygon");
        }
        try {
            CoordinateReferenceSystem crs = crsOf(geometry, grid.crs());
            ReferencedEnvelope raster = grid.envelopeIn(crs);
            Geometry near = near(geometry, raster);
            Optional<PixelRegion> region =
                    near.isEmpty() ? Optional.empty() : Optional.of(onGrid(near, crs, grid, margin));
            return region.filter(found -> !found.bounds().isEmpty())
                    .orElseThrow(() -> new SegmentationException("the region lies outside the raster: it covers "
                            + Extents.describe(geometry.getEnvelopeInternal()) + ", the raster "
                            + Extents.describe(raster) + " in " + crs.getName().getCode()));
        } catch (FactoryException | TransformException e) {
            throw new SegmentationException("the region cannot be brought into the raster's CRS: " + e.getMessage(), e);
        }
    }

    /** The pixels of a grid that another grid covers. */
    static PixelRegion footprint(RasterGrid covering, RasterGrid grid) throws FactoryException, TransformException {
        Polygon pixels = JTS.toGeometry(new Envelope(0, covering.width(), 0, covering.height()));
        double step = Math.max(covering.width(), covering.height()) / (double) RasterGrid.POINTS_PER_EDGE;
        Geometry outline = JTS.transform(Densifier.densify(pixels, step), new AffineTransform2D(covering.toWorld()));
        return onGrid(outline, covering.crs(), grid, 0);
    }

    private static PixelRegion onGrid(Geometry geometry, CoordinateReferenceSystem crs, RasterGrid grid, int margin)
            throws FactoryException, TransformException {
        MathTransform transform = CRS.findMathTransform(crs, grid.crs(), true);
        Geometry inWorld = transform.isIdentity() ? geometry : JTS.transform(geometry, transform);
        if (margin > 0) {
            inWorld = GeometryFixer.fix(inWorld).buffer(margin * grid.longestStep());
        }
        Shape outline = grid.toPixels().createTransformedShape(new ShapeWriter().toShape(inWorld));
        Rectangle all = new Rectangle(0, 0, grid.width(), grid.height());
        // Rectangle2D: whole pixels of a very large outline do not fit into integers.
        Rectangle bounds = outline.getBounds2D().createIntersection(all).getBounds();
        return new PixelRegion(outline, bounds.intersection(all));
    }

    /** The part of a region near the raster: a projection may not be defined for the rest of the world. */
    private static Geometry near(Geometry geometry, ReferencedEnvelope raster) {
        Envelope around = new Envelope(raster);
        around.expandBy(raster.getWidth() / 10, raster.getHeight() / 10);
        if (around.contains(geometry.getEnvelopeInternal())) {
            return geometry;
        }
        return GeometryFixer.fix(geometry).intersection(JTS.toGeometry(around));
    }

    private static CoordinateReferenceSystem crsOf(Geometry geometry, CoordinateReferenceSystem otherwise)
            throws FactoryException {
        if (geometry.getUserData() instanceof CoordinateReferenceSystem attached) {
            return attached;
        }
        return geometry.getSRID() > 0 ? CRS.decode("EPSG:" + geometry.getSRID(), true) : otherwise;
    }

    PixelRegion relativeTo(int x, int y) {
        AffineTransform shift = AffineTransform.getTranslateInstance(-x, -y);
        return new PixelRegion(
                shift.createTransformedShape(outline),
                new Rectangle(bounds.x - x, bounds.y - y, bounds.width, bounds.height));
    }

    /**
     * Whether the centres of pixels lie inside.
     *
     * @param pixels rectangle of the grid
     * @return row-major
     */
    public boolean[] contains(Rectangle pixels) {
        boolean[] inside = new boolean[pixels.width * pixels.height];
        Arrays.fill(inside, true);
        restrict(pixels, inside);
        return inside;
    }

    /**
     * Leaves out the pixels whose centres lie outside.
     *
     * @param pixels rectangle of the grid
     * @param mask row-major; becomes false there; it may be longer
     */
    public void restrict(Rectangle pixels, boolean[] mask) {
        if (outline.contains(pixels)) {
            return;
        }
        BufferedImage image = new BufferedImage(pixels.width, pixels.height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.translate(-pixels.x, -pixels.y);
        graphics.setColor(Color.WHITE);
        graphics.fill(outline);
        graphics.dispose();
        byte[] painted = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < painted.length; i++) {
            mask[i] &= painted[i] != 0;
        }
    }
}
