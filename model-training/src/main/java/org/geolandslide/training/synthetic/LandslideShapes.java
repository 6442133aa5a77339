package org.geolandslide.training.synthetic;

import java.util.SplittableRandom;

/**
 * Draws the shapes of landslides: lengths follow a power law, the path follows the steepest descent with some inertia
 * and ends in the river or where the ground has been flat for a while.
 */
final class LandslideShapes {

    private static final double SHORTEST = 24;
    private static final double STEP = 2;
    private static final Colour BROWN = Colour.of(0x8C7252);
    private static final Colour BEIGE = Colour.of(0xB8A484);
    private static final Colour GREY = Colour.of(0x9E978A);
    private static final Colour REDDISH = Colour.of(0x966C4C);

    private final Terrain terrain;
    private final Waters waters;
    private final SplittableRandom random;
    private final double longest;

    LandslideShapes(Terrain terrain, Waters waters, SplittableRandom random, double longest) {
        this.terrain = terrain;
        this.waters = waters;
        this.random = random;
        this.longest = longest;
    }

    /** A landslide whose crown is at a pixel. */
    Landslide from(int x, int y, int stream) {
        double shape = 1.0;
        double least = Math.pow(SHORTEST / longest, shape);
        double wanted = SHORTEST * Math.pow(1 - random.nextDouble() * (1 - least), -1 / shape);
        Trace path = descend(x, y, wanted);
        double length = path.length();
        boolean flow = random.nextDouble() < 0.5;
        double slender = flow ? 0.07 + 0.07 * random.nextDouble() : 0.12 + 0.12 * random.nextDouble();
        double halfWidth = Math.max(3, length * slender * Math.pow(60 / Math.max(60, length), 0.3));
        double neck = flow ? 0.38 + 0.25 * random.nextDouble() : 0.7 + 0.25 * random.nextDouble();
        double spread = Vegetation.smoothstep(0.5, 0.2, fallAtToe(path)) * (0.4 + 0.5 * random.nextDouble());
        double toe = neck * (0.6 + 0.3 * random.nextDouble()) + spread * (flow ? 0.9 : 0.5);
        double depth = (0.6 + 0.7 * random.nextDouble()) * Math.min(1.5, halfWidth / 7);
        Colour soil = BROWN.with(BEIGE, random.nextDouble())
                .with(GREY, 0.8 * random.nextDouble())
                .with(REDDISH, 0.7 * Math.max(0, random.nextDouble() - 0.5));
        double regrown = random.nextDouble() < 0.35 ? 0.15 + 0.35 * random.nextDouble() : 0.08 * random.nextDouble();
        return new Landslide(path, halfWidth, neck, toe, depth, soil, regrown, stream);
    }

    /** Tangent of the slope on the last stretch of a path. */
    private double fallAtToe(Trace path) {
        int last = path.size() - 1;
        int before = Math.max(0, last - 8);
        Field broad = terrain.broad();
        double fall = broad.sample(path.x(before), path.y(before)) - broad.sample(path.x(last), path.y(last));
        return fall / Math.max(1, Math.hypot(path.x(last) - path.x(before), path.y(last) - path.y(before)));
    }

    private Trace descend(double startX, double startY, double wanted) {
        int most = (int) (wanted / STEP) + 2;
        double[][] line = new double[3][most];
        double x = startX;
        double y = startY;
        double headX = 0;
        double headY = 0;
        int flat = 0;
        int count = 0;
        Field broad = terrain.broad();
        while (count < most && flat < 5) {
            line[0][count] = x;
            line[1][count] = y;
            line[2][count++] = broad.sample(x, y);
            double east = (broad.sample(x + 4, y) - broad.sample(x - 4, y)) / 8;
            double south = (broad.sample(x, y + 4) - broad.sample(x, y - 4)) / 8;
            double slope = Math.hypot(east, south);
            flat = slope < 0.2 ? flat + 1 : 0;
            double inertia = count == 1 ? 0 : 0.68;
            headX = inertia * headX - (1 - inertia) * east / Math.max(1e-6, slope);
            headY = inertia * headY - (1 - inertia) * south / Math.max(1e-6, slope);
            double norm = Math.max(1e-6, Math.hypot(headX, headY));
            double nextX = x + STEP * headX / norm;
            double nextY = y + STEP * headY / norm;
            boolean outside = nextX < 1 || nextY < 1 || nextX > broad.width() - 2 || nextY > broad.height() - 2;
            if (outside || broad.sample(nextX, nextY) > broad.sample(x, y) + 0.4 || inRiver(nextX, nextY)) {
                break;
            }
            x = nextX;
            y = nextY;
        }
        return Trace.through(line[0], line[1], line[2], count, 2);
    }

    private boolean inRiver(double x, double y) {
        int column = (int) Math.round(x);
        int row = (int) Math.round(y);
        return waters.size().at(column, row) > 3 && waters.edge().at(column, row) < 3;
    }
}
