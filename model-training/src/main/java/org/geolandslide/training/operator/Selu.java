package org.geolandslide.training.operator;

import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/** Element-wise scaled exponential linear unit (Klambauer et al. 2017) with the constants of ONNX. */
public record Selu() implements Unary {
    static final float ALPHA = 1.6732632f;
    static final float GAMMA = 1.050701f;

    @Override
    public String type() {
        return "Selu";
    }

    /** The slope is gamma where the result is positive, and the result plus {@code alpha gamma} elsewhere. */
    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor negative = graph.apply(new Minimum(), step.output(0), graph.scalar(0));
            Tensor below = graph.apply(new Add(), negative, graph.scalar(ALPHA * GAMMA));
            Tensor positive = Greater.mask(graph, step.output(0), 0);
            // below is alpha gamma where the result is positive: move it to gamma there.
            Tensor shift = graph.apply(new Multiply(), positive, graph.scalar(GAMMA - ALPHA * GAMMA));
            Tensor slope = graph.apply(new Add(), below, shift);
            step.put(0, graph.apply(new Multiply(), slope, step.outputGradient()));
        }
    }
}
