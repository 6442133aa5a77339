package org.geolandslide.training.operator;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.OnnxModels;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.runtime.TrainingRuntime;

/**
 * Runs a graph with its initial parameters in ONNX Runtime. The parameters are fed, as a training session feeds them: ONNX
 * Runtime merges equal initializers, and batch normalisation then moves its shift with its running mean.
 */
public final class GraphRunner {
    private GraphRunner() {}

    /** Values of the outputs of a graph with static shapes. */
    public static Map<String, float[]> run(Graph graph, Map<String, double[]> inputs) throws OrtException {
        return run(graph, inputs, 0, 0);
    }

    /** Values of the outputs of a graph for one image of the given size. */
    public static Map<String, float[]> run(Graph graph, Map<String, double[]> inputs, int height, int width)
            throws OrtException {
        OrtEnvironment environment = TrainingRuntime.environment();
        byte[] model = OnnxModels.withParametersAsInputs(graph).toByteArray();
        Map<String, OnnxTensor> feeds = new HashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(model, options)) {
            for (Tensor input : graph.inputs()) {
                long[] shape = input.shape().isStatic()
                        ? input.shape().toArray()
                        : new long[] {1, input.shape().size(1), height, width};
                feeds.put(
                        input.name(),
                        OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(narrow(inputs.get(input.name()))), shape));
            }
            for (Parameter parameter : graph.parameters()) {
                Shape shape = parameter.tensor().shape();
                feeds.put(
                        parameter.name(),
                        OnnxTensor.createTensor(
                                environment,
                                FloatBuffer.wrap(parameter.initial().clone()),
                                shape.toArray()));
            }
            try (OrtSession.Result result = session.run(feeds)) {
                Map<String, float[]> outputs = new LinkedHashMap<>();
                for (Map.Entry<String, OnnxValue> output : result) {
                    FloatBuffer buffer = ((OnnxTensor) output.getValue()).getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(output.getKey(), values);
                }
                return outputs;
            }
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    private static float[] narrow(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }
}
