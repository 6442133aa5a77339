package org.geolandslide.training.bench;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** A block that works on the first array and lets the others pass. */
final class OnFirst extends AbstractBlock {
    private final Block inner;

    OnFirst(Block inner) {
        this.inner = addChildBlock("inner", inner);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        inner.initialize(manager, type, inputs[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        Shape[] outputs = inputs.clone();
        outputs[0] = inner.getOutputShapes(new Shape[] {inputs[0]})[0];
        return outputs;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> options) {
        NDList outputs = inner.forward(parameters, new NDList(inputs.head()), training);
        outputs.addAll(inputs.subNDList(1));
        return outputs;
    }
}
