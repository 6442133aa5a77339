package org.geolandslide.training.graph;

import java.util.List;

/**
 * One operation in a graph.
 *
 * @param operator what is done
 * @param inputs tensors that are read, {@link Tensor#ABSENT} for optional ones that are left out
 * @param outputs tensors that are written, {@link Tensor#ABSENT} for optional ones that are left out
 */
public record Node(Operator operator, List<Tensor> inputs, List<Tensor> outputs) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public Tensor input(int index) {
        return inputs.get(index);
    }

    public Tensor output(int index) {
        return outputs.get(index);
    }
}
