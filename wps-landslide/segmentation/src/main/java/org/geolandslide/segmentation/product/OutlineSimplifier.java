package org.geolandslide.segmentation.product;

import java.util.Arrays;
import java.util.List;
import org.locationtech.jts.coverage.CoverageSimplifier;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;

/**
 * Takes corners out of polygons that do not overlap (Visvalingam and Whyatt 1993), all of them at once, so that they stay valid,
 * keep their holes and do not come to overlap; polygons that met in a corner may part.
 */
final class OutlineSimplifier {
    /** A polygon that would grow or shrink by a larger share keeps its outline: few pixels would become any triangle. */
    static final double MOST_CHANGE = 0.1;

    private OutlineSimplifier() {}

    /**
     * Simplified polygons, in their order.
     *
     * @param outlines polygons whose interiors do not meet; where they touch, both have a corner
     * @param tolerance a corner goes if it and its neighbours make a triangle smaller than the square of this length
     */
    static List<Polygon> simplify(List<Polygon> outlines, double tolerance) {
        Geometry[] originals = outlines.toArray(Geometry[]::new);
        double[] tolerances = new double[originals.length];
        Arrays.fill(tolerances, tolerance);
        while (true) {
            CoverageSimplifier simplifier = new CoverageSimplifier(originals);
            // No hole is filled: another landslide may lie in it.
            simplifier.setRemovableRingSizeFactor(0);
            Geometry[] simplified = simplifier.simplify(tolerances);
            if (!fixChanged(originals, simplified, tolerances)) {
                return Arrays.stream(simplified).map(Polygon.class::cast).toList();
            }
        }
    }

    /** Takes the tolerance from polygons that changed too much; whether there were any. */
    private static boolean fixChanged(Geometry[] originals, Geometry[] simplified, double[] tolerances) {
        boolean found = false;
        for (int i = 0; i < originals.length; i++) {
            double area = originals[i].getArea();
            if (tolerances[i] > 0 && Math.abs(simplified[i].getArea() - area) > MOST_CHANGE * area) {
                tolerances[i] = 0;
                found = true;
            }
        }
        return found;
    }
}
