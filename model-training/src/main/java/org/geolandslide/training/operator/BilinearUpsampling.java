package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/**
 * Enlarges an image with bilinear interpolation between pixel centres. Inputs: image {@code [N, C, H, W]}, no region, scales.
 *
 * @param factor ratio of the sides
 */
public record BilinearUpsampling(int factor) implements Operator {
    /** Enlarges an image. */
    public static Tensor by(Graph graph, Tensor image, int factor) {
        return graph.apply(
                new BilinearUpsampling(factor), image, Tensor.ABSENT, NearestUpsampling.scales(graph, factor));
    }

    @Override
    public String type() {
        return "Resize";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel");
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(NearestUpsampling.grow(inputs.get(0).shape(), factor)));
    }
}
