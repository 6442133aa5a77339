package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** Element-wise equality. */
record Equal() implements Operator {
    @Override
    public String type() {
        return "Equal";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(
                ElementType.BOOL, inputs.get(0).shape().broadcast(inputs.get(1).shape())));
    }
}
