package org.geolandslide.training.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns graphs into ONNX models. */
public final class OnnxModels {
    /** IR version 8 goes with operator set 17. */
    private static final long IR_VERSION = 8;

    private static final long OPERATOR_SET = 17;
    private static final String[] IMAGE_DIMENSIONS = {"N", "C", "H", "W"};

    private OnnxModels() {}

    /** A model that takes its parameters as inputs: the form that a training session feeds from its checkpoint. */
    public static ModelProto withParametersAsInputs(Graph graph) {
        GraphProto.Builder builder = common(graph);
        graph.parameters().forEach(parameter -> builder.addInput(valueInfo(parameter.tensor())));
        return model(builder);
    }

    /** A model that holds its parameters' initial values. */
    public static ModelProto withParametersInside(Graph graph) {
        GraphProto.Builder builder = common(graph);
        graph.parameters()
                .forEach(parameter -> builder.addInitializer(tensor(parameter.tensor(), parameter.initial())));
        return model(builder);
    }

    /** A model around a finished graph. */
    static ModelProto model(GraphProto.Builder graph) {
        boolean microsoft =
                graph.getNodeList().stream().anyMatch(node -> node.getDomain().equals(Operator.MICROSOFT));
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("geolandslide")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(graph);
        if (microsoft) {
            model.addOpsetImport(OperatorSetIdProto.newBuilder()
                    .setDomain(Operator.MICROSOFT)
                    .setVersion(1));
        }
        return model.build();
    }

    private static GraphProto.Builder common(Graph graph) {
        GraphProto.Builder builder = GraphProto.newBuilder().setName("landslide");
        graph.inputs().forEach(input -> builder.addInput(valueInfo(input)));
        graph.constants().forEach(constant -> builder.addInitializer(tensor(constant)));
        graph.nodes().forEach(node -> builder.addNode(node(node)));
        // Some gradient operators read the size of their result from its declaration.
        graph.nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .filter(output -> !output.isAbsent()
                        && output.shape().isStatic()
                        && !graph.outputs().contains(output))
                .forEach(output -> builder.addValueInfo(valueInfo(output)));
        graph.outputs().forEach(output -> builder.addOutput(valueInfo(output)));
        return builder;
    }

    private static NodeProto node(Node node) {
        NodeProto.Builder builder = NodeProto.newBuilder()
                .setOpType(node.operator().type())
                .setDomain(node.operator().domain())
                .setName(
                        node.output(0).isAbsent()
                                ? node.operator().type() + "/"
                                        + node.outputs().stream()
                                                .filter(output -> !output.isAbsent())
                                                .findFirst()
                                                .orElseThrow()
                                                .name()
                                : node.output(0).name());
        node.inputs().forEach(input -> builder.addInput(input.name()));
        node.outputs().forEach(output -> builder.addOutput(output.name()));
        for (Map.Entry<String, Object> attribute : new TreeMap<>(node.operator().attributes()).entrySet()) {
            builder.addAttribute(attribute(attribute.getKey(), attribute.getValue()));
        }
        return builder.build();
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder builder = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long integer) {
            builder.setType(AttributeProto.AttributeType.INT).setI(integer);
        } else if (value instanceof Float number) {
            builder.setType(AttributeProto.AttributeType.FLOAT).setF(number);
        } else if (value instanceof String text) {
            builder.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
        } else if (value instanceof List<?> integers) {
            builder.setType(AttributeProto.AttributeType.INTS);
            for (Object integer : integers) {
                builder.addInts((Long) integer);
            }
        } else {
            throw new IllegalArgumentException("attribute " + name + " has the type " + value.getClass());
        }
        return builder.build();
    }

    /** Declaration of a tensor; unknown sizes of images get the names N, C, H, W. */
    static ValueInfoProto valueInfo(Tensor tensor) {
        return ValueInfoProto.newBuilder()
                .setName(tensor.name())
                .setType(TypeProto.newBuilder().setTensorType(tensorType(tensor)))
                .build();
    }

    private static TypeProto.Tensor tensorType(Tensor tensor) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int i = 0; i < tensor.shape().rank(); i++) {
            long size = tensor.shape().size(i);
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            if (size != Shape.ANY) {
                dimension.setDimValue(size);
            } else if (tensor.shape().rank() == IMAGE_DIMENSIONS.length) {
                dimension.setDimParam(IMAGE_DIMENSIONS[i]);
            }
            shape.addDim(dimension);
        }
        return TypeProto.Tensor.newBuilder()
                .setElemType(dataType(tensor.type()).getNumber())
                .setShape(shape)
                .build();
    }

    static TensorProto.DataType dataType(ElementType type) {
        return switch (type) {
            case FLOAT -> TensorProto.DataType.FLOAT;
            case INT64 -> TensorProto.DataType.INT64;
            case BOOL -> TensorProto.DataType.BOOL;
        };
    }

    private static TensorProto tensor(Constant constant) {
        if (constant instanceof Constant.Floats floats) {
            return tensor(floats.tensor(), floats.values());
        }
        Constant.Longs longs = (Constant.Longs) constant;
        ByteBuffer bytes =
                ByteBuffer.allocate(longs.values().length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(longs.values());
        return tensorBuilder(longs.tensor())
                .setRawData(ByteString.copyFrom(bytes))
                .build();
    }

    private static TensorProto tensor(Tensor tensor, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensorBuilder(tensor).setRawData(ByteString.copyFrom(bytes)).build();
    }

    private static TensorProto.Builder tensorBuilder(Tensor tensor) {
        return TensorProto.newBuilder()
                .setName(tensor.name())
                .setDataType(dataType(tensor.type()).getNumber())
                .addAllDims(tensor.shape().sizes());
    }
}
