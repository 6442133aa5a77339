package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Largest element over some dimensions, which stay with size 1.
 *
 * @param axes dimensions to look through
 */
public record ReduceMax(List<Long> axes) implements Differentiable {
    public ReduceMax {
        axes = List.copyOf(axes);
    }

    @Override
    public String type() {
        return "ReduceMax";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("axes", axes, "keepdims", 1L);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape shape = inputs.get(0).shape();
        for (long axis : axes) {
            shape = shape.with((int) axis, 1);
        }
        return List.of(Operator.output(shape));
    }

    /** The gradient goes to every element that equals the maximum; where several do, each receives it whole. */
    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor isLargest =
                    graph.apply(new Cast(ElementType.FLOAT), graph.apply(new Equal(), step.input(0), step.output(0)));
            step.put(0, graph.apply(new Multiply(), isLargest, step.outputGradient()));
        }
    }
}
