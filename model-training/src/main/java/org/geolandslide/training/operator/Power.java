package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** Element-wise {@code a^p} of positive {@code a}; {@code p} is a single number that is not differentiated. */
public record Power() implements Differentiable {
    @Override
    public String type() {
        return "Pow";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        if (inputs.get(1).shape().rank() != 0) {
            throw new IllegalArgumentException("the exponent " + inputs.get(1) + " is not a single number");
        }
        return List.of(Operator.output(inputs.get(0).shape()));
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            Graph graph = step.graph();
            Tensor lower = graph.apply(new Subtract(), step.input(1), graph.scalar(1));
            Tensor slope = graph.apply(new Multiply(), graph.apply(new Power(), step.input(0), lower), step.input(1));
            step.put(0, graph.apply(new Multiply(), slope, step.outputGradient()));
        }
    }
}
