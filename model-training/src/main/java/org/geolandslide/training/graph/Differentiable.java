package org.geolandslide.training.graph;

/** An operator with a gradient rule. */
public interface Differentiable extends Operator {
    /**
     * Emits the nodes that compute the gradients of the loss with respect to the inputs of one node.
     *
     * @param step the node, the gradient of its first output, and the place for the results
     */
    void differentiate(BackwardStep step);
}
