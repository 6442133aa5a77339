package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/**
 * Element-wise {@code x} where it is positive, {@code slope x} elsewhere.
 *
 * @param slope between 0 and 1, so that the result has the sign of its operand
 */
public record LeakyRelu(float slope) implements Unary {
    public LeakyRelu {
        if (!(slope > 0 && slope < 1)) {
            throw new IllegalArgumentException("slope " + slope + " is not between 0 and 1");
        }
    }

    @Override
    public String type() {
        return "LeakyRelu";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("alpha", slope);
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            step.put(0, step.graph().apply(new Gradient(slope), step.outputGradient(), step.output(0)));
        }
    }

    /**
     * ONNX Runtime's {@code LeakyReluGrad(dY, Y)}.
     *
     * @param slope of the negative side
     */
    record Gradient(float slope) implements Operator {
        @Override
        public String type() {
            return "LeakyReluGrad";
        }

        @Override
        public String domain() {
            return MICROSOFT;
        }

        @Override
        public Map<String, Object> attributes() {
            return Map.of("alpha", slope);
        }

        @Override
        public List<Tensor> infer(List<Tensor> inputs) {
            return List.of(Operator.output(inputs.get(0).shape()));
        }
    }
}
