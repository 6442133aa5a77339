package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** Elements of a vector in the order of the indices. Inputs: the vector and a vector of indices. */
public record Gather() implements Operator {
    @Override
    public String type() {
        return "Gather";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        if (inputs.get(0).shape().rank() != 1) {
            throw new IllegalArgumentException(inputs.get(0) + " is not a vector");
        }
        return List.of(Operator.output(inputs.get(1).shape()));
    }
}
