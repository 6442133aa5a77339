package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** The smaller of two elements, with broadcasting. */
record Minimum() implements Operator {
    @Override
    public String type() {
        return "Min";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(
                Operator.output(inputs.get(0).shape().broadcast(inputs.get(1).shape())));
    }
}
