package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.util.List;
import java.util.OptionalDouble;
import javax.media.jai.ImageLayout;
import javax.media.jai.JAI;
import javax.media.jai.PointOpImage;

/**
 * The colours of an image that has a palette, lazily: bytes of red, green, blue and opacity, which is 0 for transparent colours
 * and for the index that stands for missing pixels.
 */
@SuppressWarnings("unchecked") // JAI's images have raw lists of sources.
final class PaletteImage extends PointOpImage {
    /** Names of the bands; those of colours say nothing, as in images without a palette. */
    static final List<String> NAMES = List.of("", "", "", "alpha");

    private static final int BANDS = NAMES.size();

    /** Per band the values by index. */
    private final int[][] colours;

    /**
     * The colours of an image.
     *
     * @param nodata index of missing pixels, if there is one
     */
    PaletteImage(RenderedImage source, IndexColorModel palette, OptionalDouble nodata) {
        super(source, layout(source), JAI.getDefaultInstance().getRenderingHints(), true);
        int size = palette.getMapSize();
        colours = new int[BANDS][size];
        for (int index = 0; index < size; index++) {
            boolean missing = nodata.isPresent() && nodata.getAsDouble() == index;
            colours[0][index] = palette.getRed(index);
            colours[1][index] = palette.getGreen(index);
            colours[2][index] = palette.getBlue(index);
            colours[3][index] = missing ? 0 : palette.getAlpha(index);
        }
    }

    private static ImageLayout layout(RenderedImage source) {
        ImageLayout layout = new ImageLayout(source);
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                true,
                false,
                java.awt.Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        layout.setColorModel(colours);
        layout.setSampleModel(colours.createCompatibleSampleModel(source.getTileWidth(), source.getTileHeight()));
        return layout;
    }

    @Override
    protected void computeRect(Raster[] sources, WritableRaster target, Rectangle part) {
        int[] indices = sources[0].getSamples(part.x, part.y, part.width, part.height, 0, (int[]) null);
        int[] values = new int[indices.length];
        for (int band = 0; band < BANDS; band++) {
            for (int i = 0; i < indices.length; i++) {
                // An index beyond the palette is broken data: no colour, and missing.
                values[i] = indices[i] < colours[band].length ? colours[band][indices[i]] : 0;
            }
            target.setSamples(part.x, part.y, part.width, part.height, band, values);
        }
    }
}
