package org.geolandslide.segmentation.window;

import java.util.Arrays;

/**
 * Weights with which windows are blended: 1 in the middle, falling along the overlap like a Hann window's flank. Where two
 * neighbours overlap their weights add up to 1, and no weight is 0.
 */
public final class HannWeights {
    private final float[] along;

    /**
     * Weights of windows.
     *
     * @param size side of a window in pixels
     * @param overlap pixels that neighbouring windows share, at most half the size
     */
    public HannWeights(int size, int overlap) {
        along = new float[size];
        Arrays.fill(along, 1);
        for (int i = 0; i < overlap; i++) {
            double sine = Math.sin(Math.PI * (i + 0.5) / (2.0 * overlap));
            along[i] = (float) (sine * sine);
            along[size - 1 - i] = along[i];
        }
    }

    /** Weight of a row or column of the window. */
    public float along(int index) {
        return along[index];
    }
}
