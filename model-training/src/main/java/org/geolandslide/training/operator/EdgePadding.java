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
 * @param before pixels added on top and on the left
 * @param after pixels added at the bottom and on the right
 */
public record EdgePadding(int before, int after) implements Operator {
    /** Adds the same margin on every side of an image. */
    public static Tensor around(Graph graph, Tensor image, int margin) {
        return of(graph, image, margin, margin);
    }

    /** Adds margins to an image: one on top and on the left, another at the bottom and on the right. */
    public static Tensor of(Graph graph, Tensor image, int before, int after) {
        return graph.apply(
                new EdgePadding(before, after), image, graph.longs(0, 0, before, before, 0, 0, after, after));
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
                image = image.with(axis, image.size(axis) + before + after);
            }
        }
        return List.of(Operator.output(image));
    }
}
