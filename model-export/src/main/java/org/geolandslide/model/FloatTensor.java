package org.geolandslide.model;

import java.util.Arrays;

/**
 * A small float32 tensor on the heap, row-major.
 *
 * @param shape sizes of the dimensions
 * @param values as many values as the shape has places
 */
public record FloatTensor(long[] shape, float[] values) {

    public FloatTensor {
        long places = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (places != values.length) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " holds " + places
                    + " values, not " + values.length);
        }
    }

    /** Largest absolute difference to a tensor of the same shape; NaN where either holds NaN. */
    public double largestDifference(FloatTensor other) {
        if (!Arrays.equals(shape, other.shape)) {
            throw new IllegalArgumentException(
                    "shapes differ: " + Arrays.toString(shape) + " and " + Arrays.toString(other.shape));
        }
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            largest = Math.max(largest, Math.abs((double) values[i] - other.values[i]));
        }
        return largest;
    }
}
