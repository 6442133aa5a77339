package org.geolandslide.segmentation.product;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.util.Optional;
import java.util.function.Supplier;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.segmentation.image.FloatSamples;
import org.geolandslide.segmentation.image.LazyImage;

/** The mask: byte with a palette, 0 background, 1 landslide, 255 no data. */
public final class MaskImage extends LazyImage {
    private final RenderedImage probability;
    private final double threshold;
    private final Optional<Supplier<LandslideInventory>> inventory;

    /**
     * A mask.
     *
     * @param probability one band, first pixel (0, 0), NaN where there is no data
     * @param threshold least probability of a landslide pixel
     * @param inventory where landslides are dropped for their size, what says which; it needs the whole raster
     */
    public MaskImage(RenderedImage probability, double threshold, Optional<Supplier<LandslideInventory>> inventory) {
        super(probability.getWidth(), probability.getHeight(), ColorModels.mask(), 64);
        this.probability = probability;
        this.threshold = threshold;
        this.inventory = inventory;
    }

    @Override
    protected void announce(Rectangle wanted) {
        announce(probability, wanted);
    }

    @Override
    protected void compute(WritableRaster tile, Rectangle pixels) {
        float[] values = FloatSamples.of(probability, pixels);
        byte[] mask = new byte[values.length];
        for (int i = 0; i < mask.length; i++) {
            int value = values[i] >= threshold ? ColorModels.LANDSLIDE : ColorModels.BACKGROUND;
            mask[i] = (byte) (Float.isNaN(values[i]) ? ColorModels.NODATA : value);
        }
        inventory.ifPresent(landslides -> leaveOut(landslides.get().dropped(pixels), mask));
        put(tile, pixels, mask);
    }

    /** Dropped pixels were at or above the threshold, so none of them is without data. */
    private static void leaveOut(boolean[] dropped, byte[] mask) {
        for (int i = 0; i < mask.length; i++) {
            if (dropped[i]) {
                mask[i] = (byte) ColorModels.BACKGROUND;
            }
        }
    }
}
