package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Multiply;

/**
 * Weighted sum of two losses (equation 2 of Pham et al. 2025 with {@code alpha} and {@code 1 - alpha}, but free).
 *
 * @param first one loss
 * @param firstWeight its weight, at least 0
 * @param second the other loss
 * @param secondWeight its weight, at least 0
 */
public record WeightedLoss(Loss first, double firstWeight, Loss second, double secondWeight) implements Loss {
    public WeightedLoss {
        if (!(firstWeight >= 0 && secondWeight >= 0 && firstWeight + secondWeight > 0)) {
            throw new IllegalArgumentException(
                    "loss weights " + firstWeight + " and " + secondWeight + " must be at least 0 and not both 0");
        }
    }

    @Override
    public Tensor append(Graph graph, Tensor logits, Tensor target, Tensor weight) {
        if (secondWeight == 0) {
            return scaled(graph, first, firstWeight, logits, target, weight);
        }
        if (firstWeight == 0) {
            return scaled(graph, second, secondWeight, logits, target, weight);
        }
        return graph.apply(
                new Add(),
                scaled(graph, first, firstWeight, logits, target, weight),
                scaled(graph, second, secondWeight, logits, target, weight));
    }

    private static Tensor scaled(Graph graph, Loss loss, double factor, Tensor logits, Tensor target, Tensor weight) {
        Tensor value = loss.append(graph, logits, target, weight);
        return factor == 1 ? value : graph.apply(new Multiply(), value, graph.scalar((float) factor));
    }
}
