package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Softplus;
import org.geolandslide.training.operator.Subtract;

/** {@code log(cosh(p - y))}, averaged over the weighted pixels: a squared error near 0, an absolute one far from it. */
public record LogCoshLoss() implements Loss {
    private static final float LOG_2 = (float) Math.log(2);

    @Override
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        // log(cosh(e)) = e + softplus(-2 e) - log 2
        Tensor error = prediction.error(graph);
        Tensor bent = graph.apply(new Softplus(), graph.apply(new Multiply(), error, graph.scalar(-2)));
        Tensor sum = graph.apply(new Add(), error, bent);
        return prediction.mean(graph, graph.apply(new Subtract(), sum, graph.scalar(LOG_2)));
    }
}
