package org.geolandslide.training.runtime;

import java.util.List;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * ONNX Runtime's {@code InPlaceAccumulatorV2(buffer, gradient, reset)}: adds the gradient to the buffer, or replaces the
 * buffer by it, and says that it did.
 */
record Accumulate() implements Operator {
    @Override
    public String type() {
        return "InPlaceAccumulatorV2";
    }

    @Override
    public String domain() {
        return MICROSOFT;
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(ElementType.BOOL, Shape.of(1)));
    }
}
