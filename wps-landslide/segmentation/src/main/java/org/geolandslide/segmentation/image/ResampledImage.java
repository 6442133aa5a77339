package org.geolandslide.segmentation.image;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/**
 * An image of results in pixels of another size, bilinearly interpolated between the pixels that have a value, to their
 * {@link Precision}; NaN where none of the four around has one, and outside of a mask. Where pixels become larger by two or more, each is the mean of a grid
 * of interpolated values, so that all of the source counts.
 */
public final class ResampledImage extends LazyImage {
    private static final int TILES_KEPT = 16;
    /** Pixels of the source that are read at once, unless one row needs more. */
    private static final int MOST_READ = 1 << 20;

    private final RenderedImage source;
    private final AffineTransform toSource;
    private final Mask mask;
    /** Values that are interpolated along each side of a pixel. */
    private final int columns;

    private final int rows;

    /** Pixels that can have a value. */
    @FunctionalInterface
    public interface Mask {
        /** Whether pixels of a rectangle can have a value, row-major. */
        boolean[] of(Rectangle pixels);
    }

    /**
     * An image.
     *
     * @param source one band whose first pixel is (0, 0), NaN where there is no data
     * @param toSource from pixel corners of this image to those of the source; a scale with or without a shift
     */
    public ResampledImage(RenderedImage source, int width, int height, AffineTransform toSource, Mask mask) {
        super(width, height, ColorModels.floats(), TILES_KEPT);
        if (toSource.getShearX() != 0 || toSource.getShearY() != 0) {
            throw new IllegalArgumentException(toSource + " is more than a scale and a shift");
        }
        this.source = source;
        this.toSource = new AffineTransform(toSource);
        this.mask = mask;
        this.columns = (int) Math.max(1, Math.floor(toSource.getScaleX()));
        this.rows = (int) Math.max(1, Math.floor(toSource.getScaleY()));
    }

    @Override
    protected void compute(WritableRaster tile, Rectangle pixels) {
        double read = pixels.width * toSource.getScaleX() * toSource.getScaleY();
        int strip = (int) Math.max(1, Math.min(pixels.height, MOST_READ / read));
        for (int top = 0; top < pixels.height; top += strip) {
            Rectangle part =
                    new Rectangle(pixels.x, pixels.y + top, pixels.width, Math.min(strip, pixels.height - top));
            put(tile, part, values(part));
        }
    }

    private float[] values(Rectangle part) {
        boolean[] inside = mask.of(part);
        float[] values = new float[inside.length];
        Arrays.fill(values, Float.NaN);
        Rectangle needed = toSource.createTransformedShape(part).getBounds();
        needed.grow(1, 1);
        needed = needed.intersection(new Rectangle(0, 0, source.getWidth(), source.getHeight()));
        if (needed.isEmpty()) {
            return values;
        }
        Cells cells = new Cells(source, needed);
        for (int i = 0; i < values.length; i++) {
            if (inside[i]) {
                values[i] = mean(cells, part.x + i % part.width, part.y + i / part.width);
            }
        }
        return values;
    }

    private float mean(Cells cells, int x, int y) {
        double sum = 0;
        int count = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = cells.at(
                        (x + (column + 0.5) / columns) * toSource.getScaleX() + toSource.getTranslateX() - 0.5,
                        (y + (row + 0.5) / rows) * toSource.getScaleY() + toSource.getTranslateY() - 0.5);
                if (!Double.isNaN(value)) {
                    sum += value;
                    count++;
                }
            }
        }
        return count == 0 ? Float.NaN : Precision.rounded((float) (sum / count));
    }

    /** A part of the source. */
    private static final class Cells {
        private final Rectangle bounds;
        private final float[] values;

        Cells(RenderedImage source, Rectangle bounds) {
            this.bounds = bounds;
            this.values = FloatSamples.of(source, bounds);
        }

        /** The value at a place in pixel centres, NaN if no pixel around it has one. */
        double at(double x, double y) {
            int left = (int) Math.floor(x);
            int top = (int) Math.floor(y);
            double sum = 0;
            double weights = 0;
            for (int row = 0; row < 2; row++) {
                for (int column = 0; column < 2; column++) {
                    double weight = (column == 0 ? left + 1 - x : x - left) * (row == 0 ? top + 1 - y : y - top);
                    if (weight > 0 && bounds.contains(left + column, top + row)) {
                        float value = values[(top + row - bounds.y) * bounds.width + left + column - bounds.x];
                        if (!Float.isNaN(value)) {
                            sum += weight * value;
                            weights += weight;
                        }
                    }
                }
            }
            return weights > 0 ? sum / weights : Double.NaN;
        }
    }
}
