package org.geolandslide.training.synthetic;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The ground: carved valleys with fine detail on the pixel grid. Heights are in pixels; later steps press rivers, roads
 * and landslides into them.
 */
final class Terrain {

    /** What is carved around the scene at least, so that its edge is not the edge of the drainage. */
    private static final int SURROUNDINGS = 160;

    private static final int LEAST_EXTENT = 1024;

    private final Field heights;
    private final Field fromFloor;
    private final ValleyLine valley;
    private final Warp warp;
    private final Field carved;
    private final int padX;
    private final int padY;
    private Field broad;

    Terrain(long seed, int width, int height) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x7E44A1L);
        valley = new ValleyLine(
                new FractalNoise(seed, 1),
                width * (0.35 + 0.3 * random.nextDouble()),
                height * (0.35 + 0.3 * random.nextDouble()),
                2 * Math.PI * random.nextDouble());
        warp = new Warp(new FractalNoise(seed, 2));
        padX = Math.max(SURROUNDINGS, (LEAST_EXTENT - width) / 2);
        padY = Math.max(SURROUNDINGS, (LEAST_EXTENT - height) / 2);
        Erosion erosion = new Erosion(seed, valley, -padX, -padY);
        carved = erosion.heights(Erosion.nodes(width + 2 * padX), Erosion.nodes(height + 2 * padY));
        heights = new Field(width, height);
        fromFloor = new Field(width, height);
        fill(new FractalNoise(seed, 3));
        broad = heights.blurred(3);
    }

    private void fill(FractalNoise detail) {
        int width = heights.width();
        int height = heights.height();
        Field bentX = Field.every(4, width, height, (x, y) -> (warp.x(x, y) + padX) / Erosion.CELL);
        Field bentY = Field.every(4, width, height, (x, y) -> (warp.y(x, y) + padY) / Erosion.CELL);
        Field distances = Field.every(4, width, height, (x, y) -> {
            double carvedX = warp.x(x, y);
            double carvedY = warp.y(x, y);
            return Math.abs(valley.across(carvedX, carvedY)) - valley.floor(valley.along(carvedX, carvedY));
        });
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double x = bentX.sample(column / 4.0, row / 4.0);
                double y = bentY.sample(column / 4.0, row / 4.0);
                double slope = Math.hypot(
                                carved.sample(x + 1, y) - carved.sample(x - 1, y),
                                carved.sample(x, y + 1) - carved.sample(x, y - 1))
                        / (2 * Erosion.CELL);
                double distance = distances.sample(column / 4.0, row / 4.0);
                double open = Math.max(0, Math.min(1, distance / 30));
                double spurs = 5.5 * slope * open * (detail.ridged(column / 64.0, row / 64.0, 3) - 0.45);
                double rough = (0.25 + 2.2 * slope * slope) * detail.fractal(column / 17.0, row / 17.0, 4, 0.55);
                int i = row * width + column;
                heights.values()[i] = (float) (carved.smooth(x, y) + spurs + rough * (0.12 + 0.88 * open));
                fromFloor.values()[i] = (float) distance;
            }
        }
    }

    /** Heights of the ground in pixels; later steps may write into it and then call {@link #settle()}. */
    Field heights() {
        return heights;
    }

    /** Heights without the details under about ten pixels. */
    Field broad() {
        return broad;
    }

    /** Distance in pixels from the flat valley floor, negative on it. */
    Field fromFloor() {
        return fromFloor;
    }

    ValleyLine valley() {
        return valley;
    }

    Warp warp() {
        return warp;
    }

    /** Heights on the grid of the erosion, before the warp. */
    Field carved() {
        return carved;
    }

    /** Column of a carved node in pixels, before the warp. */
    double carvedX(int node) {
        int column = node % carved.width();
        return column * (double) Erosion.CELL - padX;
    }

    /** Row of a carved node in pixels, before the warp. */
    double carvedY(int node) {
        int row = node / carved.width();
        return row * (double) Erosion.CELL - padY;
    }

    /** Takes notice of heights that were changed. */
    void settle() {
        broad = heights.blurred(3);
    }

    /** Tangent of the slope, without fine detail. */
    double slope(int column, int row) {
        return Math.hypot(broad.eastward(column, row), broad.southward(column, row));
    }

    /** The height below which the given share of the ground lies. */
    float quantile(double share) {
        float[] some = new float[heights.values().length / 37 + 1];
        for (int i = 0; i < some.length; i++) {
            some[i] = heights.values()[Math.min(37 * i, heights.values().length - 1)];
        }
        Arrays.sort(some);
        return some[(int) (share * (some.length - 1))];
    }
}
