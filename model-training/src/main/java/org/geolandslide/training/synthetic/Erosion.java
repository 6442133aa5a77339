package org.geolandslide.training.synthetic;

import java.util.Arrays;

/**
 * Carves valleys: solves for a landscape in which uplift and river incision balance. In that balance the slope of a
 * channel is {@code S = k A^-m} with the upstream area A (stream-power law, m about 0.4), and hillslopes are as steep
 * as their material stands. Drainage and heights are found in turns, from a coarse grid to a fine one.
 */
final class Erosion {

    /** Pixels between two nodes of the finest grid. */
    static final int CELL = 4;

    private static final int LEVELS = 4;
    private static final int[] ROUNDS = {30, 16, 8, 5};
    private static final double STEEPNESS = 17;
    private static final double CONCAVITY = 0.40;

    private final ValleyLine valley;
    private final FractalNoise relief;
    private final FractalNoise strength;
    private final double originX;
    private final double originY;

    /** @param originX position in pixels of the north-west node (as originY) */
    Erosion(long seed, ValleyLine valley, double originX, double originY) {
        this.valley = valley;
        this.relief = new FractalNoise(seed, 11);
        this.strength = new FractalNoise(seed, 12);
        this.originX = originX;
        this.originY = originY;
    }

    /** Nodes that the finest grid needs to cover so many pixels. */
    static int nodes(int pixels) {
        int coarse = CELL << (LEVELS - 1);
        return ((pixels + coarse - 1) / coarse) * (1 << (LEVELS - 1)) + 1;
    }

    /** Heights above the valley line's level, in pixels, on the finest grid. */
    Field heights(int columns, int rows) {
        int cell = CELL << (LEVELS - 1);
        Field z = start(((columns - 1) >> (LEVELS - 1)) + 1, ((rows - 1) >> (LEVELS - 1)) + 1, cell);
        for (int level = 0; level < LEVELS; level++) {
            if (level > 0) {
                cell /= 2;
                z = refined(z, cell);
            }
            balance(z, cell, ROUNDS[level]);
        }
        return z;
    }

    /** True where the valley floor is, the place to which everything drains. */
    boolean[] floor(int columns, int rows, int cell) {
        boolean[] floor = new boolean[columns * rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = originX + column * (double) cell;
                double y = originY + row * (double) cell;
                double reach = Math.max(valley.floor(valley.along(x, y)), 0.75 * cell);
                floor[row * columns + column] = Math.abs(valley.across(x, y)) < reach;
            }
        }
        return floor;
    }

    private Field start(int columns, int rows, int cell) {
        Field z = new Field(columns, rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double x = originX + column * (double) cell;
                double y = originY + row * (double) cell;
                double bumps = 130 * relief.fractal(x / 500, y / 500, 5);
                z.values()[row * columns + column] =
                        (float) (0.25 * Math.abs(valley.across(x, y)) + bumps - ValleyLine.FALL * valley.along(x, y));
            }
        }
        return z;
    }

    private Field refined(Field coarse, int cell) {
        Field fine = new Field(2 * coarse.width() - 1, 2 * coarse.height() - 1);
        for (int row = 0; row < fine.height(); row++) {
            for (int column = 0; column < fine.width(); column++) {
                double x = (originX + column * (double) cell) / (3.0 * cell);
                double y = (originY + row * (double) cell) / (3.0 * cell);
                fine.values()[row * fine.width() + column] =
                        (float) (coarse.smooth(column / 2.0, row / 2.0) + 0.35 * cell * relief.at(x, y));
            }
        }
        return fine;
    }

    private void balance(Field heights, int cell, int rounds) {
        int width = heights.width();
        float[] z = heights.values();
        boolean[] floor = floor(width, heights.height(), cell);
        float[] base = new float[z.length];
        float[] next = new float[z.length];
        float[] steepest = new float[z.length];
        for (int i = 0; i < z.length; i++) {
            int column = i % width;
            int row = i / width;
            double x = originX + column * (double) cell;
            double y = originY + row * (double) cell;
            double along = valley.along(x, y);
            base[i] = (float) (-ValleyLine.FALL * along);
            steepest[i] = (float) repose(x, y, Math.abs(valley.across(x, y)) - valley.floor(along));
        }
        for (int round = 0; round < rounds; round++) {
            double blend = round == rounds - 1 ? 1 : 0.6;
            Drainage drainage = Drainage.of(heights, floor, relief);
            int[] receiver = drainage.receiver();
            Arrays.fill(next, Float.POSITIVE_INFINITY);
            for (int i : drainage.order()) {
                if (floor[i]) {
                    next[i] = base[i];
                    continue;
                }
                int down = receiver[i];
                boolean diagonal = i % width != down % width && i / width != down / width;
                double area = drainage.area()[i] * (double) cell * cell;
                double rise = cell * Math.min(steepest[i], STEEPNESS * Math.pow(area, -CONCAVITY));
                double channel = next[down] + rise * (diagonal ? Math.sqrt(2) : 1);
                next[i] = (float) Math.min(channel, front(next, i, width, rise));
            }
            for (int i = 0; i < z.length; i++) {
                z[i] = (float) (z[i] + blend * (next[i] - z[i]));
            }
            soften(heights, floor, 0.18f);
        }
    }

    /**
     * The height at which the surface through the lower neighbours has the given rise per node: the upwind step of the
     * eikonal equation (Sethian 1996). Following receivers alone would build facets in eight directions.
     */
    private static double front(float[] z, int i, int width, double rise) {
        int column = i % width;
        float west = column > 0 ? z[i - 1] : Float.POSITIVE_INFINITY;
        float east = column < width - 1 ? z[i + 1] : Float.POSITIVE_INFINITY;
        float north = i >= width ? z[i - width] : Float.POSITIVE_INFINITY;
        float south = i + width < z.length ? z[i + width] : Float.POSITIVE_INFINITY;
        double a = Math.min(west, east);
        double b = Math.min(north, south);
        if (Math.abs(a - b) < rise) {
            return 0.5 * (a + b + Math.sqrt(2 * rise * rise - (a - b) * (a - b)));
        }
        return Math.min(a, b) + rise;
    }

    /** Tangent of the steepest slope that the ground holds: weak at the foot of the valley sides, strong in rock. */
    private double repose(double x, double y, double fromFloor) {
        double rock = strength.fractal(x / 330, y / 330, 3);
        double degrees = 32 + 12 * rock + 20 * Math.max(0, rock - 0.25);
        double foot = Math.max(0, Math.min(1, (fromFloor - 4) / (50 + 40 * rock)));
        return Math.tan(Math.toRadians(8 + (degrees - 8) * foot));
    }

    /** One step of soil creep: every node moves towards the mean of its neighbours. */
    private static void soften(Field heights, boolean[] fixed, float amount) {
        float[] z = heights.values();
        float[] old = z.clone();
        int width = heights.width();
        for (int row = 1; row < heights.height() - 1; row++) {
            for (int column = 1; column < width - 1; column++) {
                int i = row * width + column;
                if (!fixed[i]) {
                    float mean = 0.25f * (old[i - 1] + old[i + 1] + old[i - width] + old[i + width]);
                    z[i] += amount * (mean - old[i]);
                }
            }
        }
    }
}
