package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.geolandslide.segmentation.image.FloatSamples;

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
        // The opacity lies in the first band's array until that band is read.
        alpha.ifPresent(band -> FloatSamples.read(raster, part, band, values[0], start, stride));
        for (int y = 0; y < part.height; y++) {
            int row = start + y * stride;
            if (alpha.isEmpty()) {
                Arrays.fill(valid, row, row + part.width, true);
            } else {
                leaveOutTransparent(values[0], valid, row, row + part.width);
            }
        }
        for (int band = 0; band < bands.size(); band++) {
            FloatSamples.read(raster, part, bands.get(band).index(), values[band], start, stride);
        }
        boolean whole = isWhole(raster.getSampleModel().getDataType());
        for (int y = 0; y < part.height && !whole; y++) {
            int row = start + y * stride;
            leaveOutInfinite(values, valid, row, row + part.width);
        }
        for (double missing : nodata) {
            for (int y = 0; y < part.height; y++) {
                int row = start + y * stride;
                leaveOut((float) missing, values, valid, row, row + part.width);
            }
        }
        for (int band = 0; band < bands.size(); band++) {
            for (int y = 0; y < part.height; y++) {
                int row = start + y * stride;
                scale(values[band], bands.get(band), row, row + part.width);
            }
        }
    }

    /** Whether values of a type are whole numbers, and so finite. */
    private static boolean isWhole(int dataType) {
        return dataType == DataBuffer.TYPE_BYTE
                || dataType == DataBuffer.TYPE_USHORT
                || dataType == DataBuffer.TYPE_SHORT
                || dataType == DataBuffer.TYPE_INT;
    }

    private static void leaveOutTransparent(float[] opacity, boolean[] valid, int from, int to) {
        for (int i = from; i < to; i++) {
            valid[i] = opacity[i] != 0;
        }
    }

    private static void leaveOutInfinite(float[][] values, boolean[] valid, int from, int to) {
        for (float[] band : values) {
            for (int i = from; i < to; i++) {
                valid[i] &= Float.isFinite(band[i]);
            }
        }
    }

    private static void leaveOut(float missing, float[][] values, boolean[] valid, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean all = true;
            for (int band = 0; all && band < values.length; band++) {
                all = values[band][i] == missing;
            }
            valid[i] &= !all;
        }
    }

    private static void scale(float[] values, Source source, int from, int to) {
        if (!source.isRaw()) {
            for (int i = from; i < to; i++) {
                values[i] = (float) (values[i] * source.scale() + source.offset());
            }
        }
    }
}
