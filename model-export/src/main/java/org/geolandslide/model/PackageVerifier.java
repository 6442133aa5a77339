package org.geolandslide.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the golden sample: the last check before a model may serve. */
public final class PackageVerifier {
    private PackageVerifier() {}

    /**
     * Runs the golden sample in a session of its own on the CPU.
     *
     * @return largest absolute difference to the expected output
     * @throws InvalidPackageException if the model cannot be loaded or does not reproduce its sample
     */
    public static double verify(ModelPackage model) throws InvalidPackageException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = OrtEnvironment.getEnvironment().createSession(model.model(), options)) {
            return verify(model, session);
        } catch (OrtException e) {
            throw new InvalidPackageException(
                    "model '" + model.description().name() + "' cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * Runs the golden sample in the session that will serve the model.
     *
     * @return largest absolute difference to the expected output
     * @throws InvalidPackageException if the difference is above the sample's tolerance
     */
    public static double verify(ModelPackage model, OrtSession session) throws InvalidPackageException {
        GoldenSample golden = model.golden();
        String name = model.description().name();
        Map<String, FloatTensor> found;
        try {
            found = run(session, golden.inputs());
        } catch (OrtException e) {
            throw new InvalidPackageException("model '" + name + "' fails on its golden sample: " + e.getMessage(), e);
        }
        if (!golden.outputs().containsKey(ModelOutput.PROBABILITY)) {
            throw new InvalidPackageException(
                    "the golden sample of '" + name + "' lacks the output '" + ModelOutput.PROBABILITY + "'");
        }
        for (ModelOutput output : model.description().outputs()) {
            requireShape(name, output, found, golden);
        }
        double largest = 0;
        for (Map.Entry<String, FloatTensor> expected : golden.outputs().entrySet()) {
            FloatTensor output = found.get(expected.getKey());
            if (output == null) {
                throw new InvalidPackageException("model '" + name + "' has no output '" + expected.getKey()
                        + "', which its golden sample expects");
            }
            if (!Arrays.equals(output.shape(), expected.getValue().shape())) {
                throw new InvalidPackageException("the output '" + expected.getKey() + "' of '" + name
                        + "' has the shape " + Arrays.toString(output.shape()) + ", its golden sample "
                        + Arrays.toString(expected.getValue().shape()));
            }
            double difference = output.largestDifference(expected.getValue());
            if (!(difference <= golden.tolerance())) {
                throw new InvalidPackageException("model '" + name + "' does not reproduce its golden sample: output '"
                        + expected.getKey() + "' differs by " + difference + ", allowed is " + golden.tolerance());
            }
            largest = Math.max(largest, difference);
        }
        return largest;
    }

    /**
     * Refuses an output that is not {@code [N, 1, H, W]} for inputs {@code [N, bands, H, W]}, or {@code [N, 1]} where there is one value
     * per window: the engine reads it so.
     */
    private static void requireShape(
            String model, ModelOutput described, Map<String, FloatTensor> found, GoldenSample golden)
            throws InvalidPackageException {
        String name = described.name();
        FloatTensor output = found.get(name);
        for (FloatTensor input : golden.inputs().values()) {
            long[] expected = input.shape().clone();
            if (expected.length == 4) {
                expected[1] = 1;
            }
            if (!described.isPerPixel()) {
                expected = new long[] {expected[0], 1};
            }
            if (output == null || !Arrays.equals(output.shape(), expected)) {
                throw new InvalidPackageException("the output '" + name + "' of '" + model + "' has the shape "
                        + (output == null ? "of nothing" : Arrays.toString(output.shape()))
                        + " on the golden sample, expected " + Arrays.toString(expected));
            }
        }
    }

    /**
     * Runs a session once on small tensors.
     *
     * @param inputs one tensor per input of the session
     * @return one tensor per output
     * @throws OrtException if an input is missing or has the wrong shape, or an output is no tensor of floats
     */
    public static Map<String, FloatTensor> run(OrtSession session, Map<String, FloatTensor> inputs)
            throws OrtException {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Map.Entry<String, FloatTensor> input : inputs.entrySet()) {
                FloatTensor value = input.getValue();
                tensors.put(
                        input.getKey(),
                        OnnxTensor.createTensor(
                                OrtEnvironment.getEnvironment(), FloatBuffer.wrap(value.values()), value.shape()));
            }
            Map<String, FloatTensor> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(tensors)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    if (!(output.getValue() instanceof OnnxTensor tensor)
                            || tensor.getInfo().type != OnnxJavaType.FLOAT) {
                        throw new OrtException("the output '" + output.getKey() + "' is "
                                + output.getValue().getInfo() + ", expected a tensor of floats");
                    }
                    FloatBuffer buffer = tensor.getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(
                            output.getKey(), new FloatTensor(tensor.getInfo().getShape(), values));
                }
            }
            return outputs;
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }
}
