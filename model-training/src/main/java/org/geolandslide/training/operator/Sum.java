package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** Sum of any number of tensors of one shape. */
public record Sum() implements Differentiable {
    @Override
    public String type() {
        return "Sum";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        for (Tensor input : inputs) {
            if (!input.shape().equals(inputs.get(0).shape())) {
                throw new IllegalArgumentException("shapes to be summed differ: " + inputs);
            }
        }
        return List.of(Operator.output(inputs.get(0).shape()));
    }

    @Override
    public void differentiate(BackwardStep step) {
        for (int i = 0; i < step.inputs(); i++) {
            if (step.wants(i)) {
                step.put(i, step.outputGradient());
            }
        }
    }
}
