package org.geolandslide.training.synthetic;

import java.util.Locale;

/**
 * What scene to make. The same specification always gives the same scene, byte for byte.
 *
 * @param seed which of the possible landscapes
 * @param width columns of the optical image, {@value #SMALLEST} to {@value #LARGEST}
 * @param height rows of the optical image, {@value #SMALLEST} to {@value #LARGEST}
 * @param groundSampleDistance size of an optical pixel in metres, 0.25 to 30; the landscape scales with it
 * @param crs projected coordinate reference system of the optical image, in metres, as {@code EPSG:code}
 * @param west left edge of the optical image in that system
 * @param north upper edge of the optical image in that system
 * @param demCrs coordinate reference system of the terrain model, as {@code EPSG:code}
 * @param demResolution size of a pixel of the terrain model in metres, from half to 50 optical pixels
 * @param landslideShare wanted share of landslide pixels among the valid ones, 0.005 to 0.2
 */
public record SceneSpecification(
        long seed,
        int width,
        int height,
        double groundSampleDistance,
        String crs,
        double west,
        double north,
        String demCrs,
        double demResolution,
        double landslideShare) {

    static final int SMALLEST = 128;
    static final int LARGEST = 8192;

    /** Refuses values outside their ranges. */
    public SceneSpecification {
        check("width", width, SMALLEST, LARGEST);
        check("height", height, SMALLEST, LARGEST);
        check("groundSampleDistance", groundSampleDistance, 0.25, 30);
        check("west", west, -1e8, 1e8);
        check("north", north, -1e8, 1e8);
        check("demResolution", demResolution, 0.5 * groundSampleDistance, 50 * groundSampleDistance);
        check("landslideShare", landslideShare, 0.005, 0.2);
        checkCode("crs", crs);
        checkCode("demCrs", demCrs);
    }

    /**
     * A scene with usual values: 2 m pixels in EPSG:32632 somewhere in the Eastern Alps, a 5 m terrain model in
     * EPSG:3035, and 7 % landslides.
     */
    public static SceneSpecification of(long seed, int width, int height) {
        return new SceneSpecification(seed, width, height, 2, "EPSG:32632", 652_000, 5_204_000, "EPSG:3035", 5, 0.07);
    }

    private static void check(String name, double found, double least, double most) {
        if (!(found >= least && found <= most)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s: found %s, expected %s to %s", name, found, least, most));
        }
    }

    private static void checkCode(String name, String found) {
        if (!found.matches("EPSG:\\d+")) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s: found '%s', expected a code such as EPSG:32632", name, found));
        }
    }
}
