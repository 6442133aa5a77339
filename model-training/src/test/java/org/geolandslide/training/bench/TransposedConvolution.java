package org.geolandslide.training.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A transposed convolution with kernel and stride 2 that keeps the channels. DJL has none for PyTorch; where kernel and stride are equal, a 1
 * x 1 convolution to four times the channels, laid out in squares, is the same with the same number of weights.
 */
final class TransposedConvolution extends AbstractBlock {
    private static final int FACTOR = 2;

    private final int channels;
    private final Conv2d convolution;

    TransposedConvolution(int channels) {
        this.channels = channels;
        convolution = addChildBlock(
                "convolution",
                Conv2d.builder()
                        .setKernelShape(new Shape(1, 1))
                        .setFilters(channels * FACTOR * FACTOR)
                        .optBias(false)
                        .build());
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        convolution.initialize(manager, type, inputs[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape image = inputs[0];
        return new Shape[] {new Shape(image.get(0), channels, image.get(2) * FACTOR, image.get(3) * FACTOR)};
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> options) {
        NDArray image = inputs.singletonOrThrow();
        long n = image.getShape().get(0);
        long height = image.getShape().get(2);
        long width = image.getShape().get(3);
        NDArray squares = convolution
                .forward(parameters, inputs, training)
                .singletonOrThrow()
                .reshape(n, channels, FACTOR, FACTOR, height, width)
                .transpose(0, 1, 4, 2, 5, 3)
                .reshape(n, channels, height * FACTOR, width * FACTOR);
        return new NDList(squares);
    }
}
