package org.geolandslide.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Models whose output is known by arithmetic, and packages of them. */
public enum TinyModel {
    /** probability = red / 255. */
    RED("red-share"),
    /** As RED, and attention = elevation in metres / 1000. */
    ATTENTIVE("attentive"),
    /** probability = elevation in metres / 1000. */
    ELEVATION("elevation-share"),
    /** probability = mean of red / 255 over 9 x 9 pixels, zeros around the window. */
    BLURRED_RED("blurred-red"),
    /** probability = column in the window / width of the window. */
    COLUMN("column"),
    /** As RED, and detection = mean of red / 255 over the window. */
    DETECTING("detecting"),
    /** As DETECTING, without a DEM. */
    DETECTING_OPTICAL("detecting-optical"),
    /** As RED, without a DEM. */
    OPTICAL("optical-only"),
    /** probability = mean of red / 255 over 9 x 9 pixels, zeros around the window; without a DEM. */
    BLURRED_OPTICAL("blurred-optical");

    private static final int BLUR = 9;

    private final String modelName;

    TinyModel(String modelName) {
        this.modelName = modelName;
    }

    /** Name of the model in its package. */
    public String modelName() {
        return modelName;
    }

    /** The ONNX file. */
    public byte[] onnx() {
        return proto().toByteArray();
    }

    ModelProto proto() {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName(modelName)
                .addInput(image("optical", 3))
                .addOutput(image("probability", 1))
                .addInitializer(floats("scale", List.of(), this == ELEVATION ? 0.001f : 1 / 255f))
                .addInitializer(floats("nothing", List.of(), 0))
                .addInitializer(floats("pick_red", List.of(1L, 3L, 1L, 1L), 1, 0, 0))
                .addInitializer(floats("zero", List.of(), 0))
                .addInitializer(floats("one", List.of(), 1));
        graph.addNode(node("Conv", "red", "optical", "pick_red"));
        graph.addNode(node("Mul", "no_red", "red", "nothing"));
        if (hasDem()) {
            graph.addInput(image("dem", 1));
        }
        graph.addNode(node("Mul", "no_dem", hasDem() ? "dem" : "red", "nothing"));
        switch (this) {
            case RED, ATTENTIVE, DETECTING, DETECTING_OPTICAL, OPTICAL ->
                graph.addNode(node("Add", "raw", "red", "no_dem"));
            case ELEVATION -> graph.addNode(node("Add", "raw", "dem", "no_red"));
            case BLURRED_RED, BLURRED_OPTICAL -> {
                float[] mean = new float[BLUR * BLUR];
                java.util.Arrays.fill(mean, 1f / mean.length);
                graph.addInitializer(floats("blur", List.of(1L, 1L, (long) BLUR, (long) BLUR), mean));
                graph.addNode(
                        node("Conv", "blurred", "red", "blur").toBuilder().addAttribute(integers("pads", 4, 4, 4, 4)));
                graph.addNode(node("Add", "raw", "blurred", "no_dem"));
            }
            case COLUMN -> {
                // The running sum of ones along the columns, divided by its last value.
                graph.addInitializer(TensorProto.newBuilder()
                        .setName("axis")
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addDims(1)
                        .addInt64Data(3)
                        .build());
                graph.addNode(node("Add", "nothing_at_all", "no_red", "no_dem"));
                graph.addNode(node("Add", "ones", "nothing_at_all", "one"));
                graph.addInitializer(TensorProto.newBuilder()
                        .setName("last_axis")
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addInt64Data(3)
                        .build());
                graph.addNode(node("CumSum", "columns", "ones", "last_axis"));
                graph.addNode(node("ReduceSum", "width", "ones", "axis"));
                graph.addNode(node("Div", "share", "columns", "width"));
                graph.addInitializer(floats("full", List.of(), 255));
                graph.addNode(node("Mul", "raw", "share", "full"));
            }
        }
        graph.addNode(node("Mul", "scaled", "raw", "scale"));
        graph.addNode(node("Clip", "probability", "scaled", "zero", "one"));
        if (this == ATTENTIVE) {
            graph.addInitializer(floats("per_kilometre", List.of(), 0.001f));
            graph.addNode(node("Mul", "attention", "dem", "per_kilometre"));
            graph.addOutput(image("attention", 1));
        }
        if (this == DETECTING || this == DETECTING_OPTICAL) {
            graph.addNode(node("ReduceMean", "detection", "probability").toBuilder()
                    .addAttribute(integers("axes", 2, 3))
                    .addAttribute(AttributeProto.newBuilder()
                            .setName("keepdims")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(0)));
            graph.addOutput(tensor("detection", "N", 1));
        }
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("test")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
                .setGraph(graph)
                .build();
    }

    private static NodeProto node(String type, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder builder =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            builder.addInts(value);
        }
        return builder.build();
    }

    static TensorProto floats(String name, List<Long> sizes, float... values) {
        TensorProto.Builder builder = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(sizes);
        for (float value : values) {
            builder.addFloatData(value);
        }
        return builder.build();
    }

    private static ValueInfoProto image(String name, long bands) {
        return tensor(name, "N", bands, "H", "W");
    }

    private static ValueInfoProto tensor(String name, Object... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object size : sizes) {
            if (size instanceof Number number) {
                shape.addDimBuilder().setDimValue(number.longValue());
            } else {
                shape.addDimBuilder().setDimParam(size.toString());
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

    private boolean hasDem() {
        return this != OPTICAL && this != BLURRED_OPTICAL && this != DETECTING_OPTICAL;
    }

    /** What the package's item says, for windows of a size and overlap. */
    public ModelDescription description(int window, int overlap) {
        return description(modelName, inputs(), window, overlap);
    }

    /** As {@link #description(int, int)}, under another name and with other words about its inputs. */
    public ModelDescription description(String name, List<ModelInput> inputs, int window, int overlap) {
        return new ModelDescription(
                name,
                "A model for tests, whose output is known by arithmetic",
                "arithmetic",
                inputs,
                outputs(),
                Map.of("random_state", 1, "optimizer", "none"),
                3,
                new Windowing(window, overlap, 4, BLUR, false, false),
                0.5,
                Map.of("datasets", List.of("none")),
                Map.of("f1", 0.5),
                "0.0.1",
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    /** What the model takes. */
    public List<ModelInput> inputs() {
        ModelInput optical = new ModelInput(
                "optical", List.of(optical("red"), optical("green"), optical("blue")), "Red, green, blue");
        Band elevation = new Band("elevation", "float32", "m", OptionalDouble.empty(), OptionalDouble.of(2));
        return hasDem() ? List.of(optical, new ModelInput("dem", List.of(elevation), "Elevation")) : List.of(optical);
    }

    private List<ModelOutput> outputs() {
        return switch (this) {
            case ATTENTIVE -> List.of(ModelOutput.probability(), ModelOutput.attention());
            case DETECTING, DETECTING_OPTICAL -> List.of(ModelOutput.probability(), ModelOutput.detection());
            default -> List.of(ModelOutput.probability());
        };
    }

    private static Band optical(String name) {
        return new Band(name, "uint8", "", OptionalDouble.empty(), OptionalDouble.of(2));
    }

    /** A golden sample of the model. */
    public GoldenSample golden() throws OrtException {
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        inputs.put("optical", ramp(3, 255));
        if (hasDem()) {
            inputs.put("dem", ramp(1, 900));
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx(), options)) {
            return new GoldenSample(inputs, PackageVerifier.run(session, inputs), 1e-4);
        }
    }

    private static FloatTensor ramp(int bands, float most) {
        float[] values = new float[bands * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = most * i / values.length;
        }
        return new FloatTensor(new long[] {1, bands, 8, 8}, values);
    }

    /** Writes a package of the model. */
    public Path write(Path file, int window, int overlap) throws IOException, OrtException {
        PackageWriter.write(file, description(window, overlap), onnx(), golden(), "# " + modelName + "\n");
        return file;
    }

    /** Names of all models. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (TinyModel model : values()) {
            names.add(model.modelName);
        }
        return names;
    }
}
