package org.geolandslide.segmentation.image;

import java.awt.Rectangle;
import java.awt.image.ColorModel;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;

/** An image each of whose pixels depends on the same pixel of another image. */
public final class PointwiseImage extends LazyImage {
    private final RenderedImage source;
    private final Function function;

    /** What is done to a value. */
    @FunctionalInterface
    public interface Function {
        /** The new value of a pixel; NaN stands for no data on both sides where the image has floats. */
        float apply(float value);
    }

    /**
     * An image.
     *
     * @param source image of one band whose first pixel is (0, 0)
     */
    public PointwiseImage(RenderedImage source, ColorModel colorModel, Function function) {
        super(source.getWidth(), source.getHeight(), colorModel, 4);
        this.source = source;
        this.function = function;
    }

    @Override
    protected void announce(Rectangle wanted) {
        announce(source, wanted);
    }

    @Override
    protected void compute(WritableRaster tile, Rectangle pixels) {
        float[] values = FloatSamples.of(source, pixels);
        for (int i = 0; i < values.length; i++) {
            values[i] = function.apply(values[i]);
        }
        put(tile, pixels, values);
    }
}
