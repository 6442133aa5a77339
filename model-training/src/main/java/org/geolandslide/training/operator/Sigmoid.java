package org.geolandslide.training.operator;

import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/** Element-wise {@code 1 / (1 + exp(-x))}. */
public record Sigmoid() implements Unary {
    @Override
    public String type() {
        return "Sigmoid";
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor complement = graph.apply(new Subtract(), graph.scalar(1), step.output(0));
            Tensor slope = graph.apply(new Multiply(), step.output(0), complement);
            step.put(0, graph.apply(new Multiply(), slope, step.outputGradient()));
        }
    }
}
