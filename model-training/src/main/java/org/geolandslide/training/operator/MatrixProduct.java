package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/** Product of matrices {@code [..., m, k]} and {@code [..., k, n]}; leading dimensions are broadcast. */
public record MatrixProduct() implements Differentiable {
    @Override
    public String type() {
        return "MatMul";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape a = inputs.get(0).shape();
        Shape b = inputs.get(1).shape();
        int lastOfA = a.rank() - 1;
        int rowOfB = b.rank() - 2;
        if (lastOfA < 1 || rowOfB < 0 || a.size(lastOfA) != b.size(rowOfB)) {
            throw new IllegalArgumentException(inputs.get(0) + " cannot be multiplied by " + inputs.get(1));
        }
        Shape leading = leading(a).broadcast(leading(b));
        List<Long> sizes = new java.util.ArrayList<>(leading.sizes());
        sizes.add(a.size(lastOfA - 1));
        sizes.add(b.size(rowOfB + 1));
        return List.of(Operator.output(new Shape(sizes)));
    }

    private static Shape leading(Shape shape) {
        return new Shape(shape.sizes().subList(0, shape.rank() - 2));
    }

    @Override
    public void differentiate(BackwardStep step) {
        Graph graph = step.graph();
        if (step.wants(0)) {
            Tensor right = Transpose.ofMatrices(graph, step.input(1));
            Tensor gradient = graph.apply(new MatrixProduct(), step.outputGradient(), right);
            step.put(0, Broadcast.reduceTo(graph, gradient, step.input(0).shape()));
        }
        if (step.wants(1)) {
            Tensor left = Transpose.ofMatrices(graph, step.input(0));
            Tensor gradient = graph.apply(new MatrixProduct(), left, step.outputGradient());
            step.put(1, Broadcast.reduceTo(graph, gradient, step.input(1).shape()));
        }
    }
}
