package org.geolandslide.training.graph;

/** A tensor whose values are part of the graph. */
public sealed interface Constant {
    Tensor tensor();

    /**
     * Floats.
     *
     * @param tensor name and static shape
     * @param values row-major
     */
    record Floats(Tensor tensor, float[] values) implements Constant {}

    /**
     * 64-bit integers, as shape arithmetic needs them.
     *
     * @param tensor name and static shape
     * @param values row-major
     */
    record Longs(Tensor tensor, long[] values) implements Constant {}
}
