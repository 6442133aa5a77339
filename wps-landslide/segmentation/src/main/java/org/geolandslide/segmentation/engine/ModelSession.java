package org.geolandslide.segmentation.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.lang.ref.Cleaner;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.geolandslide.model.InvalidPackageException;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.PackageVerifier;
import org.geolandslide.segmentation.SegmentationException;

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

    private ModelSession(ModelDescription description, String checksum, Device device, OrtSession session) {
        this.description = description;
        this.checksum = checksum;
        this.device = device;
        this.session = session;
        CLEANER.register(this, () -> close(session));
    }

    /**
     * Loads a model.
     *
     * @param device where it shall run; one that is asked for by name and is not there is an error
     * @throws InvalidPackageException if the model does not load or does not reproduce its golden sample
     * @throws SegmentationException if the device is not there
     */
    public static ModelSession open(ModelPackage model, Device device) throws InvalidPackageException {
        if (device instanceof Device.Auto) {
            if (hasCuda()) {
                try {
                    return load(model, new Device.Cuda(0));
                } catch (SegmentationException e) {
                    // The runtime has CUDA but this machine has no GPU that it can use; auto means that this is
                    // allowed.
                    return load(model, new Device.Cpu());
                }
            }
            return load(model, new Device.Cpu());
        }
        if (device instanceof Device.Cuda && !hasCuda()) {
            throw new SegmentationException("the device " + device
                    + " was asked for, but this ONNX Runtime has only " + OrtEnvironment.getAvailableProviders()
                    + "; put onnxruntime_gpu on the class path instead of onnxruntime");
        }
        return load(model, device);
    }

    private static boolean hasCuda() {
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }

    private static ModelSession load(ModelPackage model, Device device) throws InvalidPackageException {
        OrtSession session;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
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
        return new ModelSession(model.description(), model.checksum(), device, session);
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

    /** Version of the ONNX Runtime. */
    public static String runtimeVersion() {
        return OrtEnvironment.getEnvironment().getVersion();
    }

    /** What is done with one output of a run. */
    @FunctionalInterface
    public interface OutputReader {
        /** Takes an output; its values lie row-major from position 0. */
        void read(String name, FloatBuffer values);
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
            for (ModelInput input : description.inputs()) {
                FloatBuffer values = inputs.get(input.name());
                if (values == null) {
                    throw new IllegalArgumentException("nothing is fed to the input " + input.name());
                }
                int bands = input.bands().size();
                long[] shape = {batch, bands, height, width};
                FloatBuffer part = values.duplicate().clear().limit(Math.multiplyExact(batch * bands, height * width));
                tensors.put(input.name(), OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), part, shape));
            }
            try (OrtSession.Result result = session.run(tensors, new java.util.LinkedHashSet<>(outputs))) {
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
