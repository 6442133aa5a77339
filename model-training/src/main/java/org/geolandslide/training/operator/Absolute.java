package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** Element-wise absolute value; its slope at 0 is taken as 0. */
public record Absolute() implements Unary {
    @Override
    public String type() {
        return "Abs";
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Tensor sign = step.graph().apply(new Sign(), step.input(0));
            step.put(0, step.graph().apply(new Multiply(), sign, step.outputGradient()));
        }
    }

    /** Element-wise sign: -1, 0 or 1. */
    record Sign() implements Operator {
        @Override
        public String type() {
            return "Sign";
        }

        @Override
        public List<Tensor> infer(List<Tensor> inputs) {
            return List.of(Operator.output(inputs.get(0).shape()));
        }
    }
}
