package org.geolandslide.training.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reverse-mode differentiation: walks the nodes of a graph backwards from the loss and appends, node by node, what the
 * operators' gradient rules emit. Where a tensor is used more than once its gradients are summed.
 */
public final class Gradients {
    private final Graph graph;
    private final Operator sum;
    private final Set<String> dependent = new HashSet<>();
    private final Map<String, List<Tensor>> collected = new HashMap<>();

    private Gradients(Graph graph, Operator sum) {
        this.graph = graph;
        this.sum = sum;
    }

    /**
     * Appends the backward pass.
     *
     * @param graph a graph whose shapes are static
     * @param loss a single number
     * @param sum operator that adds any number of tensors of one shape
     * @return the gradients of the trainable parameters
     * @throws IllegalStateException if an operator on the way has no gradient rule, or a trainable parameter gets no
     *     gradient
     */
    public static Gradients append(Graph graph, Tensor loss, Operator sum) {
        if (loss.shape().elements() != 1) {
            throw new IllegalArgumentException("the loss " + loss + " is not a single number");
        }
        Gradients gradients = new Gradients(graph, sum);
        gradients.findDependent();
        gradients.add(loss, graph.constant(loss.shape(), 1));
        List<Node> forward = List.copyOf(graph.nodes());
        for (int i = forward.size() - 1; i >= 0; i--) {
            gradients.visit(forward.get(i));
        }
        gradients.requireComplete();
        return gradients;
    }

    private void findDependent() {
        for (Parameter parameter : graph.parameters()) {
            if (parameter.trainable()) {
                dependent.add(parameter.name());
            }
        }
        for (Node node : graph.nodes()) {
            if (node.inputs().stream().anyMatch(this::dependsOnParameter)) {
                // Counts and indices carry no gradient.
                node.outputs().stream()
                        .filter(output -> output.type() == ElementType.FLOAT)
                        .forEach(output -> dependent.add(output.name()));
            }
        }
    }

    private void visit(Node node) {
        if (node.inputs().stream().noneMatch(this::dependsOnParameter)) {
            return;
        }
        Optional<Tensor> gradient = of(node.output(0));
        if (gradient.isEmpty()) {
            return; // the loss does not depend on this node
        }
        if (!(node.operator() instanceof Differentiable differentiable)) {
            throw new IllegalStateException(
                    "the operator " + node.operator().type() + " at " + node.output(0) + " has no gradient rule");
        }
        differentiable.differentiate(new BackwardStep(this, node, gradient.get()));
    }

    private void requireComplete() {
        for (Parameter parameter : graph.parameters()) {
            if (parameter.trainable()) {
                of(parameter);
            }
        }
    }

    /**
     * Gradient of the loss with respect to a trainable parameter.
     *
     * @throws IllegalStateException if there is none
     */
    public Tensor of(Parameter parameter) {
        return of(parameter.tensor())
                .orElseThrow(() ->
                        new IllegalStateException("the loss does not depend on the parameter " + parameter.tensor()));
    }

    Graph graph() {
        return graph;
    }

    boolean dependsOnParameter(Tensor tensor) {
        return dependent.contains(tensor.name());
    }

    void add(Tensor tensor, Tensor gradient) {
        collected.computeIfAbsent(tensor.name(), name -> new ArrayList<>()).add(gradient);
    }

    /** Sum of the gradients that reached a tensor. */
    Optional<Tensor> of(Tensor tensor) {
        List<Tensor> parts = collected.get(tensor.name());
        if (parts == null) {
            return Optional.empty();
        }
        if (parts.size() > 1) {
            Tensor total = graph.apply(sum, parts.toArray(Tensor[]::new));
            parts.clear();
            parts.add(total);
        }
        return Optional.of(parts.get(0));
    }
}
