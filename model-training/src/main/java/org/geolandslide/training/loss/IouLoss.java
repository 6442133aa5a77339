package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Divide;
import org.geolandslide.training.operator.Logarithm;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Sum;

/**
 * {@code -log} of the soft intersection over union of the whole batch, as in RMAU-Net (Pham et al. 2025): intersection
 * {@code sum(p y)}, union {@code sum(p + y - p y)}, both plus one pixel so that a batch without landslides is defined.
 */
public record IouLoss() implements Loss {
    @Override
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        LabelledPrediction.SoftCounts counts = prediction.counts(graph);
        Tensor intersection = graph.apply(new Add(), counts.truePositives(), graph.scalar(1));
        Tensor union = graph.apply(new Sum(), intersection, counts.falsePositives(), counts.falseNegatives());
        Tensor ratio = graph.apply(new Divide(), intersection, union);
        return graph.apply(new Multiply(), graph.apply(new Logarithm(), ratio), graph.scalar(-1));
    }
}
