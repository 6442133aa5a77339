package org.geolandslide.training.operator;

import org.geolandslide.training.graph.BackwardStep;

/** Element-wise {@code a + b} with broadcasting. */
public record Add() implements Binary {
    @Override
    public String type() {
        return "Add";
    }

    @Override
    public void differentiate(BackwardStep step) {
        for (int i = 0; i < 2; i++) {
            if (step.wants(i)) {
                step.put(
                        i,
                        Broadcast.reduceTo(
                                step.graph(),
                                step.outputGradient(),
                                step.input(i).shape()));
            }
        }
    }
}
