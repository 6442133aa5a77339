package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Divide;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Subtract;
import org.geolandslide.training.operator.Sum;

/**
 * One minus the soft Tversky index of the whole batch (Salehi et al. 2017):
 * {@code 1 - (TP + 1) / (TP + alpha FP + beta FN + 1)}. The one pixel defines a batch without landslides.
 *
 * @param alpha weight of false positives, at least 0
 * @param beta weight of false negatives, at least 0; above alpha it favours recall
 */
public record TverskyLoss(double alpha, double beta) implements Loss {
    public TverskyLoss {
        if (!(alpha >= 0 && beta >= 0 && alpha + beta > 0)) {
            throw new IllegalArgumentException(
                    "alpha " + alpha + " and beta " + beta + " must be at least 0 and not both 0");
        }
    }

    @Override
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        LabelledPrediction.SoftCounts counts = prediction.counts(graph);
        Tensor hits = graph.apply(new Add(), counts.truePositives(), graph.scalar(1));
        Tensor all = graph.apply(
                new Sum(),
                hits,
                graph.apply(new Multiply(), counts.falsePositives(), graph.scalar((float) alpha)),
                graph.apply(new Multiply(), counts.falseNegatives(), graph.scalar((float) beta)));
        return graph.apply(new Subtract(), graph.scalar(1), graph.apply(new Divide(), hits, all));
    }
}
