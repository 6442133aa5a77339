package org.geolandslide.training.bench;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Adds what a block makes of the first array behind it. */
final class Head extends AbstractBlock {
    private final Block inner;

    Head(Block inner) {
        this.inner = addChildBlock("inner", inner);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        inner.initialize(manager, type, inputs[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape[] outputs = new Shape[inputs.length + 1];
        outputs[0] = inputs[0];
        outputs[1] = inner.getOutputShapes(new Shape[] {inputs[0]})[0];
        System.arraycopy(inputs, 1, outputs, 2, inputs.length - 1);
        return outputs;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> options) {
        NDList outputs = new NDList(inputs.head());
        outputs.addAll(inner.forward(parameters, new NDList(inputs.head()), training));
        outputs.addAll(inputs.subNDList(1));
        return outputs;
    }
}
