package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Repeats the outermost pixels of an image. Inputs: image {@code [N, C, H, W]} and the vector of paddings.
 *
 * @param margin pixels added on every side
 */
public record EdgePadding(int margin) implements Operator {
    /** Adds a margin to an image. */
    public static Tensor around(Graph graph, Tensor image, int margin) {
        return graph.apply(new EdgePadding(margin), image, graph.longs(0, 0, margin, margin, 0, 0, margin, margin));
    }

    @Override
    public String type() {
        return "Pad";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("mode", "edge");
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape image = inputs.get(0).shape();
        for (int axis = 2; axis < 4; axis++) {
            if (image.size(axis) != Shape.ANY) {
                image = image.with(axis, image.size(axis) + 2L * margin);
            }
        }
        return List.of(Operator.output(image));
    }
}
