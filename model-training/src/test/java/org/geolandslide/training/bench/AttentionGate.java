package org.geolandslide.training.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * The attention of RMAU-Net: the image, pooled over its channels, its columns and its rows by mean plus maximum, goes through one
 * {@link AxisAttention} each; the sigmoids of the three results gate the image, and the three are averaged.
 */
final class AttentionGate extends AbstractBlock {
    private final AxisAttention overChannels;
    private final AxisAttention overColumns;
    private final AxisAttention overRows;

    /**
     * A gate.
     *
     * @param channels channels of the image
     * @param side height and width of the image
     */
    AttentionGate(int channels, int side) {
        // Rows are the tokens, the values of a row the features.
        overChannels = addChildBlock("channels", new AxisAttention(side));
        overColumns = addChildBlock("columns", new AxisAttention(channels));
        overRows = addChildBlock("rows", new AxisAttention(channels));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        long n = inputs[0].get(0);
        long channels = inputs[0].get(1);
        long height = inputs[0].get(2);
        long width = inputs[0].get(3);
        overChannels.initialize(manager, type, new Shape(n, width, height));
        overColumns.initialize(manager, type, new Shape(n, channels, height));
        overRows.initialize(manager, type, new Shape(n, channels, width));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return inputs;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> options) {
        NDArray image = inputs.singletonOrThrow();
        NDArray channelGate = gate(overChannels, parameters, pooled(image, 1).swapAxes(1, 2), training)
                .swapAxes(1, 2)
                .expandDims(1);
        NDArray columnGate =
                gate(overColumns, parameters, pooled(image, 3), training).expandDims(3);
        NDArray rowGate = gate(overRows, parameters, pooled(image, 2), training).expandDims(2);
        return new NDList(
                image.mul(PeerLayers.scaled(channelGate.add(columnGate).add(rowGate), 1.0 / 3)));
    }

    private static NDArray pooled(NDArray image, int axis) {
        int[] axes = {axis};
        return image.mean(axes).add(image.max(axes));
    }

    private static NDArray gate(
            AxisAttention attention, ParameterStore parameters, NDArray sequence, boolean training) {
        return Activation.sigmoid(
                attention.forward(parameters, new NDList(sequence), training).singletonOrThrow());
    }
}
