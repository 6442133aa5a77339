package org.geolandslide.training.synthetic;

/**
 * Bends the plane by some tens of pixels, so that valleys and ridges that were carved on a square grid do not run
 * straight.
 *
 * @param noise where the bends come from
 */
record Warp(FractalNoise noise) {

    /** The place on the carved grid that shows at a place of the scene: the eastward coordinate. */
    double x(double x, double y) {
        return x
                + 20 * noise.at(x / 150, y / 150)
                + 7 * noise.at(x / 52 + 9, y / 52)
                + 2.2 * noise.at(x / 19, y / 19 + 5);
    }

    /** The southward coordinate of the same. */
    double y(double x, double y) {
        return y
                + 20 * noise.at(x / 150 + 71.5, y / 150)
                + 7 * noise.at(x / 52, y / 52 - 33.3)
                + 2.2 * noise.at(x / 19 - 7.7, y / 19);
    }

    /** The place of the scene that shows a place of the carved grid, {@code {x, y}}. */
    double[] inverse(double carvedX, double carvedY) {
        double x = carvedX;
        double y = carvedY;
        for (int i = 0; i < 8; i++) {
            double restX = carvedX - x(x, y);
            double restY = carvedY - y(x, y);
            x += 0.8 * restX;
            y += 0.8 * restY;
        }
        return new double[] {x, y};
    }
}
