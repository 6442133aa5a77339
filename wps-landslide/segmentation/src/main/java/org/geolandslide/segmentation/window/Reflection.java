package org.geolandslide.segmentation.window;

/** Continues a raster over its edge by reflection, without repeating the edge pixel. */
public final class Reflection {
    private Reflection() {}

    /**
     * Pixel inside the raster that stands for a pixel inside or outside of it.
     *
     * @param index any index
     * @param length pixels that there are, at least 1
     * @return between 0 and {@code length - 1}
     */
    public static int inside(int index, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int phase = Math.floorMod(index, period);
        return Math.min(phase, period - phase);
    }
}
