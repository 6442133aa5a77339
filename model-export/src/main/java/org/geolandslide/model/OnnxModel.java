package org.geolandslide.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What an ONNX file says of itself, read without running it. */
final class OnnxModel {
    private static final Set<String> STANDARD_DOMAINS = Set.of("", "ai.onnx", "ai.onnx.ml");

    private final ModelProto model;

    private OnnxModel(ModelProto model) {
        this.model = model;
    }

    static OnnxModel parse(byte[] content) throws InvalidPackageException {
        try {
            ModelProto model = ModelProto.parseFrom(content);
            if (!model.hasGraph()) {
                throw new InvalidPackageException("the ONNX model has no graph");
            }
            return new OnnxModel(model);
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidPackageException("the model is not ONNX: " + e.getMessage(), e);
        }
    }

    /**
     * Refuses models whose tensors lie in other files: a runtime would read any file that they name.
     */
    void requireSelfContained() throws InvalidPackageException {
        requireSelfContained(model);
    }

    private static void requireSelfContained(Message message) throws InvalidPackageException {
        if (message instanceof TensorProto tensor
                && (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
                        || !tensor.getExternalDataList().isEmpty())) {
            throw new InvalidPackageException("the ONNX model keeps the tensor '" + tensor.getName()
                    + "' in external data; expected it inside the file");
        }
        for (Object value : message.getAllFields().values()) {
            if (value instanceof Message child) {
                requireSelfContained(child);
            } else if (value instanceof List<?> children) {
                for (Object child : children) {
                    if (!(child instanceof Message element)) {
                        break;
                    }
                    requireSelfContained(element);
                }
            }
        }
    }

    /** Refuses operators outside the ONNX standard: another runtime could not run them. */
    void requireStandardOperators() throws InvalidPackageException {
        Set<String> foreign = new TreeSet<>();
        collectForeign(model, foreign);
        if (!foreign.isEmpty()) {
            throw new InvalidPackageException("the ONNX model uses operators outside the standard domains: " + foreign);
        }
    }

    private static void collectForeign(Message message, Set<String> foreign) {
        if (message instanceof TensorProto) {
            return;
        }
        if (message instanceof NodeProto node && !STANDARD_DOMAINS.contains(node.getDomain())) {
            foreign.add(node.getDomain() + "." + node.getOpType());
        }
        for (Object value : message.getAllFields().values()) {
            if (value instanceof Message child) {
                collectForeign(child, foreign);
            } else if (value instanceof List<?> children) {
                for (Object child : children) {
                    if (child instanceof Message element) {
                        collectForeign(element, foreign);
                    }
                }
            }
        }
    }

    /** Refuses a model whose inputs or outputs are not the described ones. */
    void requireInterface(ModelDescription description) throws InvalidPackageException {
        GraphProto graph = model.getGraph();
        Set<String> initializers = new HashSet<>();
        graph.getInitializerList().forEach(tensor -> initializers.add(tensor.getName()));
        Set<String> inputs = new TreeSet<>();
        for (ValueInfoProto input : graph.getInputList()) {
            if (!initializers.contains(input.getName())) {
                inputs.add(input.getName());
            }
        }
        Set<String> described = new TreeSet<>();
        description.inputs().forEach(input -> described.add(input.name()));
        if (!inputs.equals(described)) {
            throw new InvalidPackageException(
                    "item.json describes the inputs " + described + ", the ONNX model has " + inputs);
        }
        Set<String> outputs = new TreeSet<>();
        graph.getOutputList().forEach(output -> outputs.add(output.getName()));
        for (ModelOutput output : description.outputs()) {
            if (!outputs.contains(output.name())) {
                throw new InvalidPackageException(
                        "item.json describes the output '" + output.name() + "', the ONNX model has " + outputs);
            }
        }
        for (ValueInfoProto input : graph.getInputList()) {
            ModelInput expected = description.input(input.getName()).orElse(null);
            if (expected != null) {
                requireBands(input, expected.bands().size());
                requireSize(input, description.windowing());
            }
        }
    }

    /** A model whose images have one size is fed that size, and says so. */
    private static void requireSize(ValueInfoProto input, Windowing windowing) throws InvalidPackageException {
        var shape = input.getType().getTensorType().getShape();
        long height = shape.getDim(2).getDimValue();
        long width = shape.getDim(3).getDimValue();
        long expected = windowing.fixed() ? windowing.size() : 0;
        if (height != expected || width != expected) {
            throw new InvalidPackageException("the ONNX input '" + input.getName() + "' takes "
                    + (height > 0 || width > 0
                            ? "images of " + height + " x " + width + " pixels"
                            : "images of any size")
                    + ", item.json describes "
                    + (windowing.fixed()
                            ? "images of " + expected + " x " + expected + " pixels"
                            : "images of any size"));
        }
    }

    private static void requireBands(ValueInfoProto input, int bands) throws InvalidPackageException {
        var shape = input.getType().getTensorType().getShape();
        if (shape.getDimCount() != 4 || shape.getDim(1).getDimValue() != bands) {
            throw new InvalidPackageException("the ONNX input '" + input.getName() + "' has " + shape.getDimCount()
                    + " dimensions and "
                    + (shape.getDimCount() > 1 ? shape.getDim(1).getDimValue() : 0)
                    + " bands, item.json describes 4 dimensions and " + bands + " band(s)");
        }
    }
}
