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
 * Repeats each pixel in a square. Inputs: image {@code [N, C, H, W]}, no region, scales.
 *
 * @param factor side of the square
 */
public record NearestUpsampling(int factor) implements Differentiable {
    /** Enlarges an image. */
    public static Tensor by(Graph graph, Tensor image, int factor) {
        return graph.apply(new NearestUpsampling(factor), image, Tensor.ABSENT, scales(graph, factor));
    }

    static Tensor scales(Graph graph, int factor) {
        return graph.constant(Shape.of(4), 1, 1, factor, factor);
    }

    @Override
    public String type() {
        return "Resize";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("mode", "nearest", "coordinate_transformation_mode", "asymmetric", "nearest_mode", "floor");
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(grow(inputs.get(0).shape(), factor)));
    }

    static Shape grow(Shape image, int factor) {
        Shape result = image;
        for (int axis = 2; axis < 4; axis++) {
            if (image.size(axis) != Shape.ANY) {
                result = result.with(axis, image.size(axis) * factor);
            }
        }
        return result;
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor mean = graph.apply(new AveragePooling(factor), step.outputGradient());
            step.put(0, graph.apply(new Multiply(), mean, graph.scalar(factor * factor)));
        }
    }
}
