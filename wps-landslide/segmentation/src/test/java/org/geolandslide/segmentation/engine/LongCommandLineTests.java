package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** ONNX Runtime 1.29 killed processes whose command line is long, as those of application servers are. */
class LongCommandLineTests {
    /** Entry point of the process. */
    static final class Main {
        public static void main(String[] arguments) {
            System.out.println("version " + OrtEnvironment.getEnvironment().getVersion());
        }
    }

    @Test
    void the_runtime_survives_a_long_command_line() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "-Dsome.option=value ".repeat(5_000))
                .redirectErrorStream(true);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains("version " + ModelSession.runtimeVersion());
    }
}
