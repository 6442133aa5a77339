package org.geolandslide.training.synthetic;

import java.util.Arrays;

/** The river of the valley and the torrents that join it, pressed into the terrain as beds. */
final class Waters {

    /** Upstream area in pixels from which a torrent has a bed that can be seen. */
    private static final double TORRENT = 5000;

    private static final double REACH = 14;

    private final Field edge;
    private final Field size;

    /** Routes water over the carved terrain and presses the beds into its heights. */
    Waters(long seed, Terrain terrain) {
        int width = terrain.heights().width();
        int height = terrain.heights().height();
        edge = new Field(width, height);
        size = new Field(width, height);
        Arrays.fill(edge.values(), (float) REACH);
        torrents(seed, terrain);
        river(seed, terrain);
        float[] z = terrain.heights().values();
        for (int i = 0; i < z.length; i++) {
            double bed = size.values()[i];
            double bank = Math.max(0, 1 - Math.max(0, edge.values()[i]) / (2 + 2 * Math.min(bed, 2)));
            z[i] -= (float) (Math.min(1.1, 0.5 + 0.25 * bed) * bank * bank * (bed > 0 ? 1 : 0));
        }
        terrain.settle();
    }

    /** Distance in pixels from the edge of the nearest bed, negative inside, at most some pixels. */
    Field edge() {
        return edge;
    }

    /** Half the width of that bed in pixels. */
    Field size() {
        return size;
    }

    private void torrents(long seed, Terrain terrain) {
        Field carved = terrain.carved();
        int nodes = carved.values().length;
        boolean[] floor = new boolean[nodes];
        ValleyLine valley = terrain.valley();
        for (int i = 0; i < nodes; i++) {
            double x = terrain.carvedX(i);
            double y = terrain.carvedY(i);
            floor[i] = Math.abs(valley.across(x, y)) < Math.max(valley.floor(valley.along(x, y)), 3);
        }
        Drainage drainage = Drainage.of(carved, floor, new FractalNoise(seed, 11));
        float[] area = drainage.area();
        int[] receiver = drainage.receiver();
        double cell = Erosion.CELL * (double) Erosion.CELL;
        boolean[] drawn = new boolean[nodes];
        boolean[] fed = new boolean[nodes];
        for (int i = 0; i < nodes; i++) {
            if (area[i] * cell >= TORRENT && !floor[i]) {
                fed[receiver[i]] = true;
            }
        }
        double[][] line = new double[3][carved.width() * 8];
        for (int head : drainage.order()) {
            if (fed[head] || floor[head] || area[head] * cell < TORRENT) {
                continue;
            }
            int count = 0;
            int node = head;
            boolean joined = false;
            while (!joined && !floor[node] && count < line[0].length - 20) {
                joined = drawn[node];
                drawn[node] = true;
                double[] place = terrain.warp().inverse(terrain.carvedX(node), terrain.carvedY(node));
                line[0][count] = place[0];
                line[1][count] = place[1];
                line[2][count++] = 0.45 * Math.pow(area[node] * cell / TORRENT, 0.3);
                node = receiver[node];
            }
            if (!joined && floor[node]) {
                count = mouth(terrain, node, line, count);
            }
            if (count > 2) {
                draw(Trace.through(line[0], line[1], line[2], count, 3), true);
            }
        }
    }

    /** Leads a torrent over the valley floor to the river. */
    private static int mouth(Terrain terrain, int node, double[][] line, int count) {
        ValleyLine valley = terrain.valley();
        double along = valley.along(terrain.carvedX(node), terrain.carvedY(node));
        double across = valley.across(terrain.carvedX(node), terrain.carvedY(node));
        double width = line[2][count - 1];
        int next = count;
        double target = along + 0.8 * Math.abs(across - valley.river(along));
        for (int k = 1; k <= 8; k++) {
            double t = k / 8.0;
            double s = along + t * (target - along);
            double[] place = place(terrain, s, across + t * t * (valley.river(target) - across));
            line[0][next] = place[0];
            line[1][next] = place[1];
            line[2][next++] = width;
        }
        return next;
    }

    private void river(long seed, Terrain terrain) {
        FractalNoise widths = new FractalNoise(seed, 14);
        double half = terrain.heights().width() + (double) terrain.heights().height();
        int count = (int) (2 * half / 5);
        double[][] line = new double[3][count];
        for (int k = 0; k < count; k++) {
            double along = -half + 5.0 * k;
            double[] place = place(terrain, along, terrain.valley().river(along));
            line[0][k] = place[0];
            line[1][k] = place[1];
            line[2][k] = Math.min(0.75 * terrain.valley().floor(along), 9 + 6 * widths.fractal(along / 110, 0.5, 2));
        }
        draw(Trace.through(line[0], line[1], line[2], count, 3), false);
    }

    private static double[] place(Terrain terrain, double along, double across) {
        double[] carved = terrain.valley().place(along, across);
        return terrain.warp().inverse(carved[0], carved[1]);
    }

    private void draw(Trace trace, boolean narrow) {
        float[] edges = edge.values();
        float[] sizes = size.values();
        trace.sweep(edge.width(), edge.height(), narrow ? 8 : REACH + 9, (pixel, across, along, bed) -> {
            float distance = (float) (Math.abs(across) - bed);
            if (distance < edges[pixel]) {
                edges[pixel] = distance;
                sizes[pixel] = (float) bed;
            }
        });
    }
}
