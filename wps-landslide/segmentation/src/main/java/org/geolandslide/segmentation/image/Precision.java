package org.geolandslide.segmentation.image;

/**
 * The precision of results between 0 and 1: multiples of 1/4096, which is off by 0.00012 at most. A network knows no more, and the bits that
 * follow are noise that makes compressed files three times as large and twice as slow to write (docs/performance.md).
 */
public final class Precision {
    private static final float STEPS = 4096;

    private Precision() {}

    /** The nearest multiple; NaN stays NaN. */
    public static float rounded(float value) {
        // Math.round makes 0 of NaN.
        return Float.isNaN(value) ? value : Math.round(value * STEPS) / STEPS;
    }
}
