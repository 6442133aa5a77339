package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Batch normalisation over {@code N, H, W} (Ioffe and Szegedy 2015). Inputs: image {@code [N, C, H, W]}, scale, shift,
 * running mean and running variance, each {@code [C]}.
 *
 * <p>While training, ONNX Runtime's {@code BatchNormInternal} normalises with the batch's statistics and moves the running
 * ones in place; these must be frozen parameters of the checkpoint. Otherwise the running statistics normalise.
 *
 * @param training whether the statistics come from the batch
 */
public record BatchNormalization(boolean training) implements Differentiable {
    private static final float EPSILON = 1e-5f;
    /** Share of the old running statistics that stays at each step. */
    private static final float MOMENTUM = 0.9f;

    @Override
    public String type() {
        return training ? "BatchNormInternal" : "BatchNormalization";
    }

    @Override
    public String domain() {
        return training ? MICROSOFT : "";
    }

    @Override
    public Map<String, Object> attributes() {
        return training
                ? Map.of("epsilon", EPSILON, "momentum", MOMENTUM, "training_mode", 1L)
                : Map.of("epsilon", EPSILON);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape image = inputs.get(0).shape();
        Shape channels = Shape.of(image.size(1));
        for (Tensor statistic : inputs.subList(1, 5)) {
            if (!statistic.shape().equals(channels)) {
                throw new IllegalArgumentException(statistic + " does not fit the image " + inputs.get(0));
            }
        }
        Tensor result = Operator.output(image);
        Tensor statistic = Operator.output(channels);
        return training ? List.of(result, statistic, statistic, statistic, statistic) : List.of(result);
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (!training) {
            throw new IllegalStateException("batch normalisation with running statistics has no gradient rule");
        }
        List<Tensor> results = step.graph()
                .applyAll(
                        new Gradient(),
                        step.outputGradient(),
                        step.input(0),
                        step.input(1),
                        step.output(3),
                        step.output(4));
        for (int i = 0; i < 3; i++) {
            if (step.wants(i)) {
                step.put(i, results.get(i));
            }
        }
    }

    /** ONNX Runtime's {@code BatchNormalizationGrad(dY, X, scale, saved mean, saved inverse deviation)}. */
    record Gradient() implements Operator {
        @Override
        public String type() {
            return "BatchNormalizationGrad";
        }

        @Override
        public String domain() {
            return MICROSOFT;
        }

        @Override
        public Map<String, Object> attributes() {
            return Map.of("epsilon", EPSILON);
        }

        @Override
        public List<Tensor> infer(List<Tensor> inputs) {
            Tensor statistic = Operator.output(inputs.get(2).shape());
            return List.of(Operator.output(inputs.get(1).shape()), statistic, statistic);
        }
    }
}
