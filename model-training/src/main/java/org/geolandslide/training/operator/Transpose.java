package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Reorders dimensions.
 *
 * @param permutation source dimension of each result dimension
 */
public record Transpose(List<Long> permutation) implements Differentiable {
    public Transpose {
        permutation = List.copyOf(permutation);
    }

    /** A tensor with its last two dimensions exchanged. */
    public static Tensor ofMatrices(Graph graph, Tensor tensor) {
        int rank = tensor.shape().rank();
        List<Long> order = new java.util.ArrayList<>();
        for (long i = 0; i < rank - 2; i++) {
            order.add(i);
        }
        order.add(rank - 1L);
        order.add(rank - 2L);
        return graph.apply(new Transpose(order), tensor);
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

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Long[] inverse = new Long[permutation.size()];
            for (int i = 0; i < inverse.length; i++) {
                inverse[permutation.get(i).intValue()] = (long) i;
            }
            step.put(0, step.graph().apply(new Transpose(List.of(inverse)), step.outputGradient()));
        }
    }
}
