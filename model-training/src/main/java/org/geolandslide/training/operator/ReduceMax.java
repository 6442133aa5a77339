package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/**
 * Largest element over some dimensions, which stay with size 1.
 *
 * @param axes dimensions to look through
 */
public record ReduceMax(List<Long> axes) implements Reduction, Differentiable {
    public ReduceMax {
        axes = List.copyOf(axes);
    }

    @Override
    public String type() {
        return "ReduceMax";
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
