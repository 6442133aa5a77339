package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/**
 * A part of a tensor along one dimension. Inputs: the tensor, and vectors of start, end, axis and step.
 *
 * @param axis dimension
 * @param size length of the part
 */
public record Slice(int axis, long size) implements Operator {
    /** Elements {@code from} (inclusive) to {@code to} (exclusive) along a dimension. */
    public static Tensor of(Graph graph, Tensor tensor, int axis, long from, long to) {
        return graph.apply(
                new Slice(axis, to - from),
                tensor,
                graph.longs(from),
                graph.longs(to),
                graph.longs(axis),
                graph.longs(1));
    }

    /** All elements along a dimension, last first. */
    static Tensor reversed(Graph graph, Tensor tensor, int axis) {
        return graph.apply(
                new Slice(axis, tensor.shape().size(axis)),
                tensor,
                graph.longs(-1),
                graph.longs(Long.MIN_VALUE),
                graph.longs(axis),
                graph.longs(-1));
    }

    @Override
    public String type() {
        return "Slice";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(inputs.get(0).shape().with(axis, size)));
    }
}
