package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Divide;
import org.geolandslide.training.operator.Logarithm;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.ReduceSum;
import org.geolandslide.training.operator.Sigmoid;
import org.geolandslide.training.operator.Subtract;

/**
 * {@code -log} of the soft intersection over union of the whole batch, as in RMAU-Net (Pham et al. 2025): intersection
 * {@code sum(p y)}, union {@code sum(p + y - p y)}, both plus one pixel so that a batch without landslides is defined.
 */
public record IouLoss() implements Loss {
    @Override
    public Tensor append(Graph graph, Tensor logits, Tensor target, Tensor weight) {
        Tensor probability = graph.apply(new Multiply(), graph.apply(new Sigmoid(), logits), weight);
        Tensor truth = graph.apply(new Multiply(), target, weight);
        Tensor overlap = ReduceSum.total(graph, graph.apply(new Multiply(), probability, truth));
        Tensor both = graph.apply(new Add(), ReduceSum.total(graph, probability), ReduceSum.total(graph, truth));
        Tensor intersection = graph.apply(new Add(), overlap, graph.scalar(1));
        Tensor union = graph.apply(new Add(), graph.apply(new Subtract(), both, overlap), graph.scalar(1));
        Tensor ratio = graph.apply(new Divide(), intersection, union);
        return graph.apply(new Multiply(), graph.apply(new Logarithm(), ratio), graph.scalar(-1));
    }
}
