package org.geolandslide.training.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Windows for one step, in direct buffers: {@code [N, bands, H, W]} each, row-major. */
public final class Batch {
    private final int capacity;
    private final int side;
    private final int bands;
    private final FloatBuffer optical;
    private final FloatBuffer elevation;
    private final FloatBuffer target;
    private final FloatBuffer weight;
    private int count;

    /**
     * An empty batch.
     *
     * @param capacity windows that it can hold
     * @param side side of a window in pixels
     * @param bands bands of the optical input
     * @param hasElevation whether the windows have elevation
     */
    public Batch(int capacity, int side, int bands, boolean hasElevation) {
        this.capacity = capacity;
        this.side = side;
        this.bands = bands;
        optical = buffer(capacity * bands * side * side);
        elevation = buffer(hasElevation ? capacity * side * side : 0);
        target = buffer(capacity * side * side);
        weight = buffer(capacity * side * side);
    }

    private static FloatBuffer buffer(int values) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Appends a window. */
    void add(WindowPixels pixels) {
        if (count == capacity) {
            throw new IllegalStateException("the batch holds " + capacity + " windows already");
        }
        int start = count * side * side;
        for (int band = 0; band < bands; band++) {
            optical.put(bands * start + band * side * side, pixels.optical()[band]);
        }
        if (hasElevation()) {
            elevation.put(start, pixels.elevation());
        }
        target.put(start, pixels.target());
        weight.put(start, pixels.weight());
        count++;
    }

    /** Number of windows. */
    public int count() {
        return count;
    }

    /** Side of a window in pixels. */
    public int side() {
        return side;
    }

    /** Number of optical bands. */
    public int bands() {
        return bands;
    }

    /** Raw optical values. */
    public FloatBuffer optical() {
        return optical.duplicate().limit(count * bands * side * side);
    }

    /** Whether the windows have elevation. */
    public boolean hasElevation() {
        return elevation.capacity() > 0;
    }

    /** Elevation in metres; nothing if the windows have none. */
    public FloatBuffer elevation() {
        return elevation.duplicate().limit(hasElevation() ? count * side * side : 0);
    }

    /** 0 background to 1 landslide. */
    public FloatBuffer target() {
        return target.duplicate().limit(count * side * side);
    }

    /** 1 where a pixel takes part, 0 elsewhere. */
    public FloatBuffer weight() {
        return weight.duplicate().limit(count * side * side);
    }
}
