package org.geolandslide.training.synthetic;

/** Where trees can grow and where rock comes through, from height, slope, aspect and chance. */
final class Vegetation {

    private static final int STRIDE = 2;

    private final Field trees;
    private final Field rock;
    private final Field nearRock;

    Vegetation(long seed, Terrain terrain) {
        FractalNoise patches = new FractalNoise(seed, 31);
        FractalNoise strength = new FractalNoise(seed, 32);
        int width = terrain.heights().width();
        int height = terrain.heights().height();
        double low = terrain.quantile(0.05);
        double range = Math.max(1, terrain.quantile(0.97) - low);
        rock = Field.every(STRIDE, width, height, (x, y) -> {
            double slope = terrain.slope((int) x, (int) y);
            double high = (terrain.broad().sample(x, y) - low) / range;
            double steep = slope + 0.16 * strength.fractal(x / 60, y / 60, 4) + 0.14 * Math.max(0, high - 0.6);
            return smoothstep(0.80, 0.93, steep);
        });
        nearRock = rock.blurred(7);
        trees = Field.every(STRIDE, width, height, (x, y) -> {
            double slope = terrain.slope((int) x, (int) y);
            double high = (terrain.broad().sample(x, y) - low) / range;
            double south = -terrain.broad().southward((int) Math.min(x, width - 1), (int) Math.min(y, height - 1));
            double line = 0.86 + 0.16 * patches.fractal(x / 210, y / 210, 3);
            double open = patches.fractal(x / 150 + 40, y / 150, 5, 0.55)
                    + 0.42 * (1 - smoothstep(0.14, 0.36, slope))
                    + 0.25 * south;
            double forest = 1 - smoothstep(0.30, 0.36, open);
            return 0.02 + 0.94 * forest * (1 - smoothstep(line - 0.10, line + 0.06, high)) * (1 - 0.9 * rockAt(x, y));
        });
    }

    /** Share of the ground under trees, 0 to 1. */
    double trees(double x, double y) {
        return trees.sample(x / STRIDE, y / STRIDE);
    }

    /** Share of bare rock, 0 to 1. */
    double rockAt(double x, double y) {
        return rock.sample(x / STRIDE, y / STRIDE);
    }

    /** Share of bare rock in the neighbourhood, 0 to 1. */
    double nearRock(double x, double y) {
        return nearRock.sample(x / STRIDE, y / STRIDE);
    }

    static double smoothstep(double from, double to, double value) {
        double t = Math.max(0, Math.min(1, (value - from) / (to - from)));
        return t * t * (3 - 2 * t);
    }
}
