package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Reorders dimensions.
 *
 * @param permutation source dimension of each result dimension
 */
record Transpose(List<Long> permutation) implements Operator {
    Transpose {
        permutation = List.copyOf(permutation);
    }

    @Override
    public String type() {
        return "Transpose";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("perm", permutation);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape shape = inputs.get(0).shape();
        return List.of(Operator.output(new Shape(
                permutation.stream().map(axis -> shape.size(axis.intValue())).toList())));
    }
}
