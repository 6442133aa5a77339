package org.geolandslide.training.operator;

import java.util.List;
import org.geolandslide.training.graph.BackwardStep;
import org.geolandslide.training.graph.Differentiable;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;

/** The same tensor under another name. */
public record Identity() implements Differentiable {
    @Override
    public String type() {
        return "Identity";
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        return List.of(Operator.output(inputs.get(0).type(), inputs.get(0).shape()));
    }

    @Override
    public void differentiate(BackwardStep step) {
        if (step.wants(0)) {
            step.put(0, step.outputGradient());
        }
    }
}
