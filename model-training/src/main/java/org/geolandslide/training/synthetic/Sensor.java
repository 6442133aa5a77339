package org.geolandslide.training.synthetic;

/** What the camera makes of the light: haze, blur, a tone curve, noise and eight bits. */
final class Sensor {

    private static final double EXPOSURE = 1.14;
    private static final double[] HAZE = {0.006, 0.008, 0.012};
    private static final double NOISE = 1.6;
    private static final float BLUR = 0.14f;

    private final FractalNoise chance;

    Sensor(long seed, int band) {
        this.chance = new FractalNoise(seed, 101 + band);
    }

    /**
     * Takes one band.
     *
     * @param light light of the band, 0 to about 1.3
     * @param margin pixels around the picture that are left away
     * @param valid true inside the swath; elsewhere the band is 0
     * @return grey values 1 to 255, row by row
     */
    byte[] take(Field light, int band, int margin, boolean[] valid) {
        int width = light.width() - 2 * margin;
        int height = light.height() - 2 * margin;
        byte[] values = new byte[width * height];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                if (valid[i]) {
                    double seen = EXPOSURE * blurred(light, column + margin, row + margin) + HAZE[band];
                    double grey = 255 * curve(seen);
                    double noise = chance.hash(column, 2 * row) + chance.hash(column, 2 * row + 1) - 1;
                    values[i] = (byte) Math.max(1, Math.min(255, Math.round(grey + 2.4 * NOISE * noise)));
                }
            }
        }
        return values;
    }

    private static double blurred(Field light, int column, int row) {
        double sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
            float weight = dy == 0 ? 1 - 2 * BLUR : BLUR;
            sum += weight
                    * (BLUR * (light.clamped(column - 1, row + dy) + light.clamped(column + 1, row + dy))
                            + (1 - 2 * BLUR) * light.clamped(column, row + dy));
        }
        return sum;
    }

    /** Gamma with a soft shoulder, so that bright gravel does not burn out. */
    private static double curve(double light) {
        double bent = light < 0.6 ? light : 0.6 + 0.4 * (1 - Math.exp(-(light - 0.6) / 0.4));
        return Math.pow(Math.max(0, bent), 1 / 2.2);
    }
}
