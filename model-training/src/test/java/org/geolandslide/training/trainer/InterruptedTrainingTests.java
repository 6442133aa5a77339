package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.geolandslide.training.ChildJvm;
import org.geolandslide.training.SyntheticChips;
import org.geolandslide.training.command.TrainingMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that somebody stops with a signal, as Ctrl-C does. */
class InterruptedTrainingTests {
    /** 128 and the number of SIGTERM. */
    private static final int TERMINATED = 143;

    private static final String CHIPS =
            """
            name: interrupted-model
            seed: 3
            network: {width: 8, depth: 2}
            input: {dem: false}
            window: 32
            batch: 4
            epochs: 2000
            threads: 2
            augmentation: {mixup: 0, cutMix: 0}
            data:
              training: [{format: chips, path: chips}]
              validation: [{format: chips, path: others}]
            """;

    @TempDir
    private Path folder;

    private Process train() throws IOException {
        return ChildJvm.start(
                folder,
                256,
                folder.resolve("output.txt"),
                TrainingMain.class,
                "train",
                "--config",
                folder.resolve("config.yaml"),
                "--out",
                folder.resolve("run"),
                "--resume");
    }

    private RunFolder run() {
        return new RunFolder(folder.resolve("run"));
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    private void awaitEpoch(Process training, int epoch) throws Exception {
        while (training.isAlive() && !Files.exists(run().checkpoint(epoch))) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MILLISECONDS.sleep(20);
    }

    @Test
    void a_training_ends_between_two_steps_and_goes_on_where_it_was() throws Exception {
        for (int chip = 0; chip < 60; chip++) {
            SyntheticChips.write(folder.resolve(chip < 48 ? "chips" : "others"), "c" + chip, chip);
        }
        Files.writeString(folder.resolve("config.yaml"), CHIPS);
        for (int stop = 1; stop <= 3; stop++) {
            Process training = train();
            awaitEpoch(training, 2 * stop);
            training.destroy();

            assertThat(training.waitFor()).as("%s", output()).isEqualTo(TERMINATED);
            assertThat(Path.of("hs_err_pid" + training.pid() + ".log"))
                    .as("the virtual machine did not crash")
                    .doesNotExist();
            assertThat(run().readState().epochs()).isGreaterThanOrEqualTo(2 * stop - 1);
        }
        assertThat(output())
                .contains("stopping in good order", "; goes on after epoch ")
                .containsPattern("error: stopped in epoch \\d+ of 2000; what was finished is kept: --resume goes on");
    }
}
