package org.geolandslide.segmentation.product;

import java.util.Locale;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.geometry.jts.JTS;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/**
 * Measures geometries of any CRS in metres, in a Lambert azimuthal equal-area projection of the WGS 84 ellipsoid around the
 * raster's centre: areas are true whatever the raster's own projection does to them, lengths are true near the centre.
 */
public final class EqualArea {
    private final MathTransform transform;

    private EqualArea(MathTransform transform) {
        this.transform = transform;
    }

    /**
     * Measures around a point.
     *
     * @param centre coordinates in the CRS
     * @throws SegmentationException if the CRS has no transform to WGS 84
     */
    public static EqualArea around(Coordinate centre, CoordinateReferenceSystem crs) {
        try {
            Coordinate geographic =
                    JTS.transform(centre, null, CRS.findMathTransform(crs, DefaultGeographicCRS.WGS84, true));
            String projection = String.format(
                    Locale.ROOT,
                    "PROJCS[\"equal area\", GEOGCS[\"WGS 84\", DATUM[\"WGS_1984\", SPHEROID[\"WGS 84\", 6378137.0,"
                            + " 298.257223563]], PRIMEM[\"Greenwich\", 0.0], UNIT[\"degree\", 0.017453292519943295]],"
                            + " PROJECTION[\"Lambert_Azimuthal_Equal_Area\"], PARAMETER[\"latitude_of_center\", %.9f],"
                            + " PARAMETER[\"longitude_of_center\", %.9f], UNIT[\"m\", 1.0]]",
                    geographic.y,
                    // Rasters may go on beyond 180.
                    Math.IEEEremainder(geographic.x, 360));
            return new EqualArea(CRS.findMathTransform(crs, CRS.parseWKT(projection), true));
        } catch (FactoryException | TransformException e) {
            throw new SegmentationException(
                    "areas cannot be measured in " + crs.getName().getCode() + ": " + e.getMessage(), e);
        }
    }

    /** The geometry in metres. */
    public Geometry inMetres(Geometry geometry) {
        try {
            return JTS.transform(geometry, transform);
        } catch (TransformException e) {
            throw new SegmentationException("an area cannot be measured: " + e.getMessage(), e);
        }
    }
}
