package org.geolandslide.training.data;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A window of four pieces that meet at a random place (Bochkovskiy et al. 2020, YOLOv4), each a random cut-out of a window: a network that
 * learns from such windows cannot learn where in a chip landslides lie.
 */
final class Mosaic {
    private static final int PIECES = 4;

    private Mosaic() {}

    /**
     * Puts pieces together.
     *
     * @param four windows without elevation: pieces of different terrain would meet in cliffs
     * @param side side of the windows, and of the result
     */
    static WindowPixels of(List<WindowPixels> four, int side, SplittableRandom random) {
        if (four.size() != PIECES) {
            throw new IllegalArgumentException(four.size() + " windows, expected " + PIECES);
        }
        WindowPixels result = four.get(0).copy();
        int column = random.nextInt(side / 4, side - side / 4 + 1);
        int row = random.nextInt(side / 4, side - side / 4 + 1);
        for (int piece = 0; piece < PIECES; piece++) {
            boolean right = piece % 2 == 1;
            boolean lower = piece / 2 == 1;
            int left = right ? column : 0;
            int top = lower ? row : 0;
            int width = right ? side - column : column;
            int height = lower ? side - row : row;
            int fromColumn = random.nextInt(side - width + 1);
            int fromRow = random.nextInt(side - height + 1);
            for (int y = 0; y < height; y++) {
                int source = (fromRow + y) * side + fromColumn;
                int target = (top + y) * side + left;
                copy(four.get(piece), source, result, target, width);
            }
        }
        return result;
    }

    private static void copy(WindowPixels from, int source, WindowPixels to, int target, int length) {
        for (int band = 0; band < to.optical().length; band++) {
            System.arraycopy(from.optical()[band], source, to.optical()[band], target, length);
        }
        System.arraycopy(from.target(), source, to.target(), target, length);
        System.arraycopy(from.weight(), source, to.weight(), target, length);
    }
}
