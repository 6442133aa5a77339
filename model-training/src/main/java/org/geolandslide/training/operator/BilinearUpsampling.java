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
 * Enlarges an image with bilinear interpolation between pixel centres. Inputs: image {@code [N, C, H, W]}, no region, scales.
 *
 * @param factor ratio of the sides
 */
public record BilinearUpsampling(int factor) implements Differentiable {
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

    /** Bilinear interpolation is a product with one constant matrix per axis; the way back is the product with the transposed ones. */
    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Shape image = step.input(0).shape();
            int rows = (int) image.size(2);
            int columns = (int) image.size(3);
            Tensor down = graph.constant(Shape.of(rows, (long) rows * factor), transposed(rows));
            Tensor across = graph.constant(Shape.of(columns, (long) columns * factor), transposed(columns));
            Tensor shrunk = graph.apply(new MatrixProduct(), down, step.outputGradient());
            step.put(0, graph.apply(new MatrixProduct(), shrunk, Transpose.ofMatrices(graph, across)));
        }
    }

    /** Row-major {@code [size, size * factor]}: the weight of each source in each pixel of the result. */
    private float[] transposed(int size) {
        int enlarged = size * factor;
        float[] weights = new float[size * enlarged];
        for (int i = 0; i < enlarged; i++) {
            double position = Math.max(0, Math.min(size - 1, (i + 0.5) / factor - 0.5));
            int low = (int) position;
            int high = Math.min(size - 1, low + 1);
            weights[low * enlarged + i] += (float) (1 - (position - low));
            weights[high * enlarged + i] += (float) (position - low);
        }
        return weights;
    }
}
