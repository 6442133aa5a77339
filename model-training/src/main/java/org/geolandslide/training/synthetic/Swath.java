package org.geolandslide.training.synthetic;

import java.util.SplittableRandom;

/** Which pixels the camera saw: all but two slanting edges of its swath, a few percent of the scene. */
final class Swath {

    private Swath() {}

    /** True for the pixels that were seen, row by row. */
    static boolean[] seen(long seed, int width, int height) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5A7L);
        FractalNoise ragged = new FractalNoise(seed, 111);
        boolean west = random.nextBoolean();
        boolean north = random.nextBoolean();
        double share = 0.012 + 0.012 * random.nextDouble();
        double slant = (0.035 + 0.03 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
        boolean[] seen = new boolean[width * height];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double fromSide = west ? column : width - 1.0 - column;
                double fromEnd = north ? row : height - 1.0 - row;
                double side = width * (share + slant * ((double) row / height - 0.5));
                double end = height * (share - slant * ((double) column / width - 0.5));
                // The edge jumps where scan lines were lost.
                double jump = 1.5 * Math.floor(3 * ragged.at(column / 37.0, row / 9.0));
                seen[row * width + column] = fromSide >= side && fromEnd >= end + jump;
            }
        }
        return seen;
    }
}
