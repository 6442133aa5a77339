package org.geolandslide.segmentation.image;

import java.awt.Rectangle;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferFloat;
import java.awt.image.DataBufferShort;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;

/**
 * Samples in arrays of floats, as {@link Raster#getSamples(int, int, int, int, int, float[])} gives them, but out of the arrays in which
 * they lie, which is many times faster than one by one.
 */
public final class FloatSamples {
    private FloatSamples() {}

    /** Values of the first band of a part of an image, row-major. */
    public static float[] of(RenderedImage image, Rectangle part) {
        float[] values = new float[part.width * part.height];
        Tiles.of(image, part, (tile, shared) -> {
            int start = (shared.y - part.y) * part.width + shared.x - part.x;
            read(tile, shared, 0, values, start, part.width);
        });
        return values;
    }

    /**
     * Reads a band of a part of a raster.
     *
     * @param part pixels of the raster
     * @param target array in which the values are put, row by row
     * @param start index of the first value in the array
     * @param stride distance of the rows in the array
     */
    public static void read(Raster raster, Rectangle part, int band, float[] target, int start, int stride) {
        DataBuffer buffer = raster.getDataBuffer();
        if (!(raster.getSampleModel() instanceof ComponentSampleModel layout)) {
            readSlowly(raster, part, band, target, start, stride);
            return;
        }
        int bank = layout.getBankIndices()[band];
        int first = buffer.getOffsets()[bank]
                + layout.getOffset(
                        part.x - raster.getSampleModelTranslateX(), part.y - raster.getSampleModelTranslateY(), band);
        Rows rows = new Rows(
                first,
                layout.getPixelStride(),
                layout.getScanlineStride(),
                part.width,
                part.height,
                target,
                start,
                stride);
        if (buffer instanceof DataBufferByte bytes) {
            rows.read(bytes.getData(bank));
        } else if (buffer instanceof DataBufferUShort shorts) {
            rows.read(shorts.getData(bank), 0xFFFF);
        } else if (buffer instanceof DataBufferShort shorts) {
            rows.read(shorts.getData(bank), -1);
        } else if (buffer instanceof DataBufferFloat floats) {
            rows.read(floats.getData(bank));
        } else {
            readSlowly(raster, part, band, target, start, stride);
        }
    }

    private static void readSlowly(Raster raster, Rectangle part, int band, float[] target, int start, int stride) {
        float[] row = new float[part.width];
        for (int y = 0; y < part.height; y++) {
            raster.getSamples(part.x, part.y + y, part.width, 1, band, row);
            System.arraycopy(row, 0, target, start + y * stride, part.width);
        }
    }

    /** Where values lie and where they go. */
    private record Rows(
            int first, int step, int scanline, int width, int height, float[] target, int start, int stride) {

        void read(byte[] data) {
            for (int y = 0; y < height; y++) {
                int from = first + y * scanline;
                int to = start + y * stride;
                for (int x = 0; x < width; x++) {
                    target[to + x] = data[from + x * step] & 0xFF;
                }
            }
        }

        /** The mask takes the sign off unsigned values. */
        void read(short[] data, int mask) {
            for (int y = 0; y < height; y++) {
                int from = first + y * scanline;
                int to = start + y * stride;
                for (int x = 0; x < width; x++) {
                    target[to + x] = data[from + x * step] & mask;
                }
            }
        }

        void read(float[] data) {
            for (int y = 0; y < height; y++) {
                int from = first + y * scanline;
                int to = start + y * stride;
                if (step == 1) {
                    System.arraycopy(data, from, target, to, width);
                } else {
                    for (int x = 0; x < width; x++) {
                        target[to + x] = data[from + x * step];
                    }
                }
            }
        }
    }
}
