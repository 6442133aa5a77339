package org.geolandslide.training.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Sum over some dimensions. Inputs: the tensor and the vector of the same axes.
 *
 * @param axes dimensions to sum over
 * @param keepDimensions whether they stay, with size 1
 */
public record ReduceSum(List<Long> axes, boolean keepDimensions) implements Differentiable {
    public ReduceSum {
        axes = List.copyOf(axes);
    }

    /** Sum over the given dimensions. */
    public static Tensor along(Graph graph, Tensor tensor, List<Long> axes, boolean keepDimensions) {
        Tensor vector = graph.longs(axes.stream().mapToLong(Long::longValue).toArray());
        return graph.apply(new ReduceSum(axes, keepDimensions), tensor, vector);
    }

    /** Sum over everything: a single number. */
    public static Tensor total(Graph graph, Tensor tensor) {
        List<Long> axes = new ArrayList<>();
        for (long axis = 0; axis < tensor.shape().rank(); axis++) {
            axes.add(axis);
        }
        return along(graph, tensor, axes, false);
    }

    @Override
    public String type() {
        return "ReduceSum";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("keepdims", keepDimensions ? 1L : 0L);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(reduced(inputs.get(0).shape(), keepDimensions)));
    }

    private Shape reduced(Shape shape, boolean keep) {
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
            boolean summed = axes.contains((long) i);
            if (!summed || keep) {
                sizes.add(summed ? 1L : shape.size(i));
            }
        }
        return new Shape(sizes);
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Shape shape = step.input(0).shape();
            Tensor gradient = step.outputGradient();
            if (!keepDimensions) {
                gradient = Reshape.to(graph, gradient, reduced(shape, true));
            }
            step.put(0, Expand.to(graph, gradient, shape));
        }
    }
}
