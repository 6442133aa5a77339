package org.geolandslide.training.loss;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Sum;

/**
 * Weighted sum of losses; a pair with the weights {@code alpha} and {@code 1 - alpha} is equation 2 of Pham et al. 2025.
 *
 * @param weights the losses and their weights, at least 0 and not all 0; a loss of weight 0 is not computed
 */
public record WeightedSum(Map<Loss, Double> weights) implements Loss {
    public WeightedSum {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        weights.forEach((loss, weight) -> {
            if (!(weight >= 0 && Double.isFinite(weight))) {
                throw new IllegalArgumentException("the weight of " + loss + " is " + weight + ", expected 0 or more");
            }
        });
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("no loss has a weight: " + weights);
        }
    }

    /** Equation 2 of Pham et al. 2025: {@code alpha first + (1 - alpha) second}. */
    public static WeightedSum pair(double alpha, Loss first, Loss second) {
        return of(first, alpha, second, 1 - alpha);
    }

    /** Sum of two losses. */
    public static WeightedSum of(Loss first, double firstWeight, Loss second, double secondWeight) {
        Map<Loss, Double> weights = new LinkedHashMap<>();
        weights.put(first, firstWeight);
        weights.put(second, secondWeight);
        return new WeightedSum(weights);
    }

    @Override
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        Tensor[] terms = weights.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> {
                    Tensor value = entry.getKey().append(graph, prediction);
                    double weight = entry.getValue();
                    return weight == 1 ? value : graph.apply(new Multiply(), value, graph.scalar((float) weight));
                })
                .toArray(Tensor[]::new);
        return terms.length == 1 ? terms[0] : graph.apply(new Sum(), terms);
    }
}
