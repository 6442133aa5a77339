package org.geolandslide.training.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;

/**
 * The parameters in an ONNX Runtime training checkpoint: a flatbuffer with the file identifier {@code ODTC}, version 2.
 * Checkpoints that a session saved hold the optimiser's moments, too; they are left to the session.
 *
 * @param trainable values by name of the parameters that the optimiser changes
 * @param frozen values by name of the others
 */
public record Checkpoint(Map<String, Weights> trainable, Map<String, Weights> frozen) {
    private static final String IDENTIFIER = "ODTC";
    private static final int VERSION = 2;
    /** {@code onnxruntime.fbs.TensorDataType.FLOAT}. */
    private static final int FLOAT = 1;

    // Slots of the tables' fields in ONNX Runtime's flatbuffer schema.
    private static final int CHECKPOINT_VERSION = 0;
    private static final int CHECKPOINT_MODULE = 1;
    private static final int MODULE_TRAINABLE = 0;
    private static final int MODULE_FROZEN = 1;
    private static final int TENSOR_NAME = 0;
    private static final int TENSOR_DIMENSIONS = 2;
    private static final int TENSOR_TYPE = 3;
    private static final int TENSOR_DATA = 4;

    /**
     * Values of one parameter.
     *
     * @param shape static shape
     * @param values row-major
     */
    public record Weights(Shape shape, float[] values) {}

    public Checkpoint {
        trainable = Map.copyOf(trainable);
        frozen = Map.copyOf(frozen);
    }

    /** The parameters of a graph before training. */
    public static Checkpoint initial(Graph graph) {
        Map<String, Weights> trainable = new LinkedHashMap<>();
        Map<String, Weights> frozen = new LinkedHashMap<>();
        for (Parameter parameter : graph.parameters()) {
            (parameter.trainable() ? trainable : frozen)
                    .put(parameter.name(), new Weights(parameter.tensor().shape(), parameter.initial()));
        }
        return new Checkpoint(trainable, frozen);
    }

    /** Writes the parameters, without optimiser state. */
    public void write(Path file) throws IOException {
        FlatBufferBuilder builder = new FlatBufferBuilder(1 << 20);
        int trainableVector = writeTensors(builder, trainable);
        int frozenVector = writeTensors(builder, frozen);
        builder.startTable(4);
        builder.addOffset(MODULE_TRAINABLE, trainableVector, 0);
        builder.addOffset(MODULE_FROZEN, frozenVector, 0);
        int module = builder.endTable();
        builder.startTable(4);
        builder.addInt(CHECKPOINT_VERSION, VERSION, 0);
        builder.addOffset(CHECKPOINT_MODULE, module, 0);
        builder.finish(builder.endTable(), IDENTIFIER);
        Files.write(file, builder.sizedByteArray());
    }

    private static int writeTensors(FlatBufferBuilder builder, Map<String, Weights> tensors) {
        int[] offsets = new int[tensors.size()];
        int i = 0;
        // Sorted, so that the same weights give the same file.
        for (Map.Entry<String, Weights> tensor : new TreeMap<>(tensors).entrySet()) {
            offsets[i++] = writeTensor(builder, tensor.getKey(), tensor.getValue());
        }
        return builder.createVectorOfTables(offsets);
    }

    private static int writeTensor(FlatBufferBuilder builder, String name, Weights weights) {
        ByteBuffer bytes =
                ByteBuffer.allocate(weights.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(weights.values());
        int data = builder.createByteVector(bytes);
        long[] sizes = weights.shape().toArray();
        builder.startVector(Long.BYTES, sizes.length, Long.BYTES);
        for (int d = sizes.length - 1; d >= 0; d--) {
            builder.addLong(sizes[d]);
        }
        int dimensions = builder.endVector();
        int nameOffset = builder.createString(name);
        builder.startTable(6);
        builder.addOffset(TENSOR_NAME, nameOffset, 0);
        builder.addOffset(TENSOR_DIMENSIONS, dimensions, 0);
        builder.addInt(TENSOR_TYPE, FLOAT, 0);
        builder.addOffset(TENSOR_DATA, data, 0);
        return builder.endTable();
    }

    /**
     * Reads the parameters of a checkpoint.
     *
     * @throws IOException if the file is not a checkpoint
     */
    public static Checkpoint read(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        try {
            FlatTable root = FlatTable.root(buffer, IDENTIFIER);
            if (root.integer(CHECKPOINT_VERSION) != VERSION) {
                throw new IOException(file + " is a checkpoint of version " + root.integer(CHECKPOINT_VERSION)
                        + ", expected " + VERSION);
            }
            FlatTable module = root.table(CHECKPOINT_MODULE);
            return new Checkpoint(
                    readTensors(module.tables(MODULE_TRAINABLE)), readTensors(module.tables(MODULE_FROZEN)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is not a training checkpoint: " + e.getMessage(), e);
        }
    }

    /**
     * The constants of an exported model that are floats, as trainable parameters: its parameters, and a few more under names of their own.
     *
     * @param model the ONNX file
     * @throws IOException if it is none
     */
    public static Checkpoint ofModel(byte[] model) throws IOException {
        Map<String, Weights> weights = new LinkedHashMap<>();
        for (TensorProto tensor : ModelProto.parseFrom(model).getGraph().getInitializerList()) {
            if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()
                    && !tensor.getRawData().isEmpty()) {
                FloatBuffer values = tensor.getRawData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
                float[] array = new float[values.remaining()];
                values.get(array);
                long[] sizes =
                        tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
                weights.put(tensor.getName(), new Weights(Shape.of(sizes), array));
            }
        }
        return new Checkpoint(weights, Map.of());
    }

    private static Map<String, Weights> readTensors(List<FlatTable> tables) {
        Map<String, Weights> tensors = new LinkedHashMap<>();
        for (FlatTable table : tables) {
            String name = table.text(TENSOR_NAME);
            if (table.integer(TENSOR_TYPE) != FLOAT) {
                throw new IllegalArgumentException("the tensor " + name + " is not of floats");
            }
            ByteBuffer data = table.bytes(TENSOR_DATA);
            float[] values = new float[data.remaining() / Float.BYTES];
            data.asFloatBuffer().get(values);
            tensors.put(name, new Weights(Shape.of(table.longs(TENSOR_DIMENSIONS)), values));
        }
        return tensors;
    }

    /**
     * The parameters with the values of another checkpoint where it has one of the same name and shape.
     *
     * @param kept is given the names of those parameters
     */
    public Checkpoint startingFrom(Checkpoint source, Consumer<String> kept) {
        Map<String, Weights> available = new LinkedHashMap<>(source.trainable);
        available.putAll(source.frozen);
        return new Checkpoint(replaced(trainable, available, kept), replaced(frozen, available, kept));
    }

    private static Map<String, Weights> replaced(
            Map<String, Weights> own, Map<String, Weights> available, Consumer<String> kept) {
        Map<String, Weights> result = new LinkedHashMap<>(own);
        result.replaceAll((name, weights) -> {
            Weights other = available.get(name);
            if (other == null || !other.shape().equals(weights.shape())) {
                return weights;
            }
            kept.accept(name);
            return other;
        });
        return result;
    }

    /**
     * The parameters a step of the way to another checkpoint of the same network: of a mean over {@code n - 1} checkpoints, with the share
     * {@code 1 / n}, the mean with one more.
     *
     * @param other the other checkpoint
     * @param share 0 for these values, 1 for the others
     * @throws IllegalArgumentException if the other one has no parameter of a name, or one of another shape
     */
    public Checkpoint towards(Checkpoint other, double share) {
        return new Checkpoint(between(trainable, other.trainable, share), between(frozen, other.frozen, share));
    }

    private static Map<String, Weights> between(Map<String, Weights> from, Map<String, Weights> to, double share) {
        Map<String, Weights> result = new LinkedHashMap<>(from);
        result.replaceAll((name, weights) -> {
            Weights other = to.get(name);
            if (other == null || !other.shape().equals(weights.shape())) {
                throw new IllegalArgumentException(
                        "there is no " + name + weights.shape() + " in the other checkpoint");
            }
            float[] values = weights.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (share * (other.values()[i] - values[i]));
            }
            return new Weights(weights.shape(), values);
        });
        return result;
    }

    /**
     * Refuses parameters that are not those of a graph.
     *
     * @param source where the checkpoint comes from, for the message
     * @throws IOException naming the first parameters that differ
     */
    public void requireFits(Graph graph, Path source) throws IOException {
        List<String> differences = new ArrayList<>();
        Map<String, Weights> present = new LinkedHashMap<>(trainable);
        present.putAll(frozen);
        for (Parameter parameter : graph.parameters()) {
            Weights weights = present.remove(parameter.name());
            if (weights == null) {
                differences.add("it lacks " + parameter.tensor());
            } else if (!weights.shape().equals(parameter.tensor().shape())) {
                differences.add(parameter.name() + " has the shape " + weights.shape() + " instead of "
                        + parameter.tensor().shape());
            }
        }
        present.forEach((name, weights) -> differences.add("it has " + name + weights.shape() + " on top"));
        if (!differences.isEmpty()) {
            int shown = Math.min(3, differences.size());
            throw new IOException(source + " is a checkpoint of another network: "
                    + String.join("; ", differences.subList(0, shown))
                    + (differences.size() > shown ? "; and " + (differences.size() - shown) + " more" : ""));
        }
    }
}
