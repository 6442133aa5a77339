package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Divide;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Power;
import org.geolandslide.training.operator.ReduceSum;
import org.geolandslide.training.operator.Sigmoid;
import org.geolandslide.training.operator.Softplus;
import org.geolandslide.training.operator.Subtract;

/**
 * Focal loss (Lin et al. 2017): binary cross-entropy times {@code |y - p|^gamma}, averaged over the weighted pixels. For
 * targets 0 and 1 the factor is Lin's {@code (1 - p_t)^gamma}; for the blended targets of Mixup it is the generalisation of
 * Li et al. 2020 (quality focal loss).
 *
 * @param gamma focusing exponent, at least 0; 0 gives binary cross-entropy
 */
public record FocalLoss(double gamma) implements Loss {
    /** Keeps the power differentiable where the prediction is exact. */
    private static final float TINY = 1e-12f;

    public FocalLoss {
        if (!(gamma >= 0)) {
            throw new IllegalArgumentException("gamma " + gamma + " is below 0");
        }
    }

    @Override
    public Tensor append(Graph graph, Tensor logits, Tensor target, Tensor weight) {
        // softplus(z) - y z is the cross-entropy of sigmoid(z), without overflow.
        Tensor crossEntropy = graph.apply(
                new Subtract(), graph.apply(new Softplus(), logits), graph.apply(new Multiply(), target, logits));
        Tensor perPixel = crossEntropy;
        if (gamma > 0) {
            Tensor error = graph.apply(new Subtract(), graph.apply(new Sigmoid(), logits), target);
            Tensor factor = graph.apply(new Multiply(), error, error);
            if (gamma != 2) {
                factor = graph.apply(
                        new Power(), graph.apply(new Add(), factor, graph.scalar(TINY)), graph.scalar((float)
                                (gamma / 2)));
            }
            perPixel = graph.apply(new Multiply(), factor, crossEntropy);
        }
        Tensor sum = ReduceSum.total(graph, graph.apply(new Multiply(), perPixel, weight));
        Tensor count = graph.apply(new Add(), ReduceSum.total(graph, weight), graph.scalar(1));
        return graph.apply(new Divide(), sum, count);
    }
}
