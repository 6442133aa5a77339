package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/** Exponentials along the last dimension, divided by their sum. */
public record Softmax() implements Unary {
    @Override
    public String type() {
        return "Softmax";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("axis", -1L);
    }

    /** {@code dX = (dY - sum(dY Y)) Y}. */
    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor weighted = graph.apply(new Multiply(), step.outputGradient(), step.output(0));
            long last = step.output(0).shape().rank() - 1L;
            Tensor sum = ReduceSum.along(graph, weighted, List.of(last), true);
            Tensor centred = graph.apply(new Subtract(), step.outputGradient(), sum);
            step.put(0, graph.apply(new Multiply(), centred, step.output(0)));
        }
    }
}
