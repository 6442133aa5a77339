package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/**
 * Converts elements.
 *
 * @param target type of the result
 */
record Cast(ElementType target) implements Operator {
    @Override
    public String type() {
        return "Cast";
    }

    @Override
    public Map<String, Object> attributes() {
        // Numbers of TensorProto.DataType.
        return Map.of(
                "to",
                switch (target) {
                    case FLOAT -> 1L;
                    case INT64 -> 7L;
                    case BOOL -> 9L;
                });
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(target, inputs.get(0).shape()));
    }
}
