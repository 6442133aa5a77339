package org.geolandslide.segmentation.engine;

import java.util.concurrent.CancellationException;

/** Is told how far a segmentation has come, and can stop it. */
public interface Monitor {
    /** Takes no notice. */
    Monitor NONE = (done, total) -> {};

    /**
     * Called after each batch of windows, by the thread that computes.
     *
     * @param done windows that have been dealt with so far
     * @param total windows over the whole raster
     * @throws CancellationException to stop; nothing is left behind
     */
    void windows(long done, long total);
}
