package org.geolandslide.training.synthetic;

import java.util.ArrayList;
import java.util.List;

/** One connected patch of landslide pixels in a mask, for tests. */
final class MaskRegion {

    private static final int NEAR = 2;
    private static final int FAR = 7;

    private final byte[] mask;
    private final int width;
    private final int[] pixels;

    private MaskRegion(byte[] mask, int width, int[] pixels) {
        this.mask = mask;
        this.width = width;
        this.pixels = pixels;
    }

    /** All patches, connected over edges. */
    static List<MaskRegion> of(byte[] mask, int width) {
        List<MaskRegion> regions = new ArrayList<>();
        boolean[] seen = new boolean[mask.length];
        int[] open = new int[mask.length];
        for (int start = 0; start < mask.length; start++) {
            if (mask[start] != SyntheticScene.LANDSLIDE || seen[start]) {
                continue;
            }
            int count = 0;
            open[count++] = start;
            seen[start] = true;
            for (int next = 0; next < count; next++) {
                int i = open[next];
                int column = i % width;
                int[] around = {
                    column > 0 ? i - 1 : i,
                    column < width - 1 ? i + 1 : i,
                    i >= width ? i - width : i,
                    i + width < mask.length ? i + width : i
                };
                for (int other : around) {
                    if (mask[other] == SyntheticScene.LANDSLIDE && !seen[other]) {
                        seen[other] = true;
                        open[count++] = other;
                    }
                }
            }
            int[] pixels = new int[count];
            System.arraycopy(open, 0, pixels, 0, count);
            regions.add(new MaskRegion(mask, width, pixels));
        }
        return regions;
    }

    int size() {
        return pixels.length;
    }

    int column() {
        return pixels[0] % width;
    }

    int row() {
        return pixels[0] / width;
    }

    /** Distance in grey values between the mean colour inside and that of the surroundings. */
    double contrast(SyntheticScene scene) {
        boolean[] ring = new boolean[mask.length];
        for (int i : pixels) {
            for (int dy = -FAR; dy <= FAR; dy++) {
                for (int dx = -FAR; dx <= FAR; dx++) {
                    int column = i % width + dx;
                    int other = i + dy * width + dx;
                    if (column >= 0 && column < width && other >= 0 && other < mask.length) {
                        ring[other] |= mask[other] == SyntheticScene.BACKGROUND
                                && Math.max(Math.abs(dx), Math.abs(dy)) >= NEAR;
                    }
                }
            }
        }
        double square = 0;
        for (int band = 0; band < 3; band++) {
            byte[] values = scene.optical(band);
            double inside = 0;
            for (int i : pixels) {
                inside += (values[i] & 0xFF) / (double) pixels.length;
            }
            double sum = 0;
            int count = 0;
            for (int i = 0; i < ring.length; i++) {
                if (ring[i]) {
                    sum += values[i] & 0xFF;
                    count++;
                }
            }
            square += Math.pow(inside - sum / count, 2);
        }
        return Math.sqrt(square);
    }
}
