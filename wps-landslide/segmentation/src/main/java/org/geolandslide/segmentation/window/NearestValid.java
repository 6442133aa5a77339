package org.geolandslide.segmentation.window;

/**
 * Continues valid pixels into invalid ones: each invalid pixel takes the value of a nearest valid one. A network sees no
 * cliff at the edge of the data then, where zeros would make one.
 */
public final class NearestValid {
    private static final int NONE = -1;

    private NearestValid() {}

    /**
     * Index of the pixel from which each pixel takes its value, by a chamfer distance transform.
     *
     * @param valid row-major
     * @param width columns
     * @param height rows
     * @return for valid pixels their own index; an index of a valid pixel for all others; empty if no pixel is valid
     */
    public static int[] sources(boolean[] valid, int width, int height) {
        int[] source = new int[width * height];
        return find(valid, width, height, source) ? source : new int[0];
    }

    /**
     * As {@link #sources}, into an array.
     *
     * @param source is told the indices; it may be longer
     * @return whether any pixel is valid; if not, the array holds nothing of use
     */
    public static boolean find(boolean[] valid, int width, int height, int[] source) {
        boolean any = false;
        for (int i = 0; i < width * height; i++) {
            source[i] = valid[i] ? i : NONE;
            any |= valid[i];
        }
        if (!any) {
            return false;
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (!valid[y * width + x]) {
                    adopt(source, width, height, x, y, -1);
                }
            }
        }
        for (int y = height - 1; y >= 0; y--) {
            for (int x = width - 1; x >= 0; x--) {
                if (!valid[y * width + x]) {
                    adopt(source, width, height, x, y, 1);
                }
            }
        }
        return true;
    }

    /** Takes over the nearest source of the four neighbours that a pass has seen, where it is nearer than the present one. */
    private static void adopt(int[] source, int width, int height, int x, int y, int side) {
        int pixel = y * width + x;
        int best = source[pixel];
        long least = best == NONE ? Long.MAX_VALUE : distance(best, width, x, y);
        for (int neighbour = 0; neighbour < 4; neighbour++) {
            int neighbourX = x + side * (neighbour == 3 ? -1 : neighbour == 2 ? 0 : 1);
            int neighbourY = y + (neighbour == 0 ? 0 : side);
            if (neighbourX < 0 || neighbourY < 0 || neighbourX >= width || neighbourY >= height) {
                continue;
            }
            int candidate = source[neighbourY * width + neighbourX];
            // Neighbours mostly have the same source, and distances cost divisions.
            if (candidate != NONE && candidate != best) {
                long found = distance(candidate, width, x, y);
                if (found < least) {
                    best = candidate;
                    least = found;
                }
            }
        }
        source[pixel] = best;
    }

    private static long distance(int pixel, int width, int x, int y) {
        long dx = (long) (pixel % width) - x;
        long dy = (long) (pixel / width) - y;
        return dx * dx + dy * dy;
    }
}
