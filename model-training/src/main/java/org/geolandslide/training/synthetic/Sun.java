package org.geolandslide.training.synthetic;

/**
 * Where the sun stands.
 *
 * @param azimuth clockwise from north, in radians; between south-east and south-west
 * @param elevation above the horizon, in radians
 */
record Sun(double azimuth, double elevation) {

    /** Eastward part of the direction to the sun, on the ground. */
    double east() {
        return Math.sin(azimuth);
    }

    /** Southward part of the direction to the sun, on the ground. */
    double south() {
        return -Math.cos(azimuth);
    }
}
