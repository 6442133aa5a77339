package org.geolandslide.training.synthetic;

/**
 * One landslide: a line from the crown down the slope, a width along it, and how it looks.
 *
 * @param path from the crown to the toe; its value is the height of the ground in pixels
 * @param halfWidth half the greatest width, in pixels
 * @param neck width of the track below the source, as a share of the greatest width
 * @param toe width of the deposit, as a share of the greatest width: more than the neck where it fans out
 * @param depth greatest depth of the source, in pixels
 * @param soil colour of the bare ground
 * @param regrown share of the ground that grass has taken back, 0 to 1
 * @param stream number of the noise that shapes it
 */
record Landslide(
        Trace path, double halfWidth, double neck, double toe, double depth, Colour soil, double regrown, int stream) {

    /** Half the width at a distance from the crown, in pixels, before the edge becomes ragged. */
    double halfWidth(double along) {
        double t = along / path.length();
        double crown = Math.min(0.25, 1.2 * halfWidth / path.length());
        double rest = Math.max(0, 1 - t / crown);
        double head = Math.sqrt(1 - rest * rest);
        double body = t < 0.5 ? blend(1, neck, (t - crown) / (0.5 - crown)) : blend(neck, toe, (t - 0.5) / 0.38);
        double end = Math.min(0.3, 0.9 * toe * halfWidth / path.length());
        double left = Math.max(0, 1 - (1 - t) / Math.max(1e-6, end));
        return halfWidth * head * body * Math.sqrt(Math.max(0, 1 - left * left));
    }

    /**
     * Change of the ground in pixels: lowered at the source and along the track, raised at the deposit.
     *
     * @param along distance from the crown in pixels
     * @param inward distance from the edge as a share of half the width, 0 to 1
     */
    double change(double along, double inward) {
        double t = along / path.length();
        double profile = Vegetation.smoothstep(0, 0.3, inward);
        double source = Vegetation.smoothstep(0.55, 0.15, t);
        double deposit = Vegetation.smoothstep(0.60, 0.82, t);
        double track = Math.max(0, 1 - source - deposit);
        return depth * profile * (-source - 0.3 * track + 0.6 * deposit);
    }

    private static double blend(double from, double to, double share) {
        return from + Vegetation.smoothstep(0, 1, share) * (to - from);
    }
}
