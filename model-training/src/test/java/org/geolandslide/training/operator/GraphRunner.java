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
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.runtime.TrainingRuntime;

/** Runs a graph with its initial parameters in ONNX Runtime. */
public final class GraphRunner {
    private GraphRunner() {}

    /** Values of the graph's outputs. */
    public static Map<String, float[]> run(Graph graph, Map<String, double[]> inputs) throws OrtException {
        OrtEnvironment environment = TrainingRuntime.environment();
        byte[] model = OnnxModels.withParametersInside(graph).toByteArray();
        Map<String, OnnxTensor> feeds = new HashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(model, options)) {
            for (Tensor input : graph.inputs()) {
                double[] values = inputs.get(input.name());
                float[] narrow = new float[values.length];
                for (int i = 0; i < values.length; i++) {
                    narrow[i] = (float) values[i];
                }
                feeds.put(
                        input.name(),
                        OnnxTensor.createTensor(
                                environment,
                                FloatBuffer.wrap(narrow),
                                input.shape().toArray()));
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
}
