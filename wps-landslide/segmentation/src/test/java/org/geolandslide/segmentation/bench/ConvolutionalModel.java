package org.geolandslide.segmentation.bench;

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
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.geolandslide.model.Band;
import org.geolandslide.model.FloatTensor;
import org.geolandslide.model.GoldenSample;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.PackageVerifier;
import org.geolandslide.model.PackageWriter;
import org.geolandslide.model.Windowing;

/**
 * A network of 3 x 3 convolutions with random weights on red, green and blue: it finds nothing, and takes the time that networks take.
 *
 * @param layers convolutions, 1 or more; the last gives one channel
 * @param channels channels between them
 * @param window side of a window in pixels
 * @param overlap pixels that windows share
 */
record ConvolutionalModel(int layers, int channels, int window, int overlap) {
    private static final int BANDS = 3;
    private static final int KERNEL = 3;
    private static final int GOLDEN_SIDE = 16;

    /** Multiplications per pixel. */
    long multiplications() {
        long total = 0;
        for (int layer = 0; layer < layers; layer++) {
            total += (long) KERNEL * KERNEL * in(layer) * out(layer);
        }
        return total;
    }

    private int in(int layer) {
        return layer == 0 ? BANDS : channels;
    }

    private int out(int layer) {
        return layer == layers - 1 ? 1 : channels;
    }

    /** Writes a package of the model. */
    Path write(Path file) throws IOException, OrtException {
        byte[] onnx = onnx();
        Map<String, FloatTensor> inputs = Map.of("optical", golden());
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx, options)) {
            GoldenSample golden = new GoldenSample(inputs, PackageVerifier.run(session, inputs), 1e-4);
            PackageWriter.write(file, description(), onnx, golden, "# For measuring speed\n");
        }
        return file;
    }

    private static FloatTensor golden() {
        float[] values = new float[BANDS * GOLDEN_SIDE * GOLDEN_SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 255;
        }
        return new FloatTensor(new long[] {1, BANDS, GOLDEN_SIDE, GOLDEN_SIDE}, values);
    }

    private ModelDescription description() {
        List<Band> bands = List.of(band("red"), band("green"), band("blue"));
        return new ModelDescription(
                "convolutions-" + layers + "x" + channels,
                "Convolutions with random weights, for measuring speed",
                "convolutions",
                List.of(new ModelInput("optical", bands, "Red, green, blue")),
                List.of(ModelOutput.probability()),
                Map.of("layers", layers, "channels", channels),
                multiplications(),
                new Windowing(window, overlap, 1, 1 + layers * (KERNEL - 1), false, false),
                0.5,
                Map.of("datasets", List.of("none")),
                Map.of("f1", 0.0),
                "0.0.1",
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    private static Band band(String name) {
        return new Band(name, "uint8", "", OptionalDouble.empty(), OptionalDouble.of(1));
    }

    private byte[] onnx() {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("convolutions")
                .addInput(image("optical", BANDS))
                .addOutput(image("probability", 1))
                .addInitializer(floats("scale", new long[0], new float[] {1 / 255f}));
        SplittableRandom random = new SplittableRandom(1);
        graph.addNode(node("Mul", "scaled", "optical", "scale"));
        String previous = "scaled";
        for (int layer = 0; layer < layers; layer++) {
            int fanIn = KERNEL * KERNEL * in(layer);
            float[] weights = new float[fanIn * out(layer)];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (random.nextDouble(-1, 1) * Math.sqrt(6.0 / fanIn));
            }
            long[] shape = {out(layer), in(layer), KERNEL, KERNEL};
            graph.addInitializer(floats("weights" + layer, shape, weights));
            graph.addNode(node("Conv", "convolved" + layer, previous, "weights" + layer).toBuilder()
                    .addAttribute(AttributeProto.newBuilder()
                            .setName("pads")
                            .setType(AttributeProto.AttributeType.INTS)
                            .addAllInts(List.of(1L, 1L, 1L, 1L))));
            boolean last = layer == layers - 1;
            previous = last ? "probability" : "activated" + layer;
            graph.addNode(node(last ? "Sigmoid" : "Relu", previous, "convolved" + layer));
        }
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("bench")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static NodeProto node(String type, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    private static TensorProto floats(String name, long[] shape, float[] values) {
        TensorProto.Builder builder =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        for (long length : shape) {
            builder.addDims(length);
        }
        for (float value : values) {
            builder.addFloatData(value);
        }
        return builder.build();
    }

    private static ValueInfoProto image(String name, long bands) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimParam("N");
        shape.addDimBuilder().setDimValue(bands);
        shape.addDimBuilder().setDimParam("H");
        shape.addDimBuilder().setDimParam("W");
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
