package org.geolandslide.training.operator;

import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Tensor;

/** Element-wise {@code log(1 + exp(x))}, computed without overflow. */
public record Softplus() implements Unary {
    @Override
    public String type() {
        return "Softplus";
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Tensor slope = step.graph().apply(new Sigmoid(), step.input(0));
            step.put(0, step.graph().apply(new Multiply(), slope, step.outputGradient()));
        }
    }
}
