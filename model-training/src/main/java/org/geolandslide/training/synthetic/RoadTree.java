package org.geolandslide.training.synthetic;

import java.util.Arrays;

/**
 * The cheapest way from everywhere to the valley road, where climbing steeply and crossing steep ground is expensive:
 * roads that follow it run along contours and climb in hairpins (Dijkstra 1959, sixteen directions).
 */
final class RoadTree {

    /** Pixels between two nodes. */
    static final int STRIDE = 8;

    private static final int[] EAST = {1, 2, 1, 1, 0, -1, -1, -2, -1, -2, -1, -1, 0, 1, 1, 2};
    private static final int[] SOUTH = {0, 1, 1, 2, 1, 2, 1, 1, 0, -1, -1, -2, -1, -2, -1, -1};

    /** Grade, in pixels per pixel, at which a way costs twice what it costs on the level. */
    private static final double GRADE = 0.075;

    private final int columns;
    private final int[] next;

    RoadTree(Terrain terrain, boolean[] valleyRoad, int columns, int rows) {
        this.columns = columns;
        this.next = new int[columns * rows];
        float[] heights = new float[next.length];
        float[] toll = new float[next.length];
        for (int i = 0; i < next.length; i++) {
            int column = STRIDE * (i % columns);
            int row = STRIDE * (i / columns);
            heights[i] = terrain.broad().clamped(column, row);
            double slope = terrain.slope(column, row);
            toll[i] = (float) (1 + 4 * slope * slope + (slope > 0.85 ? 30 : 0));
        }
        spread(heights, toll, valleyRoad, rows);
    }

    /** The next node towards the valley road; the node itself on it, or where no way leads. */
    int next(int node) {
        return next[node];
    }

    int columns() {
        return columns;
    }

    private void spread(float[] heights, float[] toll, boolean[] start, int rows) {
        float[] cost = new float[next.length];
        Arrays.fill(cost, Float.POSITIVE_INFINITY);
        boolean[] settled = new boolean[next.length];
        Heap open = new Heap(next.length);
        for (int i = 0; i < next.length; i++) {
            next[i] = i;
            if (start[i]) {
                cost[i] = 0;
                open.add(0, i);
            }
        }
        while (!open.isEmpty()) {
            int node = open.removeLeast();
            if (settled[node]) {
                continue;
            }
            settled[node] = true;
            for (int k = 0; k < EAST.length; k++) {
                int column = node % columns + EAST[k];
                int row = node / columns + SOUTH[k];
                if (column < 0 || row < 0 || column >= columns || row >= rows) {
                    continue;
                }
                int neighbour = row * columns + column;
                double distance = STRIDE * Math.hypot(EAST[k], SOUTH[k]);
                double grade = (heights[neighbour] - heights[node]) / distance / GRADE;
                double step = distance * (toll[neighbour] + grade * grade);
                if (cost[node] + step < cost[neighbour]) {
                    cost[neighbour] = (float) (cost[node] + step);
                    next[neighbour] = node;
                    open.add(cost[neighbour], neighbour);
                }
            }
        }
    }
}
