package org.geolandslide.segmentation.alignment;

import java.awt.geom.AffineTransform;
import javax.measure.Unit;
import javax.measure.quantity.Length;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.ProjectedCRS;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.geotools.referencing.datum.DefaultEllipsoid;
import si.uom.SI;

/**
 * Size of a grid's pixels on the ground, in metres.
 *
 * @param width distance between the centres of pixels of a row
 * @param height distance between the centres of pixels of a column
 */
public record PixelSize(double width, double height) {
    /** Pixel sizes that differ by less than this share are the same. */
    private static final double SAME = 0.01;

    /**
     * The size at the centre of a grid, on the ellipsoid. The units of a projected CRS are taken at their word where they are right to one
     * percent, as in UTM, so that ten metres are ten metres; in web Mercator they are not.
     *
     * @throws SegmentationException if the CRS has no transform to WGS 84
     */
    public static PixelSize of(RasterGrid grid) {
        AffineTransform toWorld = grid.toWorld();
        double x = grid.width() / 2.0;
        double y = grid.height() / 2.0;
        double[] points = {x, y, x + 1, y, x, y + 1};
        toWorld.transform(points, 0, points, 0, 3);
        try {
            MathTransform geographic = CRS.findMathTransform(grid.crs(), DefaultGeographicCRS.WGS84, true);
            geographic.transform(points, 0, points, 0, 3);
        } catch (FactoryException | TransformException e) {
            throw new SegmentationException(
                    "pixels cannot be measured in " + grid.crs().getName().getCode() + ": " + e.getMessage(), e);
        }
        double unit = unit(grid.crs());
        return new PixelSize(
                nominal(Math.hypot(toWorld.getScaleX(), toWorld.getShearY()) * unit, distance(points, 2)),
                nominal(Math.hypot(toWorld.getShearX(), toWorld.getScaleY()) * unit, distance(points, 4)));
    }

    /** The length of a short line, by the ellipsoid's radii of curvature; GeoTools' geodesics need a library more. */
    private static double distance(double[] points, int to) {
        double sine = Math.sin(Math.toRadians(points[1]));
        double major = DefaultEllipsoid.WGS84.getSemiMajorAxis();
        double minor = DefaultEllipsoid.WGS84.getSemiMinorAxis();
        double squaredEccentricity = 1 - minor * minor / (major * major);
        double bend = 1 - squaredEccentricity * sine * sine;
        double northward = major * (1 - squaredEccentricity) / Math.pow(bend, 1.5);
        double eastward = major / Math.sqrt(bend) * Math.sqrt(1 - sine * sine);
        return Math.hypot(
                eastward * Math.toRadians(Math.IEEEremainder(points[to] - points[0], 360)),
                northward * Math.toRadians(points[to + 1] - points[1]));
    }

    /** Metres per unit of a projected CRS, NaN for others. */
    private static double unit(CoordinateReferenceSystem crs) {
        if (!(crs instanceof ProjectedCRS)) {
            return Double.NaN;
        }
        Unit<?> unit = crs.getCoordinateSystem().getAxis(0).getUnit();
        return unit.asType(Length.class).getConverterTo(SI.METRE).convert(1);
    }

    private static double nominal(double stated, double measured) {
        return isAbout(stated, measured) ? stated : measured;
    }

    /** Whether both sides are so many metres, to one percent. */
    public boolean isAbout(double metres) {
        return isAbout(width, metres) && isAbout(height, metres);
    }

    private static boolean isAbout(double length, double metres) {
        return Math.abs(length - metres) <= SAME * metres;
    }
}
