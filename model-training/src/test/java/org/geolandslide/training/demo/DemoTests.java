package org.geolandslide.training.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demonstration does with the folder of an earlier one; {@code make demo} runs the rest. */
class DemoTests {
    @TempDir
    private Path folder;

    @Test
    void a_run_of_the_demonstration_is_replaced_whichever_version_made_it() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run/artifacts")).getParent();
        Files.writeString(run.resolve("config.yaml"), "name: synthetic-fusion\nloss: {unheard: of}\n");
        Files.writeString(run.resolve("epoch-0001.ckpt"), "weights");
        Demo.removeOldRun(run);
        assertThat(run).doesNotExist();
    }

    @Test
    void a_run_that_was_stopped_before_it_began_is_replaced() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run/artifacts")).getParent();
        Files.writeString(run.resolve("artifacts/training_model.onnx"), "graph");
        Demo.removeOldRun(run);
        assertThat(run).doesNotExist();
        Demo.removeOldRun(run);
    }

    @Test
    void what_is_not_the_demonstrations_stays() throws IOException {
        Path run = Files.createDirectories(folder.resolve("run"));
        Path config = Files.writeString(run.resolve("config.yaml"), "name: precious\n");
        assertThatThrownBy(() -> Demo.removeOldRun(run))
                .isInstanceOf(IOException.class)
                .hasMessage(run + " holds something else; choose another folder for the demonstration");
        Files.delete(config);
        Path photographs = Files.writeString(run.resolve("photographs"), "of cats");
        assertThatThrownBy(() -> Demo.removeOldRun(run)).hasMessageContaining("holds something else");
        assertThat(photographs).exists();
    }
}
