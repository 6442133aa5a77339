package org.geolandslide.segmentation.alignment;

import javax.media.jai.JAI;
import javax.media.jai.TileCache;

/** How much of what was read, averaged and resampled stays in memory for the next window. */
public final class TileMemory {
    private static final long MOST_BYTES = 512L << 20;

    private TileMemory() {}

    /**
     * Gives a command a quarter of its heap for tiles, 512 MB at most. JAI's own 16 MB are less than what one window of an averaged raster passes
     * through, so that its tiles are made anew for each row of pixels. In GeoServer the administrator decides: JAI's settings there
     * are half of the heap.
     */
    public static void reserve() {
        TileCache cache = JAI.getDefaultInstance().getTileCache();
        long share = Math.min(Runtime.getRuntime().maxMemory() / 4, MOST_BYTES);
        cache.setMemoryCapacity(Math.max(cache.getMemoryCapacity(), share));
    }
}
