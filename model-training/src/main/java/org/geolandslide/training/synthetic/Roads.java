package org.geolandslide.training.synthetic;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A paved road in the valley and unpaved ones that climb from it, each on a bench cut into the slope. */
final class Roads {

    private static final float FAR = 12;
    private static final double PAVED = 1.7;
    private static final double UNPAVED = 1.0;

    private final Field edge;
    private final boolean[] paved;
    private final Field level;

    /** Finds the roads and cuts them into the terrain. */
    Roads(long seed, Terrain terrain) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x40AD5L);
        int width = terrain.heights().width();
        int height = terrain.heights().height();
        edge = new Field(width, height);
        level = new Field(width, height);
        paved = new boolean[edge.values().length];
        Arrays.fill(edge.values(), FAR);
        int columns = (width - 1) / RoadTree.STRIDE + 1;
        int rows = (height - 1) / RoadTree.STRIDE + 1;
        boolean[] drawn = new boolean[columns * rows];
        valleyRoad(terrain, random.nextBoolean() ? 1 : -1, drawn, columns, rows);
        climb(terrain, new RoadTree(terrain, drawn.clone(), columns, rows), drawn, rows, random);
        float[] z = terrain.heights().values();
        for (int i = 0; i < z.length; i++) {
            double bench = Math.max(0, Math.min(1, 1 - edge.values()[i] / 2.6));
            z[i] += (float) (bench * (level.values()[i] - z[i]));
        }
        terrain.settle();
    }

    /** Distance in pixels from the edge of the nearest road, negative on it, at most some pixels. */
    Field edge() {
        return edge;
    }

    /** Whether the nearest road is paved. */
    boolean paved(int pixel) {
        return paved[pixel];
    }

    private void valleyRoad(Terrain terrain, int side, boolean[] drawn, int columns, int rows) {
        ValleyLine valley = terrain.valley();
        double half = edge.width() + (double) edge.height();
        int count = (int) (2 * half / RoadTree.STRIDE);
        double[][] line = new double[3][count];
        for (int k = 0; k < count; k++) {
            double along = -half + (double) RoadTree.STRIDE * k;
            double[] carved = valley.place(along, side * (valley.floor(along) + 6));
            double[] place = terrain.warp().inverse(carved[0], carved[1]);
            line[0][k] = place[0];
            line[1][k] = place[1];
            line[2][k] = terrain.broad().sample(place[0], place[1]);
            int column = (int) Math.round(place[0] / RoadTree.STRIDE);
            int row = (int) Math.round(place[1] / RoadTree.STRIDE);
            if (column >= 0 && row >= 0 && column < columns && row < rows) {
                drawn[row * columns + column] = true;
            }
        }
        draw(Trace.through(line[0], line[1], line[2], count, 6), PAVED);
    }

    private void climb(Terrain terrain, RoadTree tree, boolean[] drawn, int rows, SplittableRandom random) {
        int wanted = Math.max(2, (int) ((double) edge.width() * edge.height() / (330.0 * 330.0)));
        double[][] line = new double[3][drawn.length + 1];
        for (int attempt = 0; attempt < 12 * wanted && wanted > 0; attempt++) {
            int node = random.nextInt(tree.columns() * rows);
            int column = RoadTree.STRIDE * (node % tree.columns());
            int row = RoadTree.STRIDE * (node / tree.columns());
            if (terrain.slope(column, row) > 0.5 || near(drawn, node, tree.columns())) {
                continue;
            }
            int count = 0;
            boolean end = false;
            while (!end) {
                end = drawn[node] || tree.next(node) == node;
                drawn[node] = true;
                int nodeColumn = node % tree.columns();
                int nodeRow = node / tree.columns();
                line[0][count] = nodeColumn * (double) RoadTree.STRIDE;
                line[1][count] = nodeRow * (double) RoadTree.STRIDE;
                line[2][count] = terrain.broad().sample(line[0][count], line[1][count]);
                count++;
                node = tree.next(node);
            }
            if (count > 3) {
                draw(Trace.through(line[0], line[1], line[2], count, 2), UNPAVED);
                wanted--;
            }
        }
    }

    private static boolean near(boolean[] drawn, int node, int columns) {
        for (int dy = -9; dy <= 9; dy++) {
            for (int dx = -9; dx <= 9; dx++) {
                int other = node + dy * columns + dx;
                if (other >= 0 && other < drawn.length && drawn[other]) {
                    return true;
                }
            }
        }
        return false;
    }

    private void draw(Trace trace, double halfWidth) {
        trace.sweep(edge.width(), edge.height(), FAR, (pixel, across, along, height) -> {
            float distance = (float) (Math.abs(across) - halfWidth);
            if (distance < edge.values()[pixel]) {
                edge.values()[pixel] = distance;
                level.values()[pixel] = (float) height;
                paved[pixel] = halfWidth == PAVED;
            }
        });
    }
}
