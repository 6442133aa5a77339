package org.geolandslide.training.operator;

import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/** Element-wise {@code a - b} with broadcasting. */
public record Subtract() implements Binary {
    @Override
    public String type() {
        return "Sub";
    }

    @Override
    public void differentiate(BackwardStep step) {
        Graph graph = step.graph();
        if (step.wants(0)) {
            step.put(
                    0,
                    Broadcast.reduceTo(
                            graph, step.outputGradient(), step.input(0).shape()));
        }
        if (step.wants(1)) {
            Tensor negative = graph.apply(new Multiply(), step.outputGradient(), graph.scalar(-1));
            step.put(1, Broadcast.reduceTo(graph, negative, step.input(1).shape()));
        }
    }
}
