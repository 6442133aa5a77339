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
 * Two-dimensional convolution. Inputs: image {@code [N, C, H, W]}, weights {@code [F, C/groups, kh, kw]} and, optionally, bias
 * {@code [F]}; output {@code [N, F, H', W']}.
 *
 * @param stride step of the kernel in pixels, along both axes
 * @param before zeros added on top and on the left
 * @param after zeros added at the bottom and on the right
 * @param dilation distance of the kernel's taps in pixels
 * @param groups groups of channels that do not see each other; as many as channels for a depthwise convolution
 */
public record Convolution(int stride, int before, int after, int dilation, int groups) implements Differentiable {
    public Convolution {
        if (stride < 1 || before < 0 || after < 0 || dilation < 1 || groups < 1) {
            throw new IllegalArgumentException("stride " + stride + ", padding " + before + " and " + after
                    + ", dilation " + dilation + ", groups " + groups);
        }
    }

    /** A convolution with the same padding on every side. */
    public Convolution(int stride, int padding) {
        this(stride, padding, padding, 1, 1);
    }

    /** The convolution that keeps the size of the image; under an even kernel the odd zero is added at the bottom and on the right. */
    public static Convolution same(int kernel) {
        return new Convolution(1, (kernel - 1) / 2, kernel / 2, 1, 1);
    }

    /** The same with its taps farther apart; the kernel must be odd. */
    public static Convolution dilated(int kernel, int dilation) {
        if (kernel % 2 != 1) {
            throw new IllegalArgumentException("kernel " + kernel + " is even: it has no middle to widen from");
        }
        return new Convolution(1, kernel / 2 * dilation, kernel / 2 * dilation, dilation, 1);
    }

    /** The convolution of each channel on its own that keeps the size of the image, or divides it by the stride. */
    public static Convolution depthwise(int kernel, int stride, int channels) {
        return new Convolution(stride, (kernel - 1) / 2, kernel / 2, 1, channels);
    }

    @Override
    public String type() {
        return "Conv";
    }

    @Override
    public Map<String, Object> attributes() {
        long first = before;
        long last = after;
        return Map.of(
                "strides", List.of((long) stride, (long) stride),
                "pads", List.of(first, first, last, last),
                "dilations", List.of((long) dilation, (long) dilation),
                "group", (long) groups);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape image = inputs.get(0).shape();
        Shape weights = inputs.get(1).shape();
        if (image.rank() != 4
                || weights.rank() != 4
                || image.size(1) != weights.size(1) * groups
                || weights.size(0) % groups != 0) {
            throw new IllegalArgumentException(
                    "weights " + inputs.get(1) + " in " + groups + " group(s) do not fit the image " + inputs.get(0));
        }
        return List.of(Operator.output(Shape.of(
                image.size(0),
                weights.size(0),
                extent(image.size(2), weights.size(2)),
                extent(image.size(3), weights.size(3)))));
    }

    private long extent(long size, long kernel) {
        return size == Shape.ANY ? Shape.ANY : (size + before + after - (kernel - 1) * dilation - 1) / stride + 1;
    }

    @Override
    public void differentiate(BackwardStep step) {
        Graph graph = step.graph();
        long reach = (step.input(1).shape().size(2) - 1) * dilation;
        boolean square = step.input(1).shape().size(2) == step.input(1).shape().size(3);
        boolean transposable = stride == 1 && groups == 1 && square && before <= reach && after <= reach;
        boolean wantsImage = step.wants(0);
        boolean wantsBias = step.wants(2);
        List<Tensor> results = graph.applyAll(
                new Gradient(this, wantsImage && !transposable, wantsBias),
                step.outputGradient(),
                step.input(0),
                step.input(1));
        if (wantsImage) {
            // A convolution with the flipped kernel beats the gradient kernel, but exists for stride 1 only.
            step.put(0, transposable ? imageGradient(step, (int) reach) : results.get(0));
        }
        if (step.wants(1)) {
            step.put(1, results.get(1));
        }
        if (wantsBias) {
            step.put(2, results.get(2));
        }
    }

    private Tensor imageGradient(BackwardStep step, int reach) {
        Graph graph = step.graph();
        Tensor weights = graph.apply(new Transpose(List.of(1L, 0L, 2L, 3L)), step.input(1));
        if (reach > 0) {
            weights = Slice.reversed(graph, Slice.reversed(graph, weights, 2), 3);
        }
        return graph.apply(
                new Convolution(1, reach - before, reach - after, dilation, 1), step.outputGradient(), weights);
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
