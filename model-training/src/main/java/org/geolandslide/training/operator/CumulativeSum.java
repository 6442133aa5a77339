package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/**
 * Running sums along a vector. Inputs: the vector and the axis 0.
 *
 * @param exclusive whether an element is left out of its own sum
 */
public record CumulativeSum(boolean exclusive) implements Operator {
    /** Running sums, each with its own element. */
    public static Tensor of(Graph graph, Tensor vector) {
        return graph.apply(new CumulativeSum(false), vector, graph.longs(0));
    }

    /** Running sums of what comes before an element. */
    public static Tensor before(Graph graph, Tensor vector) {
        return graph.apply(new CumulativeSum(true), vector, graph.longs(0));
    }

    @Override
    public String type() {
        return "CumSum";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("exclusive", exclusive ? 1L : 0L);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        if (inputs.get(0).shape().rank() != 1) {
            throw new IllegalArgumentException(inputs.get(0) + " is not a vector");
        }
        return List.of(Operator.output(inputs.get(0).shape()));
    }
}
