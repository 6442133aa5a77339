package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.OptionalInt;
import javax.media.jai.ImageLayout;
import javax.media.jai.JAI;
import javax.media.jai.PointOpImage;
import javax.media.jai.ROI;
import org.geolandslide.segmentation.image.FloatSamples;
import org.geolandslide.segmentation.image.Tiles;

/**
 * An image with the region of its valid pixels as one more band, lazily: 1 inside, 0 outside. Such regions come with the mask inside of a
 * TIFF and with the footprints of a mosaic.
 */
@SuppressWarnings("unchecked") // JAI's images have raw lists of sources.
final class MaskedImage extends PointOpImage {
    private final RenderedImage inside;
    private final OptionalInt alpha;

    /**
     * A masked image.
     *
     * @param region valid pixels, in the image's own coordinates
     * @param alpha band whose zeros mark missing pixels, too
     */
    MaskedImage(RenderedImage source, ROI region, OptionalInt alpha) {
        super(source, layout(source), JAI.getDefaultInstance().getRenderingHints(), true);
        this.inside = region.getAsImage();
        this.alpha = alpha;
    }

    /** Floats hold the values of bytes, shorts and floats; of doubles and large integers they are what models take anyway. */
    private static ImageLayout layout(RenderedImage source) {
        int bands = source.getSampleModel().getNumBands() + 1;
        ImageLayout layout = PreparedImage.floats(bands, source.getTileWidth(), source.getTileHeight());
        layout.setMinX(source.getMinX()).setMinY(source.getMinY());
        layout.setWidth(source.getWidth()).setHeight(source.getHeight());
        layout.setTileGridXOffset(source.getTileGridXOffset()).setTileGridYOffset(source.getTileGridYOffset());
        return layout;
    }

    @Override
    protected void computeRect(Raster[] sources, WritableRaster target, Rectangle part) {
        float[] values = new float[part.width * part.height];
        int bands = target.getNumBands();
        for (int band = 0; band < bands - 1; band++) {
            FloatSamples.read(sources[0], part, band, values, 0, part.width);
            target.setSamples(part.x, part.y, part.width, part.height, band, values);
        }
        Arrays.fill(values, 0);
        Rectangle covered = part.intersection(
                new Rectangle(inside.getMinX(), inside.getMinY(), inside.getWidth(), inside.getHeight()));
        if (!covered.isEmpty()) {
            Tiles.of(inside, covered, (tile, shared) -> {
                int start = (shared.y - part.y) * part.width + shared.x - part.x;
                FloatSamples.read(tile, shared, 0, values, start, part.width);
            });
        }
        if (alpha.isPresent()) {
            float[] opacity = new float[values.length];
            FloatSamples.read(sources[0], part, alpha.getAsInt(), opacity, 0, part.width);
            for (int i = 0; i < values.length; i++) {
                values[i] = opacity[i] == 0 ? 0 : values[i];
            }
        }
        target.setSamples(part.x, part.y, part.width, part.height, bands - 1, values);
    }
}
