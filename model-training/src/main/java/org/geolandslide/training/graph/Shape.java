package org.geolandslide.training.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sizes of a tensor's dimensions; {@link #ANY} stands for a size that is known only when the graph runs.
 *
 * @param sizes one size per dimension, outermost first; images are {@code [N, C, H, W]}
 */
public record Shape(List<Long> sizes) {
    /** A size that is known only when the graph runs. */
    public static final long ANY = -1;

    public Shape {
        sizes = List.copyOf(sizes);
        for (long size : sizes) {
            if (size < ANY) {
                throw new IllegalArgumentException("a dimension of size " + size + " in " + sizes);
            }
        }
    }

    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    /** The shape of a single number. */
    public static Shape scalar() {
        return of();
    }

    public int rank() {
        return sizes.size();
    }

    public long size(int dimension) {
        return sizes.get(dimension);
    }

    /** Whether every size is known. */
    public boolean isStatic() {
        return !sizes.contains(ANY);
    }

    /**
     * Number of elements.
     *
     * @throws IllegalStateException if a size is not known
     */
    public long elements() {
        if (!isStatic()) {
            throw new IllegalStateException("the number of elements of " + this + " is not known");
        }
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    public long[] toArray() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    /** The same shape with another size in one dimension. */
    public Shape with(int dimension, long size) {
        long[] changed = toArray();
        changed[dimension] = size;
        return of(changed);
    }

    /**
     * Shape of an element-wise operation on both, by the ONNX rules of multidirectional broadcasting.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public Shape broadcast(Shape other) {
        int rank = Math.max(rank(), other.rank());
        long[] result = new long[rank];
        for (int i = 0; i < rank; i++) {
            long a = i < rank - rank() ? 1 : size(i - (rank - rank()));
            long b = i < rank - other.rank() ? 1 : other.size(i - (rank - other.rank()));
            if (a == b || b == 1) {
                result[i] = a;
            } else if (a == 1) {
                result[i] = b;
            } else if (a == ANY || b == ANY) {
                result[i] = Math.max(a, b);
            } else {
                throw new IllegalArgumentException("shapes " + this + " and " + other + " do not broadcast");
            }
        }
        return of(result);
    }

    @Override
    public String toString() {
        return sizes.stream()
                .map(size -> size == ANY ? "?" : Long.toString(size))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
