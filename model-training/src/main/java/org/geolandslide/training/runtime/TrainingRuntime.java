package org.geolandslide.training.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.OnnxModels;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.operator.Relu;
import org.jspecify.annotations.Nullable;

/**
 * Loads the ONNX Runtime that can train. The classes come from ONNX Runtime's own artifact, whose native library lacks the
 * training API; a library of the same version that has it lies on the class path as a resource. It must be named before any
 * ONNX Runtime class loads, and one process holds one ONNX Runtime only.
 */
public final class TrainingRuntime {
    /** Read by {@code ai.onnxruntime.OnnxRuntime} when it loads. */
    private static final String FOLDER_PROPERTY = "onnxruntime.native.path";

    private static @Nullable OrtEnvironment environment;

    private TrainingRuntime() {}

    /**
     * The environment, with training enabled. The first call unpacks the native libraries for the processor into a temporary
     * folder and loads them.
     *
     * @throws IllegalStateException if this platform has no library, it cannot be unpacked, or another ONNX Runtime was loaded
     *     before
     */
    public static OrtEnvironment environment() {
        return environment(NativeLibraries.CPU);
    }

    /**
     * The environment, after the device was tried out. To train on a GPU, this must be the first call of the process.
     *
     * @throws IllegalStateException if the device is not there, or as {@link #environment()}
     */
    public static OrtEnvironment environment(TrainingDevice device) {
        if (!(device instanceof TrainingDevice.Cuda cuda)) {
            return environment();
        }
        OrtEnvironment loaded =
                environment(NativeLibraries.CUDA.arePresent() ? NativeLibraries.CUDA : NativeLibraries.CPU);
        requireUsable(loaded, cuda);
        return loaded;
    }

    private static synchronized OrtEnvironment environment(NativeLibraries libraries) {
        // Not in a static initialiser: what fails there is an error that no command reports as one.
        OrtEnvironment loaded = environment;
        if (loaded == null) {
            loaded = load(libraries);
            environment = loaded;
        }
        return loaded;
    }

    private static OrtEnvironment load(NativeLibraries libraries) {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!libraries.arePresent() || !platform.equals("Linux amd64")) {
            throw new IllegalStateException(
                    "training needs ONNX Runtime's native library with training, which is here for Linux on amd64"
                            + " (glibc 2.34 or later) only; this is " + platform);
        }
        OrtEnvironment environment;
        try {
            Path folder = Files.createTempDirectory("geolandslide-onnxruntime");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(libraries, folder)));
            libraries.unpack(folder);
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            environment = OrtEnvironment.getEnvironment();
            if (libraries.equals(NativeLibraries.CPU)) {
                // What is loaded stays loaded, and a process that is killed leaves nothing behind. CUDA's provider is
                // loaded later.
                libraries.remove(folder);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the native ONNX Runtime cannot be unpacked: " + e.getMessage(), e);
        }
        if (!environment.isTrainingEnabled()) {
            throw new IllegalStateException(
                    "an ONNX Runtime without training was loaded before; one process can hold one only");
        }
        return environment;
    }

    private static void remove(NativeLibraries libraries, Path folder) {
        try {
            libraries.remove(folder);
        } catch (IOException e) {
            // The process is ending and the folder is a temporary one: nobody is left to tell.
        }
    }

    /** Runs one node on a GPU: ONNX Runtime touches it only then. */
    private static void requireUsable(OrtEnvironment environment, TrainingDevice.Cuda device) {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new IllegalStateException("the device " + device + " was asked for, but this ONNX Runtime has only "
                    + OrtEnvironment.getAvailableProviders()
                    + "; training on a GPU needs the natives that 'mvn -Pgpu package' adds (docs/gpu.md)");
        }
        Graph graph = new Graph();
        graph.output(graph.apply(new Relu(), graph.input("x", ElementType.FLOAT, Shape.of(1))));
        byte[] model = OnnxModels.withParametersInside(graph).toByteArray();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            use(options, device);
            options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
            try (OrtSession session = environment.createSession(model, options);
                    OnnxTensor x = OnnxTensor.createTensor(environment, new float[] {1});
                    OrtSession.Result result = session.run(Map.of("x", x))) {
                float y = ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
                if (y != 1) {
                    throw new IllegalStateException("the device " + device + " computed Relu(1) = " + y);
                }
            }
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "the device " + device + " cannot be used: " + e.getMessage() + " (docs/gpu.md)", e);
        }
    }

    /** Lets a session run on a device; nodes that have no kernel there run on the processor. */
    static void use(OrtSession.SessionOptions options, TrainingDevice device) throws OrtException {
        if (device instanceof TrainingDevice.Cuda cuda) {
            // The method that takes a number is left out of ONNX Runtime's library for the processor, which this is.
            try (OrtCUDAProviderOptions provider = new OrtCUDAProviderOptions(cuda.index())) {
                options.addCUDA(provider);
            }
        }
    }
}
