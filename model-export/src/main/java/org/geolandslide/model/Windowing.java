package org.geolandslide.model;

/**
 * How a raster is cut for the model.
 *
 * @param size side of a window in pixels; the model was trained on windows of this size
 * @param overlap pixels that neighbouring windows share, at most half the size
 * @param multiple the sides of every tensor must be multiples of this (two to the number of poolings)
 * @param receptiveField side of the square of input pixels that can change one output pixel, by the layers' arithmetic; the window's size
 *     where every pixel of the window can
 * @param fixed whether the model takes windows of this size only
 * @param resample whether a raster with pixels of another size than the model's ground sample distance is brought to that, and the results
 *     back, unless somebody asks for something else
 */
public record Windowing(int size, int overlap, int multiple, int receptiveField, boolean fixed, boolean resample) {

    public Windowing {
        if (multiple < 1) {
            throw new IllegalArgumentException("multiple " + multiple + " is below 1");
        }
        if (size < 1 || size % multiple != 0) {
            throw new IllegalArgumentException("window size " + size + " is not a positive multiple of " + multiple);
        }
        if (overlap < 0 || overlap > size / 2) {
            throw new IllegalArgumentException(
                    "overlap " + overlap + " is not between 0 and half the window, " + size / 2);
        }
        if (receptiveField < 1) {
            throw new IllegalArgumentException("receptive field " + receptiveField + " is below 1");
        }
    }

    /** The same windows with another overlap, in pixels. */
    public Windowing withOverlap(int pixels) {
        return new Windowing(size, pixels, multiple, receptiveField, fixed, resample);
    }
}
