package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/**
 * Mean over squares of pixels that do not overlap.
 *
 * @param factor side of a square; the image's sides must be multiples of it
 */
public record AveragePooling(int factor) implements Operator {
    @Override
    public String type() {
        return "AveragePool";
    }

    @Override
    public Map<String, Object> attributes() {
        List<Long> square = List.of((long) factor, (long) factor);
        return Map.of("kernel_shape", square, "strides", square);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(MaxPooling.shrink(inputs.get(0).shape(), factor)));
    }
}
