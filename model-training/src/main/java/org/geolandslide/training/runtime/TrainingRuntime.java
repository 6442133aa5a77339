package org.geolandslide.training.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Loads the ONNX Runtime that can train. The classes come from ONNX Runtime's own artifact, whose native library lacks the
 * training API; a library of the same version that has it lies on the class path as a resource. It must be named before any
 * ONNX Runtime class loads, and one process holds one ONNX Runtime only.
 */
public final class TrainingRuntime {
    private static final String LIBRARY = "libonnxruntime.so.1";
    private static final String RESOURCE = "/org/bytedeco/onnxruntime/linux-x86_64/" + LIBRARY;
    /** Read by {@code ai.onnxruntime.OnnxRuntime} when it loads. */
    private static final String LIBRARY_PROPERTY = "onnxruntime.native.onnxruntime.path";

    private static @Nullable OrtEnvironment environment;

    private TrainingRuntime() {}

    /**
     * The environment, with training enabled. The first call unpacks the native library into a folder that is removed when
     * the process ends.
     *
     * @throws IllegalStateException if this platform has no library, it cannot be unpacked, or another ONNX Runtime was loaded
     *     before
     */
    public static synchronized OrtEnvironment environment() {
        // Not in a static initialiser: what fails there is an error that no command reports as one.
        OrtEnvironment loaded = environment;
        if (loaded == null) {
            loaded = load();
            environment = loaded;
        }
        return loaded;
    }

    private static OrtEnvironment load() {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        try (InputStream library = TrainingRuntime.class.getResourceAsStream(RESOURCE)) {
            if (library == null || !platform.equals("Linux amd64")) {
                throw new IllegalStateException(
                        "training needs ONNX Runtime's native library with training, which is here for Linux on amd64"
                                + " (glibc 2.34 or later) only; this is " + platform);
            }
            Path folder = Files.createTempDirectory("geolandslide-onnxruntime");
            Path file = folder.resolve(LIBRARY);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(file, folder)));
            Files.copy(library, file);
            System.setProperty(LIBRARY_PROPERTY, file.toString());
        } catch (IOException e) {
            throw new IllegalStateException("the native ONNX Runtime cannot be unpacked: " + e.getMessage(), e);
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        if (!environment.isTrainingEnabled()) {
            throw new IllegalStateException(
                    "an ONNX Runtime without training was loaded before; one process can hold one only");
        }
        return environment;
    }

    private static void remove(Path... paths) {
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // The process is ending and the folder is a temporary one: nobody is left to tell.
                return;
            }
        }
    }
}
