package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Absolute;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.CumulativeSum;
import org.geolandslide.training.operator.Divide;
import org.geolandslide.training.operator.Gather;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.ReduceSum;
import org.geolandslide.training.operator.Reshape;
import org.geolandslide.training.operator.SortDescending;
import org.geolandslide.training.operator.Subtract;

/**
 * Lovász-Softmax loss of the landslide class over the whole batch (Berman et al. 2018): the errors
 * {@code |p - y|}, largest first, each times the growth of the Jaccard loss when its pixel joins the mispredicted ones.
 * Where Mixup blended targets, a pixel counts by its share.
 */
public record LovaszLoss() implements Loss {
    /** Defines the Jaccard loss of a batch without landslides. */
    private static final float TINY = 1e-6f;

    @Override
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        Tensor weight = prediction.weight();
        Tensor errors = graph.apply(new Multiply(), graph.apply(new Absolute(), prediction.error(graph)), weight);
        Tensor truth = graph.apply(new Multiply(), prediction.target(), weight);
        SortDescending.Sorted sorted = SortDescending.of(graph, Reshape.toVector(graph, errors));
        Tensor landslide = graph.apply(new Gather(), Reshape.toVector(graph, truth), sorted.indices());
        Tensor labelled = graph.apply(new Gather(), Reshape.toVector(graph, weight), sorted.indices());
        Tensor background = graph.apply(new Subtract(), labelled, landslide);
        Tensor all = graph.apply(new Add(), ReduceSum.total(graph, truth), graph.scalar(TINY));
        Tensor kept = remaining(graph, all, CumulativeSum.of(graph, landslide), CumulativeSum.of(graph, background));
        Tensor keptBefore =
                remaining(graph, all, CumulativeSum.before(graph, landslide), CumulativeSum.before(graph, background));
        Tensor growth = graph.apply(new Subtract(), keptBefore, kept);
        return ReduceSum.total(graph, graph.apply(new Multiply(), sorted.values(), growth));
    }

    /** Jaccard index when so many landslide and background pixels are mispredicted. */
    private static Tensor remaining(Graph graph, Tensor all, Tensor missed, Tensor invented) {
        return graph.apply(
                new Divide(), graph.apply(new Subtract(), all, missed), graph.apply(new Add(), all, invented));
    }
}
