package org.geolandslide.training.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An ONNX graph under construction: inputs, parameters, constants and nodes, appended in an order in which they can be
 * computed. Every name is given once; a second tensor of the same name is refused.
 */
public final class Graph {
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final List<Tensor> inputs = new ArrayList<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final List<Constant> constants = new ArrayList<>();
    private final Map<List<Object>, Tensor> sharedConstants = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Tensor> outputs = new ArrayList<>();
    private final Map<String, Integer> counters = new HashMap<>();

    /** Declares an input that the caller feeds. */
    public Tensor input(String name, ElementType type, Shape shape) {
        Tensor tensor = register(new Tensor(name, type, shape));
        inputs.add(tensor);
        return tensor;
    }

    /**
     * Declares a weight.
     *
     * @throws IllegalArgumentException if the name is taken or the number of values does not fit the shape
     */
    public Tensor parameter(Parameter parameter) {
        register(parameter.tensor());
        parameters.put(parameter.name(), parameter);
        return parameter.tensor();
    }

    /** A constant tensor of floats. */
    public Tensor constant(Shape shape, float... values) {
        if (shape.elements() != values.length) {
            throw new IllegalArgumentException("a constant of shape " + shape + " has " + values.length + " values");
        }
        Tensor tensor = register(new Tensor(unique("constant"), ElementType.FLOAT, shape));
        constants.add(new Constant.Floats(tensor, values.clone()));
        return tensor;
    }

    /** A constant number; equal numbers share one tensor. */
    public Tensor scalar(float value) {
        return sharedConstants.computeIfAbsent(List.of(value), key -> constant(Shape.scalar(), value));
    }

    /** A constant vector of 64-bit integers; equal vectors share one tensor. */
    public Tensor longs(long... values) {
        List<Object> key = new ArrayList<>();
        for (long value : values) {
            key.add(value);
        }
        return sharedConstants.computeIfAbsent(key, absent -> {
            Tensor tensor = register(new Tensor(unique("constant"), ElementType.INT64, Shape.of(values.length)));
            constants.add(new Constant.Longs(tensor, values.clone()));
            return tensor;
        });
    }

    /** Appends a node and returns its only output. */
    public Tensor apply(Operator operator, Tensor... operands) {
        List<Tensor> results = applyAll(operator, operands);
        if (results.size() != 1) {
            throw new IllegalArgumentException(operator.type() + " has " + results.size() + " outputs, not one");
        }
        return results.get(0);
    }

    /** Appends a node and returns all its outputs. */
    public List<Tensor> applyAll(Operator operator, Tensor... operands) {
        List<Tensor> results = new ArrayList<>();
        for (Tensor inferred : infer(operator, operands)) {
            results.add(
                    inferred.isAbsent()
                            ? Tensor.ABSENT
                            : register(new Tensor(unique(operator.type()), inferred.type(), inferred.shape())));
        }
        nodes.add(new Node(operator, List.of(operands), results));
        return Collections.unmodifiableList(results);
    }

    /** Appends a node whose only output has the given name. */
    public Tensor applyNamed(String name, Operator operator, Tensor... operands) {
        List<Tensor> inferred = infer(operator, operands);
        if (inferred.size() != 1) {
            throw new IllegalArgumentException(operator.type() + " has " + inferred.size() + " outputs, not one");
        }
        Tensor result = register(
                new Tensor(name, inferred.get(0).type(), inferred.get(0).shape()));
        nodes.add(new Node(operator, List.of(operands), List.of(result)));
        return result;
    }

    private List<Tensor> infer(Operator operator, Tensor... operands) {
        for (Tensor operand : operands) {
            if (!operand.isAbsent() && !operand.equals(tensors.get(operand.name()))) {
                throw new IllegalArgumentException(operand + " is not a tensor of this graph");
            }
        }
        return operator.infer(List.of(operands));
    }

    /** Declares a tensor to be an output of the graph. */
    public void output(Tensor tensor) {
        if (!tensor.equals(tensors.get(tensor.name()))) {
            throw new IllegalArgumentException(tensor + " is not a tensor of this graph");
        }
        outputs.add(tensor);
    }

    private Tensor register(Tensor tensor) {
        Tensor present = tensors.putIfAbsent(tensor.name(), tensor);
        if (present != null) {
            throw new IllegalArgumentException("the graph already has a tensor " + present + ", refused " + tensor);
        }
        return tensor;
    }

    private String unique(String prefix) {
        String name;
        do {
            name = prefix + "_" + counters.merge(prefix, 1, Integer::sum);
        } while (tensors.containsKey(name));
        return name;
    }

    public List<Tensor> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    /** Parameters in the order of their declaration. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters.values());
    }

    public List<Constant> constants() {
        return Collections.unmodifiableList(constants);
    }

    /** Nodes in an order in which they can be computed. */
    public List<Node> nodes() {
        return Collections.unmodifiableList(nodes);
    }

    public List<Tensor> outputs() {
        return Collections.unmodifiableList(outputs);
    }
}
