package org.geolandslide.training.synthetic;

/**
 * The main valley: a winding line across the scene to which everything drains, with a flat floor of varying width and a
 * river that wanders on it. Positions and widths in pixels.
 *
 * @param noise what the windings come from
 * @param x a point near the line
 * @param y the same point
 * @param bearing direction of flow in radians, 0 towards the east, a quarter turn towards the south
 */
record ValleyLine(FractalNoise noise, double x, double y, double bearing) {

    /** Fall of the floor, in pixels per pixel along the valley. */
    static final double FALL = 0.012;

    /** Distance down the valley from the point that defines it. */
    double along(double px, double py) {
        return (px - x) * Math.cos(bearing) + (py - y) * Math.sin(bearing);
    }

    /** Distance from the axis of the valley, positive on the right bank. */
    double across(double px, double py) {
        double along = along(px, py);
        double sideways = (py - y) * Math.cos(bearing) - (px - x) * Math.sin(bearing);
        return (sideways - winding(along)) / Math.hypot(1, (winding(along + 4) - winding(along - 4)) / 8);
    }

    /** The place with the given distances along and across, about, {@code {x, y}}. */
    double[] place(double along, double across) {
        double sideways = winding(along) + across * Math.hypot(1, (winding(along + 4) - winding(along - 4)) / 8);
        return new double[] {
            x + along * Math.cos(bearing) - sideways * Math.sin(bearing),
            y + along * Math.sin(bearing) + sideways * Math.cos(bearing)
        };
    }

    /** Half the width of the flat floor. */
    double floor(double along) {
        double share = 0.5 + 0.5 * noise.fractal(along / 420, 7.7, 2);
        return 14 + 62 * share * share;
    }

    /** Where the river runs on the floor, as a distance from the axis. */
    double river(double along) {
        return (floor(along) - 8) * 0.75 * noise.fractal(along / 190, 21.3, 2);
    }

    /** The axis's distance from the straight line of the given bearing. */
    private double winding(double along) {
        return 150 * noise.at(along / 620, 0.4) + 45 * noise.at(along / 230, 3.1);
    }
}
