package org.geolandslide.segmentation.bench;

import java.awt.Rectangle;
import java.awt.image.WritableRaster;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.segmentation.image.LazyImage;

/** What a network might say about 2048 x 2048 pixels, and what none would: smooth patches, or noise. NaN in a corner. */
final class ProbabilityImage extends LazyImage {
    static final int SIDE = 2048;
    private static final int TILES = (SIDE / TILE) * (SIDE / TILE);
    private static final int CORNER = 300;
    /** Distances between the random values between which the patches are interpolated, in pixels. */
    private static final int[] WAVES = {96, 31, 7};

    private static final double[] STRENGTHS = {0.7, 0.4, 0.06};

    private final boolean noise;

    private ProbabilityImage(boolean noise) {
        super(SIDE, SIDE, ColorModels.floats(), TILES);
        this.noise = noise;
    }

    /** Patches of some ten to some hundred pixels across with ragged edges; about a tenth of the pixels is above one half. */
    static ProbabilityImage patches() {
        return new ProbabilityImage(false);
    }

    /** Every pixel on its own; a tenth is above one half. */
    static ProbabilityImage noise() {
        return new ProbabilityImage(true);
    }

    @Override
    protected void compute(WritableRaster tile, Rectangle pixels) {
        float[] values = new float[pixels.width * pixels.height];
        for (int i = 0; i < values.length; i++) {
            values[i] = at(pixels.x + i % pixels.width, pixels.y + i / pixels.width);
        }
        tile.setDataElements(pixels.x, pixels.y, pixels.width, pixels.height, values);
    }

    private float at(int x, int y) {
        if (x + y < CORNER) {
            return Float.NaN;
        }
        if (noise) {
            return (float) (random(x, y, 0) / 1.8);
        }
        double sum = 0;
        for (int i = 0; i < WAVES.length; i++) {
            sum += STRENGTHS[i] * smooth(x / (double) WAVES[i], y / (double) WAVES[i], i);
        }
        return (float) Math.max(0, Math.min(1, sum - 0.25));
    }

    private static double smooth(double x, double y, int wave) {
        int left = (int) x;
        int top = (int) y;
        double right = x - left;
        double below = y - top;
        double upper = random(left, top, wave) * (1 - right) + random(left + 1, top, wave) * right;
        double lower = random(left, top + 1, wave) * (1 - right) + random(left + 1, top + 1, wave) * right;
        return upper * (1 - below) + lower * below;
    }

    /** From 0 to 1, the same for the same place. */
    private static double random(int x, int y, int wave) {
        long bits = x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL + wave * 0x165667B19E3779F9L;
        bits = (bits ^ bits >>> 32) * 0xD6E8FEB86659FD93L;
        bits = (bits ^ bits >>> 32) * 0xD6E8FEB86659FD93L;
        return (bits >>> 11) * 0x1.0p-53;
    }
}
