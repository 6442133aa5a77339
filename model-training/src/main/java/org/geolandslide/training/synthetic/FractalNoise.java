package org.geolandslide.training.synthetic;

/**
 * Smooth random functions of the plane: gradient noise (Perlin 2002) whose lattice gradients come from a hash of the
 * lattice point, so that a value depends on the seed and the place alone.
 */
final class FractalNoise {

    /** Brings the usual range of gradient noise, about -0.7 to 0.7, to about -1 to 1. */
    private static final double RANGE = 1.45;

    /** Rotation between octaves (by 3-4-5 triangle), so that the lattices of two octaves never coincide. */
    private static final double COS = 0.8;

    private static final double SIN = 0.6;

    /** Sixteen directions, none along the lattice: contours would follow it. */
    private static final double[] EAST = directions(0);

    private static final double[] SOUTH = directions(Math.PI / 2);

    private final int seed;

    FractalNoise(long seed, int stream) {
        this.seed = mix((int) (seed ^ (seed >>> 32)) + mix(stream * 0x9E3779B1 + 0x5BD1E995));
    }

    /** A random number in [0, 1) that belongs to a lattice point. */
    double hash(int column, int row) {
        return (mix(mix(seed + column * 0x27D4EB2F) + row * 0x165667B1) >>> 8) * 0x1p-24;
    }

    /** One octave at unit wavelength, about -1 to 1 with mean 0. */
    double at(double x, double y) {
        int column = floor(x);
        int row = floor(y);
        double u = x - column;
        double v = y - row;
        int west = mix(seed + column * 0x27D4EB2F);
        int east = mix(seed + (column + 1) * 0x27D4EB2F);
        int north = row * 0x165667B1;
        int south = (row + 1) * 0x165667B1;
        double northWest = slope(mix(west + north), u, v);
        double northEast = slope(mix(east + north), u - 1, v);
        double southWest = slope(mix(west + south), u, v - 1);
        double southEast = slope(mix(east + south), u - 1, v - 1);
        double s = fade(u);
        double t = fade(v);
        double top = northWest + s * (northEast - northWest);
        double bottom = southWest + s * (southEast - southWest);
        return RANGE * (top + t * (bottom - top));
    }

    /** Fractional Brownian motion: octaves of half the wavelength and {@code gain} times the height, about -1 to 1. */
    double fractal(double x, double y, int octaves, double gain) {
        double sum = 0;
        double weight = 1;
        double weights = 0;
        double px = x;
        double py = y;
        for (int octave = 0; octave < octaves; octave++) {
            sum += weight * at(px, py);
            weights += weight;
            weight *= gain;
            double turned = 2 * (COS * px - SIN * py) + 17.3;
            py = 2 * (SIN * px + COS * py) - 9.1;
            px = turned;
        }
        return sum / weights;
    }

    double fractal(double x, double y, int octaves) {
        return fractal(x, y, octaves, 0.5);
    }

    /** Ridged octaves: sharp crests at 1, broad troughs towards 0. */
    double ridged(double x, double y, int octaves) {
        double sum = 0;
        double weight = 1;
        double weights = 0;
        double px = x;
        double py = y;
        for (int octave = 0; octave < octaves; octave++) {
            double crest = 1 - Math.min(1, Math.abs(at(px, py)));
            sum += weight * crest * crest;
            weights += weight;
            weight *= 0.5;
            double turned = 2 * (COS * px - SIN * py) + 31.7;
            py = 2 * (SIN * px + COS * py) - 5.9;
            px = turned;
        }
        return sum / weights;
    }

    private static double slope(int hash, double u, double v) {
        return EAST[hash & 15] * u + SOUTH[hash & 15] * v;
    }

    private static double[] directions(double quarter) {
        double[] values = new double[16];
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.sqrt(2) * Math.cos((k + 0.5) * Math.PI / 8 - quarter);
        }
        return values;
    }

    private static double fade(double t) {
        return t * t * t * (t * (t * 6 - 15) + 10);
    }

    private static int floor(double value) {
        int truncated = (int) value;
        return value < truncated ? truncated - 1 : truncated;
    }

    private static int mix(int value) {
        int h = value;
        h ^= h >>> 16;
        h *= 0x7FEB352D;
        h ^= h >>> 15;
        h *= 0x846CA68B;
        return h ^ (h >>> 16);
    }
}
