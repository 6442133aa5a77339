package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Power;

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
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        Tensor crossEntropy = CrossEntropyLoss.perPixel(graph, prediction);
        if (gamma == 0) {
            return prediction.mean(graph, crossEntropy);
        }
        Tensor error = prediction.error(graph);
        Tensor factor = graph.apply(new Multiply(), error, error);
        if (gamma != 2) {
            Tensor positive = graph.apply(new Add(), factor, graph.scalar(TINY));
            factor = graph.apply(new Power(), positive, graph.scalar((float) (gamma / 2)));
        }
        return prediction.mean(graph, graph.apply(new Multiply(), factor, crossEntropy));
    }
}
