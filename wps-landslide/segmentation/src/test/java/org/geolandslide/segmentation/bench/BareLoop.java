package org.geolandslide.segmentation.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelPackage;

/**
 * Nothing but {@code OrtSession.run}, again and again on the same tensors: no reading, no blending, no writing. What an engine could reach if
 * all that cost nothing.
 */
final class BareLoop implements AutoCloseable {
    private final OrtSession session;
    private final ModelDescription description;
    private final Map<Integer, Map<String, OnnxTensor>> tensors = new LinkedHashMap<>();

    BareLoop(ModelPackage model, int threads) throws OrtException {
        description = model.description();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = OrtEnvironment.getEnvironment().createSession(model.model(), options);
        }
    }

    /** Seconds for so many windows. */
    double seconds(long windows, int batch) throws OrtException {
        Map<String, OnnxTensor> inputs = inputs(batch);
        long rest = windows % batch;
        Map<String, OnnxTensor> last = rest == 0 ? inputs : inputs((int) rest);
        long start = System.nanoTime();
        for (long done = 0; done + batch <= windows; done += batch) {
            session.run(inputs).close();
        }
        if (rest > 0) {
            session.run(last).close();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private Map<String, OnnxTensor> inputs(int batch) throws OrtException {
        Map<String, OnnxTensor> known = tensors.get(batch);
        if (known != null) {
            return known;
        }
        Map<String, OnnxTensor> made = new LinkedHashMap<>();
        int size = description.windowing().size();
        for (ModelInput input : description.inputs()) {
            long[] shape = {batch, input.bands().size(), size, size};
            int count = batch * input.bands().size() * size * size;
            FloatBuffer values = ByteBuffer.allocateDirect(count * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int i = 0; i < count; i++) {
                values.put(i, 64 + i % 127);
            }
            made.put(input.name(), OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape));
        }
        tensors.put(batch, made);
        return made;
    }

    @Override
    public void close() throws OrtException {
        tensors.values().forEach(batch -> batch.values().forEach(OnnxTensor::close));
        session.close();
    }
}
