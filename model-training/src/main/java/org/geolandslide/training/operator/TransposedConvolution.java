package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Enlarges an image by whole squares: each pixel becomes a square of weighted copies. Inputs: image {@code [N, C, H, W]} and weights
 * {@code [C, F, factor, factor]}; output {@code [N, F, factor H, factor W]}.
 *
 * @param factor side of the squares, which do not overlap
 */
public record TransposedConvolution(int factor) implements Differentiable {
    @Override
    public String type() {
        return "ConvTranspose";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("strides", List.of((long) factor, (long) factor));
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape image = inputs.get(0).shape();
        Shape weights = inputs.get(1).shape();
        if (weights.rank() != 4
                || image.size(1) != weights.size(0)
                || weights.size(2) != factor
                || weights.size(3) != factor) {
            throw new IllegalArgumentException(
                    "weights " + inputs.get(1) + " do not enlarge the image " + inputs.get(0) + " by " + factor);
        }
        return List.of(Operator.output(NearestUpsampling.grow(image, factor).with(1, weights.size(1))));
    }

    /** The transposed convolution is the way back of a convolution with the same weights, and that is its way back. */
    @Override
    public void differentiate(BackwardStep step) {
        Graph graph = step.graph();
        Convolution back = new Convolution(factor, 0);
        if (step.wants(0)) {
            step.put(0, graph.apply(back, step.outputGradient(), step.input(1)));
        }
        if (step.wants(1)) {
            List<Tensor> results = graph.applyAll(
                    new Convolution.Gradient(back, false, false), step.input(0), step.outputGradient(), step.input(1));
            step.put(1, results.get(1));
        }
    }
}
