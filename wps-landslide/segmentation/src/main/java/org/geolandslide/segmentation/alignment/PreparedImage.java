package org.geolandslide.segmentation.alignment;

import com.sun.media.imageioimpl.common.BogusColorSpace;
import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import javax.media.jai.ImageLayout;
import javax.media.jai.JAI;
import javax.media.jai.PointOpImage;
import javax.media.jai.RasterFactory;

/**
 * A part of a raster as floats, lazily: the bands that are taken, scaled, with one value in all bands of a missing pixel, so that one
 * rule serves all data types.
 */
@SuppressWarnings("unchecked") // JAI's images have raw lists of sources.
final class PreparedImage extends PointOpImage {
    private final Samples samples;
    private final float missing;

    /**
     * A part of an image.
     *
     * @param part pixels of the source
     * @param missing value of missing pixels
     */
    PreparedImage(RenderedImage source, Rectangle part, Samples samples, float missing) {
        super(
                source,
                layout(source, part, samples.bands().size()),
                JAI.getDefaultInstance().getRenderingHints(),
                true);
        this.samples = samples;
        this.missing = missing;
    }

    private static ImageLayout layout(RenderedImage source, Rectangle part, int bands) {
        ImageLayout layout = floats(bands, source.getTileWidth(), source.getTileHeight());
        layout.setMinX(part.x).setMinY(part.y).setWidth(part.width).setHeight(part.height);
        layout.setTileGridXOffset(source.getTileGridXOffset()).setTileGridYOffset(source.getTileGridYOffset());
        return layout;
    }

    /** Tiles of floats, whose bands are no colours: transparency has been dealt with. */
    static ImageLayout floats(int bands, int tileWidth, int tileHeight) {
        ImageLayout layout = new ImageLayout();
        layout.setTileWidth(tileWidth).setTileHeight(tileHeight);
        layout.setSampleModel(
                RasterFactory.createBandedSampleModel(DataBuffer.TYPE_FLOAT, tileWidth, tileHeight, bands));
        layout.setColorModel(new ComponentColorModel(
                new BogusColorSpace(bands), false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT));
        return layout;
    }

    @Override
    protected void computeRect(Raster[] sources, WritableRaster target, Rectangle part) {
        int pixels = part.width * part.height;
        float[][] values = new float[samples.bands().size()][pixels];
        boolean[] valid = new boolean[pixels];
        samples.read(sources[0], part, values, valid, 0, part.width);
        for (int band = 0; band < values.length; band++) {
            for (int i = 0; i < pixels; i++) {
                if (!valid[i]) {
                    values[band][i] = missing;
                }
            }
            target.setSamples(part.x, part.y, part.width, part.height, band, values[band]);
        }
    }
}
