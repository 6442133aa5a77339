package org.geolandslide.training.loss;

import java.util.List;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.ReduceSum;
import org.geolandslide.training.operator.Subtract;

/**
 * Center loss (Wen et al. 2016, equation 2): half the squared distance of a pixel's features from the centre of its class,
 * averaged over the weighted pixels. The two centres {@code [1, F, 1, 1]} are parameters that the optimiser moves; a blended
 * target has the blended centre. It does not reach the network's head and so needs another loss beside it.
 */
public record CenterLoss() implements Loss {
    @Override
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        Tensor background = centre(graph, "background", prediction);
        Tensor landslide = centre(graph, "landslide", prediction);
        Tensor shift =
                graph.apply(new Multiply(), prediction.target(), graph.apply(new Subtract(), landslide, background));
        Tensor centres = graph.apply(new Add(), shift, background);
        Tensor away = graph.apply(new Subtract(), prediction.features(), centres);
        Tensor squared = ReduceSum.along(graph, graph.apply(new Multiply(), away, away), List.of(1L), true);
        return prediction.mean(graph, graph.apply(new Multiply(), squared, graph.scalar(0.5f)));
    }

    private static Tensor centre(Graph graph, String name, LabelledPrediction prediction) {
        Shape shape = Shape.of(1, prediction.features().shape().size(1), 1, 1);
        return graph.parameter(new Parameter(
                new Tensor("loss.center." + name + prediction.scope(), ElementType.FLOAT, shape),
                new float[(int) shape.elements()],
                true));
    }
}
