package org.geolandslide.training.synthetic;

import java.util.Arrays;

/**
 * Where water goes on a height field: every cell's receiver (one of eight neighbours), an order in which receivers come
 * before their donors, and the upstream area in cells. Pits are crossed by priority flood (Barnes, Lehman and Mulla
 * 2014), so that every cell drains to an outlet; diagonals are weighted at random (Rho8, Fairfield and Leymarie 1991),
 * so that water on a plane follows its true direction on average instead of one of eight.
 */
final class Drainage {

    private static final int[] EAST = {1, 1, 0, -1, -1, -1, 0, 1};
    private static final int[] SOUTH = {0, 1, 1, 1, 0, -1, -1, -1};

    private final int[] receiver;
    private final int[] order;
    private final float[] area;

    private Drainage(int[] receiver, int[] order, float[] area) {
        this.receiver = receiver;
        this.order = order;
        this.area = area;
    }

    /**
     * Routes a height field to its outlets.
     *
     * @param heights the heights
     * @param outlet true where water leaves; at least one cell
     * @param chance what the weights of the diagonals come from
     */
    static Drainage of(Field heights, boolean[] outlet, FractalNoise chance) {
        int width = heights.width();
        int height = heights.height();
        float[] z = heights.values();
        int[] receiver = new int[z.length];
        Arrays.fill(receiver, -1);
        int[] order = new int[z.length];
        boolean[] settled = new boolean[z.length];
        Heap open = new Heap(z.length);
        for (int i = 0; i < z.length; i++) {
            if (outlet[i]) {
                receiver[i] = i;
                open.add(z[i], i);
            }
        }
        int count = 0;
        while (!open.isEmpty()) {
            float level = open.leastKey();
            int cell = open.removeLeast();
            order[count++] = cell;
            settled[cell] = true;
            int column = cell % width;
            int row = cell / width;
            int steepest = -1;
            float drop = 0;
            for (int k = 0; k < 8; k++) {
                int c = column + EAST[k];
                int r = row + SOUTH[k];
                if (c < 0 || r < 0 || c >= width || r >= height) {
                    continue;
                }
                int neighbour = r * width + c;
                if (settled[neighbour]) {
                    float fall = (z[cell] - z[neighbour]) * weight(k, chance, cell);
                    if (fall > drop) {
                        drop = fall;
                        steepest = neighbour;
                    }
                } else if (receiver[neighbour] < 0) {
                    receiver[neighbour] = cell;
                    open.add(Math.max(level, z[neighbour]), neighbour);
                }
            }
            if (steepest >= 0 && !outlet[cell]) {
                receiver[cell] = steepest;
            }
        }
        return new Drainage(receiver, order, accumulate(receiver, order));
    }

    private static float weight(int direction, FractalNoise chance, int cell) {
        return (direction & 1) == 0 ? 1 : (float) (1 / (2 - chance.hash(cell, direction)));
    }

    private static float[] accumulate(int[] receiver, int[] order) {
        float[] area = new float[receiver.length];
        Arrays.fill(area, 1);
        for (int i = order.length - 1; i >= 0; i--) {
            int cell = order[i];
            if (receiver[cell] != cell) {
                area[receiver[cell]] += area[cell];
            }
        }
        return area;
    }

    /** The next cell downstream; an outlet is its own receiver. Not a copy. */
    int[] receiver() {
        return receiver;
    }

    /** All cells, receivers before donors. Not a copy. */
    int[] order() {
        return order;
    }

    /** Cells that drain through each cell, itself included. Not a copy. */
    float[] area() {
        return area;
    }
}
