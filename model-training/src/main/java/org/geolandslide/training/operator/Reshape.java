package org.geolandslide.training.operator;

import java.util.Arrays;
import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * The same values under another shape. Inputs: the tensor and the vector of the same sizes.
 *
 * @param shape new sizes; only of a tensor whose own size is not known may they hold one that is not known
 */
public record Reshape(Shape shape) implements Differentiable {
    /** What ONNX takes for "as the tensor has it in the same place". */
    private static final long UNCHANGED = 0;

    /** The same values under another shape. Where two sizes are not known, the first dimension is the tensor's own. */
    public static Tensor to(Graph graph, Tensor tensor, Shape shape) {
        long[] sizes = shape.toArray();
        if (Arrays.stream(sizes).filter(size -> size == Shape.ANY).count() > 1) {
            sizes[0] = UNCHANGED;
        }
        return graph.apply(new Reshape(shape), tensor, graph.longs(sizes));
    }

    /** The same values in a row. */
    public static Tensor toVector(Graph graph, Tensor tensor) {
        return to(
                graph,
                tensor,
                Shape.of(tensor.shape().isStatic() ? tensor.shape().elements() : Shape.ANY));
    }

    @Override
    public String type() {
        return "Reshape";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape given = inputs.get(0).shape();
        if (given.isStatic() && given.elements() != shape.elements()) {
            throw new IllegalArgumentException(inputs.get(0) + " cannot be reshaped to " + shape);
        }
        return List.of(Operator.output(shape));
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            step.put(0, to(step.graph(), step.outputGradient(), step.input(0).shape()));
        }
    }
}
