package org.geolandslide.training.synthetic;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Used ground: strips of fields on the valley floor, some ploughed and bare, and clear-cuts in the forest. */
final class Parcels {

    /** What a pixel is used for. */
    enum Use {
        NONE,
        MEADOW,
        CROP,
        BARE,
        CLEARCUT
    }

    private final Use[] use;
    private final byte[] tone;
    private final Field furrow;

    Parcels(long seed, Terrain terrain, Vegetation vegetation) {
        int pixels = terrain.heights().values().length;
        use = new Use[pixels];
        Arrays.fill(use, Use.NONE);
        tone = new byte[pixels];
        furrow = new Field(terrain.heights().width(), terrain.heights().height());
        fields(new FractalNoise(seed, 41), terrain);
        clearcuts(new SplittableRandom(seed ^ 0xC1EA4L), new FractalNoise(seed, 42), terrain, vegetation);
    }

    Use use(int pixel) {
        return use[pixel];
    }

    /** A number in [0, 1) that all pixels of a parcel share. */
    double tone(int pixel) {
        return (tone[pixel] & 0xFF) / 256.0;
    }

    /** Position across the furrows or skid trails, in pixels. */
    double furrow(int pixel) {
        return furrow.values()[pixel];
    }

    private void fields(FractalNoise chance, Terrain terrain) {
        int width = furrow.width();
        double cos = Math.cos(terrain.valley().bearing() + 0.2);
        double sin = Math.sin(terrain.valley().bearing() + 0.2);
        for (int i = 0; i < use.length; i++) {
            int x = i % width;
            int y = i / width;
            double reach = 22 + 26 * chance.at(x / 130.0, y / 130.0);
            if (terrain.fromFloor().values()[i] > reach || terrain.slope(x, y) > 0.2) {
                continue;
            }
            double u = x * cos + y * sin;
            double v = y * cos - x * sin;
            int strip = (int) Math.floor(u / 44 + 0.03 * Math.sin(v / 60));
            int plot = (int) Math.floor((v + 90 * chance.hash(strip, -7)) / (52 + 60 * chance.hash(strip, 3)));
            double within = u / 44 - strip;
            int part = chance.hash(strip, 1000 + plot) < 0.45 && within > 0.5 ? 1 : 0;
            double draw = chance.hash(strip * 2 + part, plot);
            Use chosen = draw < 0.30 ? Use.BARE : draw < 0.52 ? Use.CROP : Use.MEADOW;
            use[i] = chosen;
            tone[i] = (byte) (256 * chance.hash(plot, strip * 2 + part));
            furrow.values()[i] = (float) (chance.hash(strip, plot + 77) < 0.6 ? u : v);
        }
    }

    private void clearcuts(SplittableRandom random, FractalNoise ragged, Terrain terrain, Vegetation vegetation) {
        int width = furrow.width();
        int height = furrow.height();
        int wanted = (int) Math.round((double) width * height / (280.0 * 280.0));
        for (int attempt = 0; attempt < 30 * wanted && wanted > 0; attempt++) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            double slope = terrain.slope(x, y);
            if (vegetation.trees(x, y) < 0.8 || slope < 0.15 || slope > 0.62) {
                continue;
            }
            wanted--;
            double downhill = Math.atan2(
                    -terrain.broad().southward(x, y), -terrain.broad().eastward(x, y));
            double turn = downhill + 0.9 * (random.nextDouble() - 0.5);
            double halfLength = 12 + 26 * random.nextDouble();
            double halfWidth = 9 + 15 * random.nextDouble();
            byte shared = (byte) random.nextInt(256);
            int reach = (int) Math.ceil(halfLength + halfWidth + 4);
            for (int row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
                for (int column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
                    double u = (column - x) * Math.cos(turn) + (row - y) * Math.sin(turn);
                    double v = (row - y) * Math.cos(turn) - (column - x) * Math.sin(turn);
                    double edge = 3.5 * ragged.fractal(column / 14.0, row / 14.0, 2);
                    if (Math.abs(u) + edge < halfLength && Math.abs(v) + edge < halfWidth) {
                        int i = row * width + column;
                        use[i] = Use.CLEARCUT;
                        tone[i] = shared;
                        furrow.values()[i] = (float) v;
                    }
                }
            }
        }
    }
}
