package org.geolandslide.segmentation.bench;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import org.geolandslide.segmentation.image.LazyImage;

/** A part of an image whose first pixel is (0, 0). */
final class PartImage extends LazyImage {
    private static final int TILES_KEPT = 16;

    private final RenderedImage source;
    private final Rectangle part;

    PartImage(RenderedImage source, Rectangle part) {
        super(part.width, part.height, source.getColorModel(), TILES_KEPT);
        this.source = source;
        this.part = new Rectangle(part);
    }

    @Override
    protected void compute(WritableRaster tile, Rectangle pixels) {
        int left = source.getMinX() + part.x + pixels.x;
        int top = source.getMinY() + part.y + pixels.y;
        Raster data = source.getData(new Rectangle(left, top, pixels.width, pixels.height));
        tile.setRect(data.createTranslatedChild(pixels.x, pixels.y));
    }
}
