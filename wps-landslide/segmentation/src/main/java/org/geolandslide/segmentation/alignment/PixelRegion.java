package org.geolandslide.segmentation.alignment;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.geometry.jts.JTS;
import org.geotools.referencing.CRS;
import org.locationtech.jts.awt.ShapeWriter;
import org.locationtech.jts.geom.Geometry;

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
        if (geometry.getDimension() != 2) {
            throw new SegmentationException("the region is a " + geometry.getGeometryType() + ", expected a polygon");
        }
        Geometry inWorld = toCrs(geometry, grid.crs());
        AffineTransform toPixels = grid.toPixels();
        Shape outline = toPixels.createTransformedShape(new ShapeWriter().toShape(inWorld));
        Rectangle bounds = outline.getBounds().intersection(new Rectangle(0, 0, grid.width(), grid.height()));
        if (bounds.isEmpty()) {
            throw new SegmentationException("the region lies outside the raster: it covers "
                    + Extents.describe(inWorld.getEnvelopeInternal()) + ", the raster "
                    + Extents.describe(grid.envelope()) + " in "
                    + grid.crs().getName().getCode());
        }
        return new PixelRegion(outline, bounds);
    }

    private static Geometry toCrs(Geometry geometry, CoordinateReferenceSystem crs) {
        try {
            CoordinateReferenceSystem own = crs;
            if (geometry.getUserData() instanceof CoordinateReferenceSystem attached) {
                own = attached;
            } else if (geometry.getSRID() > 0) {
                own = CRS.decode("EPSG:" + geometry.getSRID(), true);
            }
            MathTransform transform = CRS.findMathTransform(own, crs, true);
            return transform.isIdentity() ? geometry : JTS.transform(geometry, transform);
        } catch (FactoryException | TransformException e) {
            throw new SegmentationException("the region cannot be brought into the raster's CRS: " + e.getMessage(), e);
        }
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
        BufferedImage image = new BufferedImage(pixels.width, pixels.height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.translate(-pixels.x, -pixels.y);
        graphics.setColor(Color.WHITE);
        graphics.fill(outline);
        graphics.dispose();
        byte[] painted = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        boolean[] inside = new boolean[painted.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = painted[i] != 0;
        }
        return inside;
    }
}
