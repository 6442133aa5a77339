package org.geolandslide.segmentation.bench;

import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.segmentation.image.LazyImage;

/** Texture of any extent, made tile by tile: red, green and blue bytes, or one band of floats like an elevation in metres. */
final class SyntheticImage extends LazyImage {
    private static final int BANDS = 3;
    /** Few: who reads the image keeps what it needs. */
    private static final int TILES_KEPT = 8;

    private final boolean colours;

    private SyntheticImage(int width, int height, ColorModel model, boolean colours) {
        super(width, height, model, TILES_KEPT);
        this.colours = colours;
    }

    static SyntheticImage colours(int width, int height) {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return new SyntheticImage(width, height, model, true);
    }

    static SyntheticImage elevation(int width, int height) {
        return new SyntheticImage(width, height, ColorModels.floats(), false);
    }

    @Override
    protected void compute(WritableRaster tile, Rectangle pixels) {
        if (colours) {
            byte[] values = new byte[pixels.width * pixels.height * BANDS];
            int i = 0;
            for (int y = pixels.y; y < pixels.y + pixels.height; y++) {
                for (int x = pixels.x; x < pixels.x + pixels.width; x++) {
                    int texture = (x * 37 + y * 91 + (x >> 4) * (y >> 4)) & 0x3F;
                    values[i++] = (byte) (96 + texture);
                    values[i++] = (byte) (112 + (texture >> 1));
                    values[i++] = (byte) (80 + ((x ^ y) & 0x1F));
                }
            }
            tile.setDataElements(pixels.x, pixels.y, pixels.width, pixels.height, values);
        } else {
            float[] values = new float[pixels.width * pixels.height];
            int i = 0;
            for (int y = pixels.y; y < pixels.y + pixels.height; y++) {
                for (int x = pixels.x; x < pixels.x + pixels.width; x++) {
                    values[i++] = 1500 + 0.01f * ((x * 13L + y * 7L) % 10_000);
                }
            }
            tile.setDataElements(pixels.x, pixels.y, pixels.width, pixels.height, values);
        }
    }
}
