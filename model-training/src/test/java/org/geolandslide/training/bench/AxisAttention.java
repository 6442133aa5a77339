package org.geolandslide.training.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Multi-head self-attention (Vaswani et al. 2017) between the tokens of {@code [N, features, tokens]}. */
final class AxisAttention extends AbstractBlock {
    private static final int HEADS = 6;
    private static final int KEY_SIZE = 12;

    private final int features;
    private final Conv1d query;
    private final Conv1d key;
    private final Conv1d value;
    private final Conv1d output;

    AxisAttention(int features) {
        this.features = features;
        query = addChildBlock("query", projection(HEADS * KEY_SIZE, false));
        key = addChildBlock("key", projection(HEADS * KEY_SIZE, false));
        value = addChildBlock("value", projection(HEADS * KEY_SIZE, false));
        output = addChildBlock("output", projection(features, true));
    }

    private static Conv1d projection(int filters, boolean bias) {
        return Conv1d.builder()
                .setKernelShape(new Shape(1))
                .setFilters(filters)
                .optBias(bias)
                .build();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        query.initialize(manager, type, inputs[0]);
        key.initialize(manager, type, inputs[0]);
        value.initialize(manager, type, inputs[0]);
        output.initialize(manager, type, new Shape(inputs[0].get(0), HEADS * KEY_SIZE, inputs[0].get(2)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), features, inputs[0].get(2))};
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> options) {
        NDArray sequence = inputs.singletonOrThrow();
        long n = sequence.getShape().get(0);
        long tokens = sequence.getShape().get(2);
        NDArray q = perHead(query.forward(parameters, inputs, training), n, tokens);
        NDArray k = perHead(key.forward(parameters, inputs, training), n, tokens);
        NDArray v = perHead(value.forward(parameters, inputs, training), n, tokens);
        NDArray weights = PeerLayers.scaled(q.swapAxes(1, 2).matMul(k), 1 / Math.sqrt(KEY_SIZE))
                .softmax(-1);
        NDArray mixed = v.matMul(weights.swapAxes(1, 2)).reshape(n, HEADS * KEY_SIZE, tokens);
        return output.forward(parameters, new NDList(mixed), training);
    }

    private static NDArray perHead(NDList projected, long n, long tokens) {
        return projected.singletonOrThrow().reshape(n * HEADS, KEY_SIZE, tokens);
    }
}
