package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Dilation;
import org.geolandslide.training.operator.Divide;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.ReduceSum;
import org.geolandslide.training.operator.Subtract;

/**
 * One minus the F1 score of the outlines (Bokhovkin and Burnaev 2019, "Boundary loss for remote sensing imagery semantic
 * segmentation"), over the whole batch: an outline is what the dilated background takes from the landslide,
 * and it is met where the other outline, widened by the tolerance, covers it.
 *
 * @param tolerance side of the square in pixels by which outlines are widened, odd
 */
public record BoundaryLoss(int tolerance) implements Loss {
    private static final int OUTLINE = 3;

    public BoundaryLoss {
        if (tolerance < 1 || tolerance % 2 == 0) {
            throw new IllegalArgumentException("tolerance " + tolerance + " is not a positive odd number of pixels");
        }
    }

    @Override
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        Tensor predicted = outline(graph, prediction.probability(graph), prediction.weight());
        Tensor truth = outline(graph, prediction.target(), prediction.weight());
        Tensor precision = share(graph, predicted, widened(graph, truth));
        Tensor recall = share(graph, truth, widened(graph, predicted));
        Tensor product = graph.apply(new Multiply(), graph.apply(new Multiply(), precision, recall), graph.scalar(2));
        Tensor f1 = graph.apply(new Divide(), product, graph.apply(new Add(), precision, recall));
        return graph.apply(new Subtract(), graph.scalar(1), f1);
    }

    /** Landslide pixels beside background, 0 to 1; only where a pixel takes part. */
    private static Tensor outline(Graph graph, Tensor landslide, Tensor weight) {
        Tensor background = graph.apply(new Subtract(), graph.scalar(1), landslide);
        Tensor grown = graph.applyAll(new Dilation(OUTLINE), background).get(0);
        return graph.apply(new Multiply(), graph.apply(new Subtract(), grown, background), weight);
    }

    private Tensor widened(Graph graph, Tensor outline) {
        return graph.applyAll(new Dilation(tolerance), outline).get(0);
    }

    /** Share of an outline that is covered; one pixel more defines a batch without outlines. */
    private static Tensor share(Graph graph, Tensor outline, Tensor cover) {
        Tensor covered = ReduceSum.total(graph, graph.apply(new Multiply(), outline, cover));
        return graph.apply(
                new Divide(),
                graph.apply(new Add(), covered, graph.scalar(1)),
                graph.apply(new Add(), ReduceSum.total(graph, outline), graph.scalar(1)));
    }
}
