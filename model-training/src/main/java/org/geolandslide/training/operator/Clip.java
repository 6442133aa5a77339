package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** Element-wise limitation to an interval. Inputs: the tensor, the least and the largest value. */
public record Clip() implements Operator {
    /** The tensor limited to 0 to 1, under a name: ONNX Runtime's fast sigmoid overshoots by a rounding error. */
    public static Tensor toUnitInterval(Graph graph, String name, Tensor tensor) {
        return graph.applyNamed(name, new Clip(), tensor, graph.scalar(0), graph.scalar(1));
    }

    @Override
    public String type() {
        return "Clip";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(inputs.get(0).shape()));
    }
}
