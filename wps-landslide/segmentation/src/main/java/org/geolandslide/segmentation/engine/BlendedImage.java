package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.segmentation.image.LazyImage;

/** One output of the model over the whole raster, float, NaN where there is no data. */
final class BlendedImage extends LazyImage {
    private final Blending blending;

    BlendedImage(Blending blending, int width, int height, int tilesKept) {
        super(width, height, ColorModels.floats(), tilesKept, blending);
        this.blending = blending;
    }

    @Override
    protected Raster make(int tileX, int tileY, Rectangle pixels) {
        return blending.tile(this, tileX, tileY, pixels);
    }

    @Override
    protected void compute(WritableRaster tile, Rectangle pixels) {
        throw new IllegalStateException("tiles are made together with those of the other outputs");
    }

    @Override
    protected void announce(Rectangle wanted) {
        blending.announce(wanted);
    }

    void keepMade(int tileX, int tileY, Raster tile) {
        keep(tileX, tileY, tile);
    }

    Rectangle pixels(int tileX, int tileY) {
        return pixelsOf(tileX, tileY);
    }
}
