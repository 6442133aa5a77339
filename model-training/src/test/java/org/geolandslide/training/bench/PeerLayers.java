package org.geolandslide.training.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.loss.Loss;
import java.util.function.UnaryOperator;

/** Layers of the peer's networks. */
final class PeerLayers {
    static final UnaryOperator<NDList> RELU = Activation::relu;
    static final UnaryOperator<NDList> LEAKY_RELU = images -> Activation.leakyRelu(images, 0.3f);

    private static final Loss CROSS_ENTROPY = Loss.sigmoidBinaryCrossEntropyLoss();

    private PeerLayers() {}

    /** Convolution without bias, batch normalisation, activation. */
    static SequentialBlock convolutionBlock(int filters, int kernel, int padding, UnaryOperator<NDList> activation) {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(kernel, kernel))
                        .optPadding(new Shape(padding, padding))
                        .setFilters(filters)
                        .optBias(false)
                        .build())
                .add(BatchNorm.builder().build())
                .add(activation);
    }

    /** Convolution with bias whose kernels do not overlap. */
    static Block convolutionWithBias(int filters, int kernel) {
        return squares(filters, kernel, true);
    }

    /** Convolution without bias that halves an image. */
    static Block halving(int filters) {
        return squares(filters, 2, false);
    }

    private static Block squares(int filters, int kernel, boolean bias) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .optStride(new Shape(kernel, kernel))
                .setFilters(filters)
                .optBias(bias)
                .build();
    }

    /**
     * An array times a number.
     *
     * <p>{@code NDArray.mul(Number)} and {@code div(Number)} of DJL 0.35 put the number into a buffer of Java's and drop it at once, while PyTorch
     * keeps its address for the gradient: a garbage collection before the backward pass makes the gradient garbage. Here the number
     * lives as long as the array's manager.
     */
    static NDArray scaled(NDArray array, double factor) {
        return array.mul(array.getManager().create((float) factor));
    }

    /** Binary cross-entropy, averaged over the pixels. */
    static NDArray crossEntropy(NDArray logits, NDArray target) {
        return CROSS_ENTROPY.evaluate(new NDList(target), new NDList(logits));
    }
}
