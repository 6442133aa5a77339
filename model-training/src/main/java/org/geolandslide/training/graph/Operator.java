package org.geolandslide.training.graph;

import java.util.List;
import java.util.Map;

/** An ONNX operator with its attributes: what a node does, apart from what it is wired to. */
public interface Operator {
    /** Domain of ONNX Runtime's own operators, which training graphs use and exported models must not. */
    String MICROSOFT = "com.microsoft";

    /** {@code op_type} of the node. */
    String type();

    /** Operator set that defines the type; empty for the ONNX standard. */
    default String domain() {
        return "";
    }

    /** Attributes by name: {@link Long}, {@link Float}, {@link String} or {@code List<Long>}. */
    default Map<String, Object> attributes() {
        return Map.of();
    }

    /**
     * Types and shapes of the outputs.
     *
     * @param inputs inputs of the node
     * @return one entry per output, {@link Tensor#ABSENT} for an output that the node leaves out; the names are not read
     * @throws IllegalArgumentException if the operator cannot work on these inputs
     */
    List<Tensor> infer(List<Tensor> inputs);

    /** An output that is yet to be named. */
    static Tensor output(ElementType type, Shape shape) {
        return new Tensor("?", type, shape);
    }

    /** A float output that is yet to be named. */
    static Tensor output(Shape shape) {
        return output(ElementType.FLOAT, shape);
    }
}
