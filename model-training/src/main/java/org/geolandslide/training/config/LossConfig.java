package org.geolandslide.training.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.geolandslide.training.loss.Loss;
import org.geolandslide.training.loss.WeightedSum;

/**
 * What training minimises: a weighted sum of losses. Two weights that add up to 1 are equation 2 of Pham et al. 2025; cross-entropy
 * with {@code l2} is its equation 1.
 *
 * @param terms the losses, each once; one of them at least must reach the network's output, which {@code center} and {@code l2} do
 *     not
 */
public record LossConfig(@JsonValue List<LossTerm> terms) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LossConfig {
        terms = List.copyOf(terms);
        if (terms.stream().noneMatch(LossTerm::isComplete)) {
            throw new IllegalArgumentException("the losses are " + terms
                    + ", expected at least one beside center and l2, which do not reach the network's output");
        }
        if (terms.stream().map(LossTerm::name).distinct().count() != terms.size()) {
            throw new IllegalArgumentException("a loss is named twice in " + terms);
        }
    }

    /** The loss that training minimises. */
    public Loss loss() {
        Map<Loss, Double> weights = new LinkedHashMap<>();
        terms.forEach(term -> weights.put(term.loss(), term.weight() == null ? 1 : term.weight()));
        return new WeightedSum(weights);
    }

    /** For people: {@code 1.0 x focal (gamma 2.0) + 1.0 x iou}. */
    @Override
    public String toString() {
        return terms.stream().map(LossTerm::toString).collect(Collectors.joining(" + "));
    }
}
