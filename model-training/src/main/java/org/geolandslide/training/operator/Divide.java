package org.geolandslide.training.operator;

import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/** Element-wise {@code a / b} with broadcasting. */
public record Divide() implements Binary {
    @Override
    public String type() {
        return "Div";
    }

    @Override
    public void differentiate(BackwardStep step) {
        Graph graph = step.graph();
        Tensor share = graph.apply(new Divide(), step.outputGradient(), step.input(1));
        if (step.wants(0)) {
            step.put(0, Broadcast.reduceTo(graph, share, step.input(0).shape()));
        }
        if (step.wants(1)) {
            // d(a/b)/db = -(a/b)/b
            Tensor product = graph.apply(new Multiply(), share, step.output(0));
            Tensor negative = graph.apply(new Multiply(), product, graph.scalar(-1));
            step.put(1, Broadcast.reduceTo(graph, negative, step.input(1).shape()));
        }
    }
}
