package org.geolandslide.training.data;

import org.geolandslide.segmentation.window.NearestValid;

/**
 * A chip or a whole scene in memory. Pixels are row-major; where a pixel has no data its values are those of a nearest pixel
 * that has, as the segmentation engine fills them.
 *
 * @param name name for messages and records
 * @param width columns
 * @param height rows
 * @param optical per band the raw values
 * @param elevation metres; empty for a sample without elevation model
 * @param labels 0 background, 1 landslide, {@link #UNLABELLED} where a pixel takes no part
 */
public record Sample(String name, int width, int height, float[][] optical, float[] elevation, byte[] labels) {
    /** Label of pixels without data or without a label. */
    public static final byte UNLABELLED = (byte) 255;

    public Sample {
        for (float[] band : optical) {
            requireSize(name, band.length, width, height);
        }
        if (elevation.length > 0) {
            requireSize(name, elevation.length, width, height);
        }
        requireSize(name, labels.length, width, height);
    }

    private static void requireSize(String name, int pixels, int width, int height) {
        if (pixels != width * height) {
            throw new IllegalArgumentException(
                    "sample " + name + " of " + width + " x " + height + " pixels has a band of " + pixels);
        }
    }

    /**
     * A sample from rasters with gaps: gaps are filled, and pixels with a gap in either raster take no part.
     *
     * @param opticalValid whether the optical raster has data, per pixel
     * @param elevation metres; empty if there is no elevation model
     * @param elevationValid whether the elevation model has data, per pixel; empty if there is none
     * @param labels as the mask has them
     */
    static Sample withGaps(
            String name,
            int width,
            int height,
            float[][] optical,
            boolean[] opticalValid,
            float[] elevation,
            boolean[] elevationValid,
            byte[] labels) {
        byte[] known = labels.clone();
        for (int i = 0; i < known.length; i++) {
            if (!opticalValid[i] || (elevation.length > 0 && !elevationValid[i])) {
                known[i] = UNLABELLED;
            }
        }
        fill(opticalValid, width, height, optical);
        if (elevation.length > 0) {
            fill(elevationValid, width, height, elevation);
        }
        return new Sample(name, width, height, optical, elevation, known);
    }

    private static void fill(boolean[] valid, int width, int height, float[]... bands) {
        int[] sources = NearestValid.sources(valid, width, height);
        if (sources.length == 0) {
            return;
        }
        for (float[] band : bands) {
            for (int i = 0; i < band.length; i++) {
                band[i] = band[sources[i]];
            }
        }
    }

    /** Whether the sample has an elevation model. */
    public boolean hasElevation() {
        return elevation.length > 0;
    }

    /** Whether any pixel is labelled as landslide. */
    public boolean hasLandslide() {
        for (byte label : labels) {
            if (label == 1) {
                return true;
            }
        }
        return false;
    }

    /** Number of pixels that take part. */
    public long labelled() {
        long count = 0;
        for (byte label : labels) {
            count += label == UNLABELLED ? 0 : 1;
        }
        return count;
    }
}
