package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.AveragePooling;
import org.geolandslide.training.operator.Divide;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.ReduceSum;
import org.geolandslide.training.operator.Sigmoid;
import org.geolandslide.training.operator.Subtract;

/**
 * A prediction beside the truth, as tensors of one graph.
 *
 * @param logits {@code [N, 1, H, W]}, any real number; probability is the sigmoid
 * @param features {@code [N, F, H, W]}, what the network's head turns into logits
 * @param target {@code [N, 1, H, W]}, 0 to 1; between them where Mixup blended two samples
 * @param weight {@code [N, 1, H, W]}, 0 to 1; 0 where a pixel takes no part
 * @param scope end of the names of parameters that a loss has for this prediction; empty for the only one
 */
public record LabelledPrediction(Tensor logits, Tensor features, Tensor target, Tensor weight, String scope) {
    private static final float LEAST_WEIGHT = 1e-6f;

    /** The only prediction of a graph. */
    public LabelledPrediction(Tensor logits, Tensor features, Tensor target, Tensor weight) {
        this(logits, features, target, weight, "");
    }

    /**
     * The same prediction, of lower resolution, beside a truth of its own resolution: the weighted mean over squares of pixels.
     *
     * @param factor side of the squares
     */
    public LabelledPrediction reduced(Graph graph, int factor) {
        AveragePooling mean = new AveragePooling(factor);
        Tensor share = graph.apply(mean, weight);
        Tensor landslide = graph.apply(mean, graph.apply(new Multiply(), target, weight));
        // Where nothing is labelled the weight is nothing, whatever the target is.
        Tensor divisor = graph.apply(new Add(), share, graph.scalar(LEAST_WEIGHT));
        Tensor reducedTarget = graph.apply(new Divide(), landslide, divisor);
        return new LabelledPrediction(logits, features, reducedTarget, share, scope);
    }

    /** Probability of landslide, {@code [N, 1, H, W]}. */
    Tensor probability(Graph graph) {
        return graph.apply(new Sigmoid(), logits);
    }

    /** Probability minus target, {@code [N, 1, H, W]}. */
    Tensor error(Graph graph) {
        return graph.apply(new Subtract(), probability(graph), target);
    }

    /** Mean of a value per pixel over the weighted pixels and one more, so that a batch without labels is defined. */
    Tensor mean(Graph graph, Tensor perPixel) {
        Tensor sum = ReduceSum.total(graph, graph.apply(new Multiply(), perPixel, weight));
        Tensor count = graph.apply(new Add(), ReduceSum.total(graph, weight), graph.scalar(1));
        return graph.apply(new Divide(), sum, count);
    }

    /** Counts of the batch, with probabilities in place of decisions. */
    SoftCounts counts(Graph graph) {
        Tensor predicted = graph.apply(new Multiply(), probability(graph), weight);
        Tensor truth = graph.apply(new Multiply(), target, weight);
        Tensor hits = ReduceSum.total(graph, graph.apply(new Multiply(), predicted, target));
        return new SoftCounts(
                hits,
                graph.apply(new Subtract(), ReduceSum.total(graph, predicted), hits),
                graph.apply(new Subtract(), ReduceSum.total(graph, truth), hits));
    }

    /**
     * Pixels counted by their probability; each a single number.
     *
     * @param truePositives {@code sum(w p y)}
     * @param falsePositives {@code sum(w p (1 - y))}
     * @param falseNegatives {@code sum(w (1 - p) y)}
     */
    record SoftCounts(Tensor truePositives, Tensor falsePositives, Tensor falseNegatives) {}
}
