package org.geolandslide.training.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDeviceTests {
    @TempDir
    private Path folder;

    @Test
    void devices_are_read_as_they_are_written() {
        assertThat(TrainingDevice.parse("cpu")).isEqualTo(new TrainingDevice.Cpu());
        assertThat(TrainingDevice.parse("cuda")).isEqualTo(new TrainingDevice.Cuda(0));
        assertThat(TrainingDevice.parse("cuda:3")).isEqualTo(new TrainingDevice.Cuda(3));
        for (String device : List.of("cpu", "cuda:0", "cuda:12")) {
            assertThat(TrainingDevice.parse(device)).hasToString(device);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "auto", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:x", "cuda:1000", "cuda:0 "})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> TrainingDevice.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device is '" + text + "', expected cpu, cuda or cuda:n");
    }

    @Test
    void a_gpu_that_the_runtime_cannot_use_is_refused_with_what_it_has() {
        TrainingRuntime.environment();
        assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);
        assertThatThrownBy(() -> TrainingRuntime.environment(new TrainingDevice.Cuda(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the device cuda:1 was asked for, but this ONNX Runtime has only [CPU")
                .hasMessageContaining("docs/gpu.md");
    }

    @Test
    void native_libraries_come_together_into_one_folder_and_go_again() throws Exception {
        Path natives = Files.createDirectory(folder.resolve("natives"));
        assertThat(NativeLibraries.CPU.arePresent()).isTrue();
        NativeLibraries.CPU.unpack(natives);
        try (Stream<Path> files = Files.list(natives)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("libonnxruntime.so", "libonnxruntime4j_jni.so");
        }
        NativeLibraries.CPU.remove(natives);
        assertThat(natives).doesNotExist();
    }

    @Test
    void the_libraries_for_gpus_are_only_there_whole() throws Exception {
        if (!NativeLibraries.CUDA.arePresent()) {
            Path natives = Files.createDirectory(folder.resolve("natives"));
            assertThatThrownBy(() -> NativeLibraries.CUDA.unpack(natives))
                    .hasMessageContaining("/org/bytedeco/onnxruntime/linux-x86_64-gpu/")
                    .hasMessageContaining("on the class path");
        }
    }
}
