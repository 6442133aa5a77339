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
        boolean any = false;
        boolean all = true;
        for (int i = 0; i < source.length; i++) {
            source[i] = valid[i] ? i : NONE;
            any |= valid[i];
            all &= valid[i];
        }
        if (!any) {
            return new int[0];
        }
        if (all) {
            return source;
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                adopt(source, width, height, x, y, x - 1, y);
                adopt(source, width, height, x, y, x - 1, y - 1);
                adopt(source, width, height, x, y, x, y - 1);
                adopt(source, width, height, x, y, x + 1, y - 1);
            }
        }
        for (int y = height - 1; y >= 0; y--) {
            for (int x = width - 1; x >= 0; x--) {
                adopt(source, width, height, x, y, x + 1, y);
                adopt(source, width, height, x, y, x + 1, y + 1);
                adopt(source, width, height, x, y, x, y + 1);
                adopt(source, width, height, x, y, x - 1, y + 1);
            }
        }
        return source;
    }

    /** Takes over a neighbour's source where it is nearer. */
    private static void adopt(int[] source, int width, int height, int x, int y, int neighbourX, int neighbourY) {
        if (neighbourX < 0 || neighbourY < 0 || neighbourX >= width || neighbourY >= height) {
            return;
        }
        int candidate = source[neighbourY * width + neighbourX];
        int present = source[y * width + x];
        if (candidate != NONE
                && (present == NONE || distance(candidate, width, x, y) < distance(present, width, x, y))) {
            source[y * width + x] = candidate;
        }
    }

    private static long distance(int pixel, int width, int x, int y) {
        long dx = (long) (pixel % width) - x;
        long dy = (long) (pixel / width) - y;
        return dx * dx + dy * dy;
    }
}
