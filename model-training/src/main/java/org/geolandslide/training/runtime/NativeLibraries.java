package org.geolandslide.training.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The native libraries of ONNX Runtime with training, which lie on the class path as resources.
 *
 * @param files name of the file by that of the resource
 */
record NativeLibraries(Map<String, String> files) {
    /** For the processor. */
    static final NativeLibraries CPU = of("linux-x86_64");
    /** For the processor and for NVIDIA GPUs; on the class path only where the Maven profile {@code gpu} put it there. */
    static final NativeLibraries CUDA =
            of("linux-x86_64-gpu", "libonnxruntime_providers_shared.so", "libonnxruntime_providers_cuda.so");

    NativeLibraries {
        files = Map.copyOf(files);
    }

    private static NativeLibraries of(String platform, String... providers) {
        String jni = "libonnxruntime4j_jni.so";
        String natives = "/org/bytedeco/onnxruntime/" + platform + "/";
        Map<String, String> files = new HashMap<>();
        // ONNX Runtime's classes look for the names without a version, and for their own library beside the others.
        files.put("/ai/onnxruntime/native/linux-x64/" + jni, jni);
        files.put(natives + "libonnxruntime.so.1", "libonnxruntime.so");
        for (String provider : providers) {
            files.put(natives + provider, provider);
        }
        return new NativeLibraries(files);
    }

    /** Whether all of them are on the class path. */
    boolean arePresent() {
        return files.keySet().stream().allMatch(resource -> NativeLibraries.class.getResource(resource) != null);
    }

    /**
     * Copies them into one folder: a provider is looked for beside the library that loads it.
     *
     * @throws IOException if one is not on the class path or cannot be written
     */
    void unpack(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            try (InputStream library = NativeLibraries.class.getResourceAsStream(file.getKey())) {
                if (library == null) {
                    throw new IOException("there is no " + file.getKey() + " on the class path");
                }
                Files.copy(library, folder.resolve(file.getValue()));
            }
        }
    }

    /** Deletes what was unpacked, and the folder. */
    void remove(Path folder) throws IOException {
        for (String file : files.values()) {
            Files.deleteIfExists(folder.resolve(file));
        }
        Files.deleteIfExists(folder);
    }
}
