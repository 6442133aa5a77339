package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** Element-wise comparison. */
public record Greater() implements Operator {
    /** 1 where a tensor is above a number, else 0. */
    public static Tensor mask(Graph graph, Tensor tensor, float number) {
        return graph.apply(new Cast(ElementType.FLOAT), graph.apply(new Greater(), tensor, graph.scalar(number)));
    }

    @Override
    public String type() {
        return "Greater";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(
                ElementType.BOOL, inputs.get(0).shape().broadcast(inputs.get(1).shape())));
    }
}
