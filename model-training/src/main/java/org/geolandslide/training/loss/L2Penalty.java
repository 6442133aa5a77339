package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.ReduceSum;

/** Half the sum of the squares of all trainable parameters (second term of equation 1 of Pham et al. 2025). */
public record L2Penalty() implements Loss {
    @Override
    public Tensor append(Graph graph, LabelledPrediction prediction) {
        Tensor sum = graph.scalar(0);
        for (Parameter parameter : graph.parameters()) {
            if (parameter.trainable()) {
                Tensor values = parameter.tensor();
                Tensor squares = ReduceSum.total(graph, graph.apply(new Multiply(), values, values));
                sum = graph.apply(new Add(), sum, squares);
            }
        }
        return graph.apply(new Multiply(), sum, graph.scalar(0.5f));
    }
}
