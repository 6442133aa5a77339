package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Softplus;
import org.geolandslide.training.operator.Subtract;

/** Binary cross-entropy, averaged over the weighted pixels (first term of equation 1 of Pham et al. 2025). */
public record CrossEntropyLoss() implements Loss {
    @Override
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        return prediction.mean(graph, perPixel(graph, prediction));
    }

    /** {@code softplus(z) - y z}: the cross-entropy of {@code sigmoid(z)} and {@code y}, without overflow. */
    static Tensor perPixel(Graph graph, LabelledPrediction prediction) {
        Tensor logits = prediction.logits();
        return graph.apply(
                new Subtract(),
                graph.apply(new Softplus(), logits),
                graph.apply(new Multiply(), prediction.target(), logits));
    }
}
