package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/** An operator that makes one element of all along some dimensions, which stay with size 1. */
interface Reduction extends Operator {
    /** Dimensions that are reduced. */
    List<Long> axes();

    @Override
    default Map<String, Object> attributes() {
        return Map.of("axes", axes(), "keepdims", 1L);
    }

    @Override
    default List<Tensor> infer(List<Tensor> inputs) {
        Shape shape = inputs.get(0).shape();
        for (long axis : axes()) {
            shape = shape.with((int) axis, 1);
        }
        return List.of(Operator.output(shape));
    }
}
