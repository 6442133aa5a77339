package org.geolandslide.training.graph;

/**
 * A weight of a network.
 *
 * @param tensor name, type and static shape
 * @param initial values before training, row-major
 * @param trainable whether the optimiser changes it; running statistics are frozen parameters
 */
public record Parameter(Tensor tensor, float[] initial, boolean trainable) {
    public Parameter {
        if (initial.length != tensor.shape().elements()) {
            throw new IllegalArgumentException(
                    "parameter " + tensor + " needs " + tensor.shape().elements() + " values, not " + initial.length);
        }
    }

    public String name() {
        return tensor.name();
    }
}
