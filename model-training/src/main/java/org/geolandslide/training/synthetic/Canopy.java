package org.geolandslide.training.synthetic;

/** Trees one by one: each a crown of some pixels, lit from the side of the sun. */
final class Canopy {

    /** Where no tree can stand. */
    interface Clear {
        boolean at(int pixel);
    }

    private static final double SPACING = 2.7;

    private final Field height;
    private final Field light;
    private final Field leaf;

    /** @param sunEast eastward part of the horizontal direction to the sun (as sunSouth) */
    Canopy(long seed, int width, int height, Vegetation vegetation, Clear clear, double sunEast, double sunSouth) {
        this.height = new Field(width, height);
        light = new Field(width, height);
        leaf = new Field(width, height);
        FractalNoise chance = new FractalNoise(seed, 61);
        FractalNoise stand = new FractalNoise(seed, 62);
        for (int row = 0; row * SPACING < height; row++) {
            for (int column = 0; column * SPACING < width; column++) {
                double x = (column + chance.hash(column, 4 * row)) * SPACING;
                double y = (row + chance.hash(column, 4 * row + 1)) * SPACING;
                int pixel = Math.min(height - 1, (int) (y + 0.5)) * width + Math.min(width - 1, (int) (x + 0.5));
                if (chance.hash(column, 4 * row + 2) < vegetation.trees(x, y) && !clear.at(pixel)) {
                    double age = 0.5 + 0.5 * stand.fractal(x / 90, y / 90, 3);
                    double broadleaf = stand.fractal(x / 110 + 50, y / 110, 3) > 0.12 ? 0.75 : 0.12;
                    double vary = chance.hash(column, 4 * row + 3);
                    plant(
                            x,
                            y,
                            1.35 + 0.8 * age * vary + 0.5 * broadleaf * vary,
                            3.5 + 4.5 * age * (0.6 + 0.4 * vary),
                            broadleaf + 0.4 * (chance.hash(column, -row - 1) - 0.5),
                            0.84
                                    + 0.32 * chance.hash(column, -row - 50000)
                                    + 0.12 * stand.fractal(x / 40, y / 40 + 9, 3),
                            sunEast,
                            sunSouth);
                }
            }
        }
    }

    /** Height of the crowns above the ground in pixels; 0 where there is no tree. */
    Field height() {
        return height;
    }

    /** Brightness of the crown, about 0.5 in the gaps and on the far side to 1.3 on the side of the sun. */
    Field light() {
        return light;
    }

    /** Kind of tree: 0 dark conifer to 1 light broadleaf. */
    Field leaf() {
        return leaf;
    }

    private void plant(
            double x, double y, double radius, double top, double kind, double shade, double sunEast, double sunSouth) {
        int width = height.width();
        int south = Math.min(height.height() - 1, (int) (y + radius));
        int east = Math.min(width - 1, (int) (x + radius));
        for (int row = Math.max(0, (int) Math.ceil(y - radius)); row <= south; row++) {
            for (int column = Math.max(0, (int) Math.ceil(x - radius)); column <= east; column++) {
                double dx = (column - x) / radius;
                double dy = (row - y) / radius;
                double square = dx * dx + dy * dy;
                int i = row * width + column;
                double crown = top * (1 - 0.45 * square);
                if (square < 1 && crown > height.values()[i]) {
                    height.values()[i] = (float) crown;
                    light.values()[i] =
                            (float) (shade * (1.06 - 0.28 * square + 0.34 * (dx * sunEast + dy * sunSouth)));
                    leaf.values()[i] = (float) kind;
                }
            }
        }
    }
}
