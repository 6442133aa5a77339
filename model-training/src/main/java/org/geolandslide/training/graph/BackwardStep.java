package org.geolandslide.training.graph;

/** One node on the way back: what its gradient rule reads and writes. */
public final class BackwardStep {
    private final Gradients gradients;
    private final Node node;
    private final Tensor outputGradient;

    BackwardStep(Gradients gradients, Node node, Tensor outputGradient) {
        this.gradients = gradients;
        this.node = node;
        this.outputGradient = outputGradient;
    }

    /** The graph to which the rule appends. */
    public Graph graph() {
        return gradients.graph();
    }

    public Tensor input(int index) {
        return node.input(index);
    }

    public Tensor output(int index) {
        return node.output(index);
    }

    /** Number of inputs that the node has. */
    public int inputs() {
        return node.inputs().size();
    }

    /** Gradient of the loss with respect to the node's first output. */
    public Tensor outputGradient() {
        return outputGradient;
    }

    /** Whether anything trainable depends on this input's gradient. */
    public boolean wants(int index) {
        return index < node.inputs().size() && gradients.dependsOnParameter(node.input(index));
    }

    /** Hands in the gradient with respect to an input; it must have the input's shape. */
    public void put(int index, Tensor gradient) {
        Tensor input = node.input(index);
        if (!gradient.shape().equals(input.shape())) {
            throw new IllegalStateException(node.operator().type() + " gave a gradient of shape " + gradient.shape()
                    + " for the input " + input);
        }
        gradients.add(input, gradient);
    }
}
