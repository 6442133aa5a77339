package org.geolandslide.training.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Mean over the channels, with a scale and a shift: RMAU-Net's head. */
final class ChannelMean extends AbstractBlock {
    private final Parameter scale;
    private final Parameter shift;

    ChannelMean() {
        scale = addParameter(parameter("scale", Parameter.Type.GAMMA));
        shift = addParameter(parameter("shift", Parameter.Type.BETA));
    }

    private static Parameter parameter(String name, Parameter.Type type) {
        return Parameter.builder()
                .setName(name)
                .setType(type)
                .optShape(new Shape(1))
                .build();
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), 1, inputs[0].get(2), inputs[0].get(3))};
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> options) {
        NDArray image = inputs.singletonOrThrow();
        NDArray mean = image.mean(new int[] {1}, true);
        return new NDList(mean.mul(parameters.getValue(scale, image.getDevice(), training))
                .add(parameters.getValue(shift, image.getDevice(), training)));
    }
}
