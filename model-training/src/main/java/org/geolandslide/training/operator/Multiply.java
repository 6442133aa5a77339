package org.geolandslide.training.operator;

import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/** Element-wise {@code a * b} with broadcasting. */
public record Multiply() implements Binary {
    @Override
    public String type() {
        return "Mul";
    }

    @Override
    public void differentiate(BackwardStep step) {
        Graph graph = step.graph();
        for (int i = 0; i < 2; i++) {
            if (step.wants(i)) {
                Tensor product = graph.apply(new Multiply(), step.outputGradient(), step.input(1 - i));
                step.put(i, Broadcast.reduceTo(graph, product, step.input(i).shape()));
            }
        }
    }
}
