package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Repeats a tensor along its dimensions of size 1. Inputs: the tensor and the vector of the same sizes.
 *
 * @param shape static sizes of the result
 */
public record Expand(Shape shape) implements Differentiable {
    /** Repeats a tensor up to a shape. */
    public static Tensor to(Graph graph, Tensor tensor, Shape shape) {
        return graph.apply(new Expand(shape), tensor, graph.longs(shape.toArray()));
    }

    @Override
    public String type() {
        return "Expand";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        if (!inputs.get(0).shape().broadcast(shape).equals(shape)) {
            throw new IllegalArgumentException(inputs.get(0) + " cannot be expanded to " + shape);
        }
        return List.of(Operator.output(shape));
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            step.put(
                    0,
                    Broadcast.reduceTo(
                            step.graph(), step.outputGradient(), step.input(0).shape()));
        }
    }
}
