package org.geolandslide.training.operator;

import org.geolandslide.training.graph.BackwardStep;

/** Element-wise natural logarithm. */
public record Logarithm() implements Unary {
    @Override
    public String type() {
        return "Log";
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            step.put(0, step.graph().apply(new Divide(), step.outputGradient(), step.input(0)));
        }
    }
}
