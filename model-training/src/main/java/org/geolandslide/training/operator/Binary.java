package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** An operator that joins two inputs element by element, with broadcasting. */
interface Binary extends Differentiable {
    @Override
    default List<Tensor> infer(List<Tensor> inputs) {
        return List.of(
                Operator.output(inputs.get(0).shape().broadcast(inputs.get(1).shape())));
    }
}
