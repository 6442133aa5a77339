package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Smallest element over some dimensions, which stay with size 1.
 *
 * @param axes dimensions to look through
 */
public record ReduceMin(List<Long> axes) implements Operator {
    public ReduceMin {
        axes = List.copyOf(axes);
    }

    @Override
    public String type() {
        return "ReduceMin";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("axes", axes, "keepdims", 1L);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape shape = inputs.get(0).shape();
        for (long axis : axes) {
            shape = shape.with((int) axis, 1);
        }
        return List.of(Operator.output(shape));
    }
}
