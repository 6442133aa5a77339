package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Mean over some dimensions, which stay with size 1.
 *
 * @param axes dimensions to average over
 */
public record ReduceMean(List<Long> axes) implements Reduction, Differentiable {
    public ReduceMean {
        axes = List.copyOf(axes);
    }

    @Override
    public String type() {
        return "ReduceMean";
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Shape shape = step.input(0).shape();
            float share = (float) step.output(0).shape().elements() / shape.elements();
            Tensor each = graph.apply(new Multiply(), step.outputGradient(), graph.scalar(share));
            step.put(0, Expand.to(graph, each, shape));
        }
    }
}
