package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Sorts a vector, largest first. Inputs: the vector and its length, as a vector of one number. Outputs: the sorted values and,
 * for each of them, its index in the vector.
 */
public record SortDescending() implements Differentiable {
    /**
     * A sorted vector.
     *
     * @param values largest first
     * @param indices where each value stood
     */
    public record Sorted(Tensor values, Tensor indices) {}

    /** Sorts a vector. */
    public static Sorted of(Graph graph, Tensor vector) {
        List<Tensor> results = graph.applyAll(new SortDescending(), vector, graph.apply(new Length(), vector));
        return new Sorted(results.get(0), results.get(1));
    }

    @Override
    public String type() {
        return "TopK";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("axis", 0L, "largest", 1L, "sorted", 1L);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape shape = inputs.get(0).shape();
        if (shape.rank() != 1) {
            throw new IllegalArgumentException(inputs.get(0) + " is not a vector");
        }
        return List.of(Operator.output(shape), Operator.output(ElementType.INT64, shape));
    }

    /** Each gradient goes back to where its value stood. */
    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor zeros = Expand.to(graph, graph.scalar(0), step.input(0).shape());
            step.put(0, graph.apply(new Scatter(), zeros, step.output(1), step.outputGradient()));
        }
    }

    /** Length of a vector, as a vector of one number. */
    record Length() implements Operator {
        @Override
        public String type() {
            return "Shape";
        }

        @Override
        public List<Tensor> infer(List<Tensor> inputs) {
            return List.of(Operator.output(
                    ElementType.INT64, Shape.of(inputs.get(0).shape().rank())));
        }
    }

    /** Writes values into a vector at given indices. Inputs: the vector, the indices, the values. */
    record Scatter() implements Operator {
        @Override
        public String type() {
            return "ScatterElements";
        }

        @Override
        public List<Tensor> infer(List<Tensor> inputs) {
            return List.of(Operator.output(inputs.get(0).shape()));
        }
    }
}
