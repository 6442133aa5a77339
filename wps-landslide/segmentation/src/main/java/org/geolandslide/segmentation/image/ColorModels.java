package org.geolandslide.segmentation.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/** Colour models of the products. */
public final class ColorModels {
    /** Mask value of pixels without landslide. */
    public static final int BACKGROUND = 0;
    /** Mask value of landslide pixels. */
    public static final int LANDSLIDE = 1;
    /** Mask value of pixels without data. */
    public static final int NODATA = 255;

    private ColorModels() {}

    /** One band of floats. */
    public static ColorModel floats() {
        return new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT);
    }

    /**
     * Bytes with a palette, so that a mask draws well without a style: landslides red, background and nodata transparent where
     * the format can say so, white and grey where it cannot (a TIFF palette has no transparency).
     */
    public static ColorModel mask() {
        byte[] red = new byte[256];
        byte[] green = new byte[256];
        byte[] blue = new byte[256];
        byte[] alpha = new byte[256];
        Arrays.fill(red, (byte) 0xC8);
        Arrays.fill(green, (byte) 0xC8);
        Arrays.fill(blue, (byte) 0xC8);
        red[BACKGROUND] = (byte) 0xFF;
        green[BACKGROUND] = (byte) 0xFF;
        blue[BACKGROUND] = (byte) 0xFF;
        red[LANDSLIDE] = (byte) 0xD7;
        green[LANDSLIDE] = (byte) 0x30;
        blue[LANDSLIDE] = (byte) 0x1F;
        alpha[LANDSLIDE] = (byte) 0xFF;
        return new IndexColorModel(8, 256, red, green, blue, alpha);
    }
}
