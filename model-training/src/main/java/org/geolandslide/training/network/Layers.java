package org.geolandslide.training.network;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.BatchNormalization;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.Dropout;
import org.geolandslide.training.operator.Relu;
import org.geolandslide.training.operator.TransposedConvolution;

/**
 * Layers with weights, under hierarchical names such as {@code optical.level1.1.convolution.weight}. A parameter's
 * initial values depend on the seed and on its name only, so that the training and the evaluation graph agree.
 *
 * @param graph graph to extend
 * @param training whether batch normalisation uses the batch's statistics
 * @param seed seed of the initial weights
 * @param frozen beginnings of the names of parameters that are not trained
 */
public record Layers(Graph graph, boolean training, long seed, List<String> frozen) {
    public Layers {
        frozen = List.copyOf(frozen);
    }

    private boolean isTrained(String name) {
        return frozen.stream().noneMatch(name::startsWith);
    }

    /** Convolution without bias that keeps the image's size. */
    public Tensor convolution(String name, Tensor image, int filters, int kernel) {
        return convolution(name, image, filters, kernel, Convolution.same(kernel));
    }

    /** Convolution without bias. */
    public Tensor convolution(String name, Tensor image, int filters, int kernel, Convolution operator) {
        return graph.apply(operator, image, weights(name, image.shape().size(1) / operator.groups(), filters, kernel));
    }

    /** Transposed convolution without bias that enlarges an image by whole squares. */
    public Tensor transposedConvolution(String name, Tensor image, int filters, int factor) {
        long channels = image.shape().size(1);
        double deviation = Math.sqrt(2.0 / channels);
        Tensor weights = random(name, Shape.of(channels, filters, factor, factor), deviation);
        return graph.apply(new TransposedConvolution(factor), image, weights);
    }

    /** In training, sets elements to nothing with a probability; else, or for the probability 0, changes nothing. */
    public Tensor dropout(Tensor tensor, double share) {
        return training && share > 0 ? Dropout.of(graph, tensor, share) : tensor;
    }

    /** Convolution with a bias that starts at a given value. */
    public Tensor convolutionWithBias(String name, Tensor image, int filters, int kernel, double initialBias) {
        Tensor bias = filled(name + ".bias", filters, initialBias, true);
        return graph.apply(
                Convolution.same(kernel), image, weights(name, image.shape().size(1), filters, kernel), bias);
    }

    /** Weights from a normal distribution of variance {@code 2 / fan-in} (He et al. 2015). */
    Tensor weights(String name, long channels, int filters, int kernel) {
        Shape shape = Shape.of(filters, channels, kernel, kernel);
        return random(name, shape, Math.sqrt(2.0 * filters / shape.elements()));
    }

    private Tensor random(String name, Shape shape, double deviation) {
        Random random = new Random(seed * 31 + name.hashCode());
        float[] values = new float[(int) shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return graph.parameter(
                new Parameter(new Tensor(name + ".weight", ElementType.FLOAT, shape), values, isTrained(name)));
    }

    /** Batch normalisation. */
    public Tensor normalize(String name, Tensor image) {
        int channels = (int) image.shape().size(1);
        return graph.applyAll(
                        new BatchNormalization(training),
                        image,
                        filled(name + ".scale", channels, 1, true),
                        filled(name + ".shift", channels, 0, true),
                        filled(name + ".mean", channels, 0, false),
                        filled(name + ".variance", channels, 1, false))
                .get(0);
    }

    /** Convolution, batch normalisation, ReLU. */
    public Tensor convolutionBlock(String name, Tensor image, int filters, int kernel) {
        return convolutionBlock(name, image, filters, kernel, Convolution.same(kernel), Activation.RELU);
    }

    /** Convolution, batch normalisation, activation. */
    Tensor convolutionBlock(
            String name, Tensor image, int filters, int kernel, Convolution operator, Activation activation) {
        Tensor convolved = convolution(name + ".convolution", image, filters, kernel, operator);
        return activation.apply(graph, normalize(name + ".normalization", convolved));
    }

    public Tensor relu(Tensor image) {
        return graph.apply(new Relu(), image);
    }

    Tensor filled(String name, int size, double value, boolean trainable) {
        float[] values = new float[size];
        Arrays.fill(values, (float) value);
        return graph.parameter(new Parameter(
                new Tensor(name, ElementType.FLOAT, Shape.of(size)), values, trainable && isTrained(name)));
    }
}
