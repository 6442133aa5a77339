package org.geolandslide.segmentation.map;

/** Colours of probabilities: transparent at 0, yellow, orange, dark red at 1. */
final class ProbabilityRamp {
    private static final float[] STOPS = {0, 0.25f, 0.5f, 0.75f, 1};
    private static final int[] COLOURS = {0xFFFFB2, 0xFED976, 0xFD8D3C, 0xE31A1C, 0x99000D};
    private static final float[] OPACITY = {0, 0.2f, 0.4f, 0.48f, 0.55f};

    private ProbabilityRamp() {}

    /**
     * Colour of a probability over a background.
     *
     * @param background RRGGBB
     * @param probability 0 to 1
     * @return RRGGBB
     */
    static int over(int background, float probability) {
        int upper = 1;
        while (upper < STOPS.length - 1 && probability > STOPS[upper]) {
            upper++;
        }
        float share = (probability - STOPS[upper - 1]) / (STOPS[upper] - STOPS[upper - 1]);
        float opacity = OPACITY[upper - 1] + share * (OPACITY[upper] - OPACITY[upper - 1]);
        int colour = mix(COLOURS[upper - 1], COLOURS[upper], share);
        return mix(background, colour, opacity);
    }

    private static int mix(int a, int b, float share) {
        int result = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            float channel = (a >> shift & 0xFF) * (1 - share) + (b >> shift & 0xFF) * share;
            result |= Math.round(channel) << shift;
        }
        return result;
    }
}
