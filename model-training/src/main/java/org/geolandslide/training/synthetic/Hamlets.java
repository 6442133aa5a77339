package org.geolandslide.training.synthetic;

import java.util.SplittableRandom;

/** Small groups of houses with gabled roofs by the roads in the valley. */
final class Hamlets {

    private static final int HOUSES_TO_A_HAMLET = 9;

    private final byte[] roof;
    private final Field height;

    Hamlets(long seed, Terrain terrain, Roads roads, Waters waters) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x4A317L);
        int width = terrain.heights().width();
        int rows = terrain.heights().height();
        roof = new byte[width * rows];
        height = new Field(width, rows);
        int wanted = Math.max(1, (int) Math.round((double) width * rows / (520.0 * 520.0)));
        for (int attempt = 0; attempt < 4000 && wanted > 0; attempt++) {
            int x = 20 + random.nextInt(width - 40);
            int y = 20 + random.nextInt(rows - 40);
            if (roads.edge().at(x, y) < 6 && terrain.fromFloor().at(x, y) < 40 && terrain.slope(x, y) < 0.18) {
                wanted--;
                settle(x, y, terrain, roads, waters, random);
            }
        }
    }

    /** Kind of roof at a pixel: 0 none, else 1 to 6; odd on the eastern or southern side of the ridge. */
    int roof(int pixel) {
        return roof[pixel];
    }

    /** Height of the roofs above the ground in pixels. */
    Field height() {
        return height;
    }

    private void settle(int x, int y, Terrain terrain, Roads roads, Waters waters, SplittableRandom random) {
        double bearing = terrain.valley().bearing() + random.nextDouble();
        int houses = HOUSES_TO_A_HAMLET / 2 + random.nextInt(HOUSES_TO_A_HAMLET);
        for (int house = 0; house < 3 * houses; house++) {
            int column = x + (int) Math.round(34 * (random.nextDouble() + random.nextDouble() - 1));
            int row = y + (int) Math.round(34 * (random.nextDouble() + random.nextDouble() - 1));
            boolean inside = column > 8 && row > 8 && column < height.width() - 8 && row < height.height() - 8;
            if (inside
                    && roads.edge().at(column, row) > 4.5
                    && waters.edge().at(column, row) > 5
                    && terrain.slope(column, row) < 0.2
                    && height.at(column, row) == 0) {
                double turn = bearing + (random.nextDouble() < 0.3 ? Math.PI / 2 : 0) + 0.2 * random.nextDouble();
                build(column, row, turn, 3 + 3 * random.nextDouble(), 2.2 + 1.4 * random.nextDouble(), random);
            }
        }
    }

    private void build(int x, int y, double turn, double halfLength, double halfWidth, SplittableRandom random) {
        int kind = 1 + 2 * random.nextInt(3);
        double lit = Math.sin(turn) * 0.3 + Math.cos(turn) > 0 ? 1 : -1;
        for (int dy = -8; dy <= 8; dy++) {
            for (int dx = -8; dx <= 8; dx++) {
                double u = dx * Math.cos(turn) + dy * Math.sin(turn);
                double v = dy * Math.cos(turn) - dx * Math.sin(turn);
                if (Math.abs(u) < halfLength && Math.abs(v) < halfWidth) {
                    int i = (y + dy) * height.width() + x + dx;
                    roof[i] = (byte) (kind + (v * lit > 0 ? 0 : 1));
                    height.values()[i] = (float) (4.5 - Math.abs(v) / halfWidth);
                }
            }
        }
    }
}
