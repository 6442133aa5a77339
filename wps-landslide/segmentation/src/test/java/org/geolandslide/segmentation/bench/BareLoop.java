package org.geolandslide.segmentation.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelPackage;

/**
 * Nothing but {@code OrtSession.run}, again and again on the same tensors, on one thread or on several beside each other: no reading, no
 * blending, no writing. What an engine could reach if all that cost nothing.
 */
final class BareLoop implements AutoCloseable {
    private final OrtSession session;
    private final ModelDescription description;
    private final ExecutorService lanes;
    private final int laneCount;
    private final Map<Integer, Map<String, OnnxTensor>> tensors = new LinkedHashMap<>();

    /**
     * A loop.
     *
     * @param threads threads of all lanes together
     * @param laneCount runs beside each other
     */
    BareLoop(ModelPackage model, int threads, int laneCount) throws OrtException {
        this.laneCount = laneCount;
        description = model.description();
        lanes = Executors.newFixedThreadPool(laneCount);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads / laneCount);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = OrtEnvironment.getEnvironment().createSession(model.model(), options);
        }
    }

    /** Seconds for so many windows. */
    double seconds(long windows, int batch) throws OrtException {
        Map<String, OnnxTensor> inputs = inputs(batch);
        long rest = windows % batch;
        Map<String, OnnxTensor> last = rest == 0 ? inputs : inputs((int) rest);
        AtomicLong left = new AtomicLong(windows);
        long start = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int lane = 0; lane < laneCount; lane++) {
            running.add(lanes.submit(() -> {
                for (long own = left.getAndAdd(-batch); own > 0; own = left.getAndAdd(-batch)) {
                    session.run(own >= batch ? inputs : last).close();
                }
                return null;
            }));
        }
        for (Future<?> lane : running) {
            try {
                lane.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("the bare loop failed: " + e, e);
            }
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
        lanes.shutdown();
    }
}
