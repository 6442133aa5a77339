package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Maximum over the square around each pixel; what lies outside of the image takes no part. Input: image {@code [N, C, H, W]}.
 * Outputs: the maxima, and where in the whole tensor each was found.
 *
 * @param size side of the square, odd
 */
public record Dilation(int size) implements Differentiable {
    public Dilation {
        if (size < 1 || size % 2 == 0) {
            throw new IllegalArgumentException("size " + size + " is not a positive odd number");
        }
    }

    @Override
    public String type() {
        return "MaxPool";
    }

    @Override
    public Map<String, Object> attributes() {
        long side = size;
        long margin = size / 2;
        return Map.of("kernel_shape", List.of(side, side), "pads", List.of(margin, margin, margin, margin));
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape image = inputs.get(0).shape();
        return List.of(Operator.output(image), Operator.output(ElementType.INT64, image));
    }

    /** The gradient of a maximum goes to the pixel where it was found. */
    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            step.put(0, step.graph().apply(new Gradient(step.input(0).shape()), step.outputGradient(), step.output(1)));
        }
    }

    /**
     * ONNX Runtime's {@code MaxPoolGrad(dY, indices)}, which reads its output's size from the declaration of its output.
     *
     * @param image shape of the image
     */
    record Gradient(Shape image) implements Operator {
        @Override
        public String type() {
            return "MaxPoolGrad";
        }

        @Override
        public List<Tensor> infer(List<Tensor> inputs) {
            return List.of(Operator.output(image));
        }
    }
}
