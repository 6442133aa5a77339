package org.geolandslide.training.operator;

import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/** Element-wise {@code max(0, min(1, x / 6 + 1/2))} (Howard et al. 2019). */
public record HardSigmoid() implements Unary {
    private static final float SLOPE = 1f / 6;

    @Override
    public String type() {
        return "HardSigmoid";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("alpha", SLOPE, "beta", 0.5f);
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor above = Greater.mask(graph, step.output(0), 0);
            Tensor reached = Greater.mask(graph, step.output(0), Math.nextDown(1f));
            Tensor rising = graph.apply(new Subtract(), above, reached);
            Tensor slope = graph.apply(new Multiply(), rising, graph.scalar(SLOPE));
            step.put(0, graph.apply(new Multiply(), slope, step.outputGradient()));
        }
    }
}
