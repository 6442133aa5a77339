package org.geolandslide.training.synthetic;

/** The light on each pixel: sun by the angle of the ground, less shadows of ridges, trees and houses, and the sky. */
final class Illumination {

    private static final double SKY = 0.20;

    private final Field direct;
    private final Field sky;

    Illumination(Sun sun, Scenery scenery) {
        Field ground = scenery.terrain().heights();
        Field trees = scenery.canopy().height();
        Field houses = scenery.hamlets().height();
        int width = ground.width();
        int height = ground.height();
        direct = new Field(width, height);
        sky = new Field(width, height);
        Field around = ground.blurred(11);
        Field shadow = shadows(sun, ground, trees, houses);
        double flat = Math.sin(sun.elevation());
        double level = Math.cos(sun.elevation());
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int i = row * width + column;
                double east = ground.eastward(column, row);
                double south = ground.southward(column, row);
                double facing = (flat - level * (east * sun.east() + south * sun.south()))
                        / Math.sqrt(1 + east * east + south * south);
                double above = ground.values()[i] + Math.max(trees.values()[i], houses.values()[i]);
                double dark = Vegetation.smoothstep(0, 1.2, shadow.values()[i] - above);
                direct.values()[i] = (float) (Math.max(0, facing) / flat * (1 - 0.92 * dark));
                double hollow = Math.max(-1, Math.min(1, (ground.values()[i] - around.values()[i]) / 6));
                sky.values()[i] = (float) (SKY * (1 + 0.35 * hollow) * (1 - 0.25 * dark));
            }
        }
    }

    /** Sunlight, 1 on level ground. */
    Field direct() {
        return direct;
    }

    /** Light of the sky, in the same unit. */
    Field sky() {
        return sky;
    }

    /**
     * Height of the shadow over each pixel. The sun stands in the south, so shadows are carried from row to row
     * northwards, along the rays and down with them.
     */
    private static Field shadows(Sun sun, Field ground, Field trees, Field houses) {
        int width = ground.width();
        Field shadow = new Field(width, ground.height());
        double shift = sun.east() / sun.south();
        double fall = Math.tan(sun.elevation()) * Math.hypot(1, shift);
        float[] ceiling = new float[width];
        for (int row = ground.height() - 1; row >= 0; row--) {
            int line = row * width;
            for (int column = 0; column < width; column++) {
                double x = Math.max(0, Math.min(width - 1.001, column + shift));
                int from = (int) x;
                double carried = ceiling[from] + (x - from) * (ceiling[from + 1] - ceiling[from]) - fall;
                shadow.values()[line + column] = row == ground.height() - 1 ? -1e6f : (float) carried;
            }
            for (int column = 0; column < width; column++) {
                int i = line + column;
                float standing = Math.max(trees.values()[i], houses.values()[i]);
                ceiling[column] = Math.max(shadow.values()[i], ground.values()[i] + standing);
            }
        }
        return shadow;
    }
}
