package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What is taken from a raster, and which of its pixels are missing.
 *
 * @param bands bands that are taken, in the order of the model
 * @param nodata values that mark missing pixels, where all bands have one of them before they are scaled; NaN and infinities
 *     always do, in any band
 * @param alpha band whose zeros mark missing pixels
 */
public record Samples(List<Source> bands, List<Double> nodata, OptionalInt alpha) {

    /**
     * A band of a raster.
     *
     * @param index index of the band
     * @param scale what its values are multiplied by
     * @param offset what is added to them then
     */
    public record Source(int index, double scale, double offset) {
        boolean isRaw() {
            return scale == 1 && offset == 0;
        }
    }

    public Samples {
        bands = List.copyOf(bands);
        nodata = List.copyOf(nodata);
    }

    /** The first bands as they are, with one value for missing pixels. */
    static Samples raw(int bands, double nodata) {
        return new Samples(
                IntStream.range(0, bands)
                        .mapToObj(band -> new Source(band, 1, 0))
                        .toList(),
                List.of(nodata),
                OptionalInt.empty());
    }

    /**
     * Reads pixels.
     *
     * @param raster raster that holds them
     * @param part pixels of the raster
     * @param values per band an array in which the values are put, row-major; missing pixels get some value
     * @param valid array in which is put whether a pixel has a value
     * @param start index of the first pixel in the arrays
     * @param stride distance of the rows in the arrays
     */
    void read(Raster raster, Rectangle part, float[][] values, boolean[] valid, int start, int stride) {
        float[][] row = new float[bands.size()][part.width];
        float[] opacity = new float[part.width];
        for (int y = 0; y < part.height; y++) {
            int target = start + y * stride;
            for (int band = 0; band < row.length; band++) {
                raster.getSamples(
                        part.x, part.y + y, part.width, 1, bands.get(band).index(), row[band]);
            }
            if (alpha.isPresent()) {
                raster.getSamples(part.x, part.y + y, part.width, 1, alpha.getAsInt(), opacity);
            }
            for (int x = 0; x < part.width; x++) {
                valid[target + x] = isValid(row, x) && (alpha.isEmpty() || opacity[x] != 0);
            }
            for (int band = 0; band < row.length; band++) {
                scale(row[band], bands.get(band));
                System.arraycopy(row[band], 0, values[band], target, part.width);
            }
        }
    }

    private static void scale(float[] row, Source source) {
        if (!source.isRaw()) {
            for (int x = 0; x < row.length; x++) {
                row[x] = (float) (row[x] * source.scale() + source.offset());
            }
        }
    }

    private boolean isValid(float[][] values, int pixel) {
        for (float[] band : values) {
            if (!Float.isFinite(band[pixel])) {
                return false;
            }
        }
        for (double missing : nodata) {
            boolean all = true;
            for (float[] band : values) {
                all &= band[pixel] == (float) missing;
            }
            if (all) {
                return false;
            }
        }
        return true;
    }
}
