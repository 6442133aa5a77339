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
 * Maximum over squares of pixels that do not overlap.
 *
 * @param factor side of a square; the image's sides must be multiples of it
 */
public record MaxPooling(int factor) implements Differentiable {
    @Override
    public String type() {
        return "MaxPool";
    }

    @Override
    public Map<String, Object> attributes() {
        List<Long> square = List.of((long) factor, (long) factor);
        return Map.of("kernel_shape", square, "strides", square);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(shrink(inputs.get(0).shape(), factor)));
    }

    static Shape shrink(Shape image, int factor) {
        Shape result = image;
        for (int axis = 2; axis < 4; axis++) {
            long size = image.size(axis);
            if (size != Shape.ANY) {
                if (size % factor != 0) {
                    throw new IllegalArgumentException(
                            "image " + image + " is not a multiple of " + factor + " pixels");
                }
                result = result.with(axis, size / factor);
            }
        }
        return result;
    }

    /**
     * The gradient goes to every pixel that equals its square's maximum. Where several do, each receives it whole; after a
     * ReLU these are the zeros, whose gradient the ReLU drops.
     */
    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor maximum = NearestUpsampling.by(graph, step.output(0), factor);
            Tensor isMaximum =
                    graph.apply(new Cast(ElementType.FLOAT), graph.apply(new Equal(), step.input(0), maximum));
            Tensor spread = NearestUpsampling.by(graph, step.outputGradient(), factor);
            step.put(0, graph.apply(new Multiply(), isMaximum, spread));
        }
    }
}
