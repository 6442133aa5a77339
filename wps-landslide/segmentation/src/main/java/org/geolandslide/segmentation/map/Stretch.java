package org.geolandslide.segmentation.map;

import java.util.Arrays;

/**
 * Linear stretch of an optical image for display, the same for all bands: the darkest and brightest 0.3 percent of the
 * cells with data saturate.
 *
 * @param least value that is drawn black
 * @param most value that is drawn white
 */
record Stretch(float least, float most) {
    private static final double CUT = 0.003;

    static Stretch of(Overview optical, Overview valid) {
        float[] values = new float[optical.bands().length * optical.width() * optical.height()];
        int count = 0;
        for (float[] band : optical.bands()) {
            for (int cell = 0; cell < band.length; cell++) {
                if (!Float.isNaN(band[cell]) && !Float.isNaN(valid.bands()[0][cell])) {
                    values[count++] = band[cell];
                }
            }
        }
        if (count == 0) {
            return new Stretch(0, 1);
        }
        Arrays.sort(values, 0, count);
        float least = values[(int) (CUT * (count - 1))];
        float most = values[(int) ((1 - CUT) * (count - 1))];
        return new Stretch(least, most > least ? most : least + 1);
    }

    /** RRGGBB of a cell. */
    int colour(Overview optical, int cell) {
        int colour = 0;
        for (int channel = 0; channel < 3; channel++) {
            float[] band = optical.bands()[optical.bands().length == 3 ? channel : 0];
            float share = (band[cell] - least) / (most - least);
            colour = colour << 8 | Math.round(255 * Math.max(0, Math.min(1, share)));
        }
        return colour;
    }
}
