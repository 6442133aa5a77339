package org.geolandslide.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;

/** The ways in which masks are written. */
enum MaskValues {
    /** 0 background, 1 landslide, 255 no data. */
    CLASSES(1),
    /** 0 background, 255 landslide: for the eye. */
    BLACK_AND_WHITE(255);

    private static final float WHITE = 255;

    private final float landslide;

    MaskValues(float landslide) {
        this.landslide = landslide;
    }

    /** How a set of masks is written: one that holds a 1 anywhere is not for the eye. */
    static MaskValues of(Collection<float[]> masks) {
        for (float[] mask : masks) {
            for (float value : mask) {
                if (value == 1) {
                    return CLASSES;
                }
            }
        }
        return BLACK_AND_WHITE;
    }

    /**
     * Labels of mask values.
     *
     * @param values values of one mask; NaN for no data
     * @param file where they come from, for messages
     * @throws IOException if there are other values
     */
    byte[] labels(float[] values, Path file) throws IOException {
        byte[] labels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            if (value == 0) {
                labels[i] = 0;
            } else if (value == landslide) {
                labels[i] = 1;
            } else if (value == WHITE || Float.isNaN(value)) {
                labels[i] = Sample.UNLABELLED;
            } else {
                throw new IOException("the mask " + file + " holds the value " + value
                        + ", expected 0 for background, 1 for landslide and 255 for no data, or 0 and 255 for landslide"
                        + " (compression with losses, as in JPEG, makes other values)");
            }
        }
        return labels;
    }
}
