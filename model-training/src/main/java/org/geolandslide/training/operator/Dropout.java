package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/**
 * Sets elements to nothing at random and scales the others up, so that the mean stays (Srivastava et al. 2014). For training graphs
 * only. Inputs: the tensor, the share of elements that vanish, and true. Outputs: the result, and which elements are kept.
 *
 * @param share probability of an element to vanish, above 0 and below 1
 */
public record Dropout(float share) implements Differentiable {
    public Dropout {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("dropout " + share + " is not between 0 and 1");
        }
    }

    /** Applies it. */
    public static Tensor of(Graph graph, Tensor tensor, double share) {
        Tensor training = graph.apply(new Cast(ElementType.BOOL), graph.scalar(1));
        return graph.applyAll(new Dropout((float) share), tensor, graph.scalar((float) share), training)
                .get(0);
    }

    @Override
    public String type() {
        return "Dropout";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(
                Operator.output(inputs.get(0).shape()),
                Operator.output(ElementType.BOOL, inputs.get(0).shape()));
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor kept = graph.apply(new Cast(ElementType.FLOAT), step.output(1));
            Tensor scaled = graph.apply(new Multiply(), kept, graph.scalar(1 / (1 - share)));
            step.put(0, graph.apply(new Multiply(), scaled, step.outputGradient()));
        }
    }
}
