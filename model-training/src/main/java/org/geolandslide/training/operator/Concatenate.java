package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/** Joins images {@code [N, C_i, H, W]} along their channels. */
public record Concatenate() implements Differentiable {
    private static final int CHANNELS = 1;

    @Override
    public String type() {
        return "Concat";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("axis", (long) CHANNELS);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape first = inputs.get(0).shape();
        long channels = 0;
        for (Tensor input : inputs) {
            if (!input.shape().with(CHANNELS, 1).equals(first.with(CHANNELS, 1))) {
                throw new IllegalArgumentException("images to be joined differ in more than their channels: " + inputs);
            }
            channels += input.shape().size(CHANNELS);
        }
        return List.of(Operator.output(first.with(CHANNELS, channels)));
    }

    @Override
    public void differentiate(BackwardStep step) {
        long from = 0;
        for (int i = 0; i < step.inputs(); i++) {
            long to = from + step.input(i).shape().size(CHANNELS);
            if (step.wants(i)) {
                step.put(i, Slice.of(step.graph(), step.outputGradient(), CHANNELS, from, to));
            }
            from = to;
        }
    }
}
