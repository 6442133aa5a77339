package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** Element-wise {@code max(x, 0)}. */
public record Relu() implements Unary {
    @Override
    public String type() {
        return "Relu";
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            step.put(0, step.graph().apply(new Gradient(), step.outputGradient(), step.output(0)));
        }
    }

    /** ONNX Runtime's {@code ReluGrad(dY, Y)}: {@code dY} where {@code Y > 0}, else 0. */
    record Gradient() implements Operator {
        @Override
        public String type() {
            return "ReluGrad";
        }

        @Override
        public String domain() {
            return MICROSOFT;
        }

        @Override
        public List<Tensor> infer(List<Tensor> inputs) {
            return List.of(Operator.output(inputs.get(0).shape()));
        }
    }
}
