package org.geolandslide.segmentation.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.lang.ref.Cleaner;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.geolandslide.model.InvalidPackageException;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.PackageVerifier;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.RasterGrid;

/**
 * A model that has reproduced its golden sample and is ready to run. Shared by any number of lazy images and threads; its
 * native memory is freed when nobody refers to it any more, since nobody can say when the last image has been read.
 */
public final class ModelSession {
    private static final Cleaner CLEANER = Cleaner.create();

    private final ModelDescription description;
    private final String checksum;
    private final Device device;
    private final OrtSession session;
    private final int threads;
    private final int lanes;
    private final EngineSettings settings;
    private final RunGate gate;
    private final BatchBuffersPool buffers;
    private final Cleaner.Cleanable released;
    private final Map<BatchBuffers.Shape, Integer> batches = new HashMap<>();

    /** Segmentations that are about to begin, and measure first. */
    private final AtomicInteger measuring = new AtomicInteger();

    private ModelSession(
            ModelPackage model, Device device, OrtSession session, int threads, int lanes, EngineSettings settings) {
        this.description = model.description();
        this.checksum = model.checksum();
        this.device = device;
        this.session = session;
        this.threads = threads;
        this.lanes = lanes;
        this.settings = settings;
        this.gate = new RunGate(settings.runs(), lanes, settings.queue());
        // A segmentation fills one while the others run.
        this.buffers = new BatchBuffersPool(description.inputs(), Lanes.buffersOf(lanes) * settings.runs());
        this.released = CLEANER.register(this, () -> close(session));
    }

    /**
     * Loads a model with the settings of this process ({@link EngineSettings#ofSystem()}).
     *
     * @param device where it shall run; one that is asked for by name and is not there is an error
     * @throws InvalidPackageException if the model does not load or does not reproduce its golden sample
     * @throws SegmentationException if the device is not there
     */
    public static ModelSession open(ModelPackage model, Device device) throws InvalidPackageException {
        return open(model, device, EngineSettings.ofSystem());
    }

    /**
     * Loads a model.
     *
     * @param device where it shall run; one that is asked for by name and is not there is an error
     * @throws InvalidPackageException if the model does not load or does not reproduce its golden sample
     * @throws SegmentationException if the device is not there
     */
    public static ModelSession open(ModelPackage model, Device device, EngineSettings settings)
            throws InvalidPackageException {
        if (device instanceof Device.Auto) {
            if (hasCuda()) {
                try {
                    return load(model, new Device.Cuda(0), settings);
                } catch (SegmentationException e) {
                    // The runtime has CUDA but this machine has no GPU that it can use; auto means that this is
                    // allowed.
                    return load(model, new Device.Cpu(), settings);
                }
            }
            return load(model, new Device.Cpu(), settings);
        }
        if (device instanceof Device.Cuda && !hasCuda()) {
            throw new SegmentationException("the device " + device
                    + " was asked for, but this ONNX Runtime has only " + OrtEnvironment.getAvailableProviders()
                    + "; put onnxruntime_gpu on the class path instead of onnxruntime");
        }
        return load(model, device, settings);
    }

    private static boolean hasCuda() {
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }

    private static ModelSession load(ModelPackage model, Device device, EngineSettings settings)
            throws InvalidPackageException {
        int threads = settings.threads() > 0
                ? settings.threads()
                : Runtime.getRuntime().availableProcessors();
        if (!(device instanceof Device.Cpu)) {
            return load(model, device, settings, threads, Math.max(1, settings.lanes()));
        }
        return settings.lanes() > 0
                ? load(model, device, settings, threads, Math.min(threads, settings.lanes()))
                : Calibration.ofLanes(threads, lanes -> load(model, device, settings, threads, lanes));
    }

    private static ModelSession load(ModelPackage model, Device device, EngineSettings settings, int threads, int lanes)
            throws InvalidPackageException {
        OrtSession session;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(device instanceof Device.Cpu ? threads / lanes : threads);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (device instanceof Device.Cuda cuda) {
                addCuda(options, cuda);
            }
            session = OrtEnvironment.getEnvironment().createSession(model.model(), options);
        } catch (OrtException e) {
            if (device instanceof Device.Cuda) {
                // ONNX Runtime touches the GPU only now.
                throw cannotBeUsed(device, e);
            }
            throw new InvalidPackageException(
                    "model '" + model.description().name() + "' cannot be loaded on " + device + ": " + e.getMessage(),
                    e);
        }
        try {
            PackageVerifier.verify(model, session);
        } catch (InvalidPackageException | RuntimeException e) {
            close(session);
            throw e;
        }
        return new ModelSession(model, device, session, threads, lanes, settings);
    }

    private static void addCuda(OrtSession.SessionOptions options, Device.Cuda device) {
        try {
            options.addCUDA(device.index());
        } catch (OrtException e) {
            throw cannotBeUsed(device, e);
        }
    }

    private static SegmentationException cannotBeUsed(Device device, OrtException cause) {
        return new SegmentationException("the device " + device + " cannot be used: " + cause.getMessage(), cause);
    }

    /** Frees the native memory of a session that nobody will use. */
    void discard() {
        released.clean();
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session could not be closed", e);
        }
    }

    /** What the model's package says. */
    public ModelDescription description() {
        return description;
    }

    /** Multihash of the model file. */
    public String checksum() {
        return checksum;
    }

    /** Where the model runs. */
    public Device device() {
        return device;
    }

    /** Threads on which a segmentation runs the model on the processor, those of all lanes together. */
    public int threads() {
        return threads;
    }

    /** Runs of the model beside each other that a segmentation makes. */
    public int lanes() {
        return lanes;
    }

    /** The limits that hold for segmentations with this model. */
    public EngineSettings settings() {
        return settings;
    }

    /**
     * Whether work is going on, waiting for its turn or about to begin. A segmentation whose pixels are read bit by bit is at work while
     * windows are wanted, and not while its reader rests.
     */
    public boolean isBusy() {
        return measuring.get() > 0 || gate.isBusy();
    }

    /** Refuses rasters above the limit. */
    void requireSize(RasterGrid grid) {
        long pixels = (long) grid.width() * grid.height();
        if (pixels > settings.maximumPixels()) {
            throw new SegmentationException(String.format(
                    Locale.ROOT,
                    "the raster has %,d x %,d = %,d pixels, expected at most %,d (landslide.maximumPixels); a region makes it"
                            + " smaller",
                    grid.width(),
                    grid.height(),
                    pixels,
                    settings.maximumPixels()));
        }
    }

    /** Who may run. */
    RunGate gate() {
        return gate;
    }

    /** Native memory for runs. */
    BatchBuffersPool buffers() {
        return buffers;
    }

    /**
     * How many windows are to run together: what was set, else what is fastest, measured once per size where there are windows enough.
     *
     * @param size side of a window in pixels
     * @param windows windows over the whole raster
     */
    int batchFor(int size, long windows, List<String> outputs) {
        if (settings.batch() > 0) {
            return settings.batch();
        }
        if (windows < Calibration.WINDOWS_WORTH_MEASURING) {
            return (int) Math.min(windows, Calibration.UNMEASURED_BATCH);
        }
        measuring.incrementAndGet();
        try {
            synchronized (batches) {
                BatchBuffers.Shape one = new BatchBuffers.Shape(1, size, outputs);
                Integer known = batches.get(one);
                int batch = known == null ? Calibration.ofBatch(this, one) : known;
                batches.put(one, batch);
                return batch;
            }
        } finally {
            measuring.decrementAndGet();
        }
    }

    /** Version of the ONNX Runtime. */
    public static String runtimeVersion() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    /** Where this ONNX Runtime can run models: {@code CPU}, {@code CUDA}, ... */
    public static List<String> providers() {
        return OrtEnvironment.getAvailableProviders().stream()
                .map(OrtProvider::name)
                .sorted()
                .toList();
    }

    /** What is done with one output of a run. */
    @FunctionalInterface
    public interface OutputReader {
        /** Takes an output; its values lie row-major from position 0. */
        void read(String name, FloatBuffer values);
    }

    /**
     * Runs the model in place: it reads the inputs and writes the buffers' outputs.
     *
     * @param inputs per model input the values of at least so many windows from position 0
     * @param count windows
     */
    void run(BatchBuffers target, Map<String, FloatBuffer> inputs, int count) {
        int size = target.shape().size();
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        Map<String, OnnxTensor> results = new LinkedHashMap<>();
        try {
            putInputs(inputs, count, size, size, tensors);
            for (String output : target.shape().outputs()) {
                long[] shape = output.equals(ModelOutput.DETECTION)
                        ? new long[] {count, 1}
                        : new long[] {count, 1, size, size};
                results.put(output, tensor(target.output(output), shape));
            }
            try (OrtSession.Result result = session.run(tensors, Set.of(), results)) {
                if (result.size() != results.size()) {
                    throw new SegmentationException("model '" + description.name() + "' gave " + result.size()
                            + " outputs, expected " + results.keySet());
                }
            }
        } catch (OrtException e) {
            throw new SegmentationException("model '" + description.name() + "' failed: " + e.getMessage(), e);
        } finally {
            results.values().forEach(OnnxTensor::close);
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private void putInputs(
            Map<String, FloatBuffer> inputs, int batch, int height, int width, Map<String, OnnxTensor> tensors)
            throws OrtException {
        for (ModelInput input : description.inputs()) {
            FloatBuffer values = inputs.get(input.name());
            if (values == null) {
                throw new IllegalArgumentException("nothing is fed to the input " + input.name());
            }
            long[] shape = {batch, input.bands().size(), height, width};
            tensors.put(input.name(), tensor(values, shape));
        }
    }

    /** A tensor over the first values of a buffer, which it shares. */
    private static OnnxTensor tensor(FloatBuffer values, long[] shape) throws OrtException {
        int count = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        return OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), values.duplicate().clear().limit(count), shape);
    }

    /**
     * Runs the model.
     *
     * @param inputs per model input a direct buffer with {@code batch * bands * height * width} values from position 0
     * @param outputs names of the outputs that are wanted
     * @param reader is given each output; the buffer is valid during the call only
     */
    public void run(
            Map<String, FloatBuffer> inputs,
            int batch,
            int height,
            int width,
            List<String> outputs,
            OutputReader reader) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            putInputs(inputs, batch, height, width, tensors);
            try (OrtSession.Result result = session.run(tensors, new LinkedHashSet<>(outputs))) {
                for (var output : result) {
                    FloatBuffer values = ((OnnxTensor) output.getValue()).getFloatBuffer();
                    boolean perWindow = output.getKey().equals(ModelOutput.DETECTION);
                    long expected = perWindow ? batch : (long) batch * height * width;
                    if (values.remaining() != expected) {
                        throw new SegmentationException("model '" + description.name() + "' gave "
                                + values.remaining() + " values of '" + output.getKey() + "' for " + batch
                                + " windows of " + height + " x " + width + " pixels, expected one per "
                                + (perWindow ? "window" : "pixel"));
                    }
                    reader.read(output.getKey(), values);
                }
            }
        } catch (OrtException e) {
            throw new SegmentationException("model '" + description.name() + "' failed: " + e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }
}
