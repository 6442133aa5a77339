package org.geolandslide.training.data;

import java.util.Collection;

/** The ways in which masks are written. */
enum MaskValues {
    /** 0 background, 1 landslide, 255 no data. */
    CLASSES,
    /** 0 background, 255 landslide: for the eye. */
    BLACK_AND_WHITE;

    private static final float WHITE = 255;

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

    /** Labels of mask values. */
    byte[] labels(float[] values) {
        byte[] labels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            if (this == CLASSES && (values[i] == WHITE || Float.isNaN(values[i]))) {
                labels[i] = Sample.UNLABELLED;
            } else {
                labels[i] = (byte) (values[i] == 0 ? 0 : 1);
            }
        }
        return labels;
    }
}
