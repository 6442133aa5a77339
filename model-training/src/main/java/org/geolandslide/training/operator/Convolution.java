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
 * Two-dimensional convolution. Inputs: image {@code [N, C, H, W]}, weights {@code [F, C, kh, kw]} and, optionally, bias
 * {@code [F]}; output {@code [N, F, H', W']}.
 *
 * @param stride step of the kernel in pixels, along both axes
 * @param padding zeros added on every side
 */
public record Convolution(int stride, int padding) implements Differentiable {
    public Convolution {
        if (stride < 1 || padding < 0) {
            throw new IllegalArgumentException("stride " + stride + " with padding " + padding);
        }
    }

    /** The convolution that keeps the size of the image under an odd kernel. */
    public static Convolution same(int kernel) {
        if (kernel % 2 != 1) {
            throw new IllegalArgumentException("kernel " + kernel + " is even: no padding keeps the size");
        }
        return new Convolution(1, kernel / 2);
    }

    @Override
    public String type() {
        return "Conv";
    }

    @Override
    public Map<String, Object> attributes() {
        long pad = padding;
        return Map.of("strides", List.of((long) stride, (long) stride), "pads", List.of(pad, pad, pad, pad));
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape image = inputs.get(0).shape();
        Shape weights = inputs.get(1).shape();
        if (image.rank() != 4 || weights.rank() != 4 || image.size(1) != weights.size(1)) {
            throw new IllegalArgumentException("weights " + inputs.get(1) + " do not fit the image " + inputs.get(0));
        }
        return List.of(Operator.output(Shape.of(
                image.size(0),
                weights.size(0),
                extent(image.size(2), weights.size(2)),
                extent(image.size(3), weights.size(3)))));
    }

    private long extent(long size, long kernel) {
        return size == Shape.ANY ? Shape.ANY : (size + 2L * padding - kernel) / stride + 1;
    }

    @Override
    public void differentiate(BackwardStep step) {
        Graph graph = step.graph();
        boolean transposable = stride == 1 && padding < step.input(1).shape().size(2);
        boolean wantsImage = step.wants(0);
        boolean wantsBias = step.wants(2);
        List<Tensor> results = graph.applyAll(
                new Gradient(this, wantsImage && !transposable, wantsBias),
                step.outputGradient(),
                step.input(0),
                step.input(1));
        if (wantsImage) {
            // A convolution with the flipped kernel beats the gradient kernel, but exists for stride 1 only.
            step.put(0, transposable ? imageGradient(step) : results.get(0));
        }
        if (step.wants(1)) {
            step.put(1, results.get(1));
        }
        if (wantsBias) {
            step.put(2, results.get(2));
        }
    }

    private Tensor imageGradient(BackwardStep step) {
        Graph graph = step.graph();
        Tensor weights = graph.apply(new Transpose(List.of(1L, 0L, 2L, 3L)), step.input(1));
        int kernel = (int) step.input(1).shape().size(2);
        if (kernel > 1) {
            weights = Slice.reversed(graph, Slice.reversed(graph, weights, 2), 3);
        }
        return graph.apply(new Convolution(1, kernel - 1 - padding), step.outputGradient(), weights);
    }

    /**
     * ONNX Runtime's {@code ConvGrad(dY, X, W)} with outputs {@code dX, dW, dB}.
     *
     * @param forward the convolution
     * @param image whether dX is computed
     * @param bias whether dB is computed
     */
    record Gradient(Convolution forward, boolean image, boolean bias) implements Operator {
        @Override
        public String type() {
            return "ConvGrad";
        }

        @Override
        public String domain() {
            return MICROSOFT;
        }

        @Override
        public Map<String, Object> attributes() {
            return forward.attributes();
        }

        @Override
        public List<Tensor> infer(List<Tensor> inputs) {
            Shape weights = inputs.get(2).shape();
            return List.of(
                    image ? Operator.output(inputs.get(1).shape()) : Tensor.ABSENT,
                    Operator.output(weights),
                    bias ? Operator.output(Shape.of(weights.size(0))) : Tensor.ABSENT);
        }
    }
}
