package org.geolandslide.training.graph;

/**
 * A value in a graph.
 *
 * @param name unique in its graph; empty only for {@link #ABSENT}
 * @param type element type
 * @param shape sizes of the dimensions
 */
public record Tensor(String name, ElementType type, Shape shape) {
    /** Stands in for an optional input or output that a node leaves out. */
    public static final Tensor ABSENT = new Tensor("", ElementType.FLOAT, Shape.scalar());

    public boolean isAbsent() {
        return name.isEmpty();
    }

    @Override
    public String toString() {
        return name + shape;
    }
}
