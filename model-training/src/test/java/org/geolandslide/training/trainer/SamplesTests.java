package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.training.SyntheticChips;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.split.UsedSample;
import org.geolandslide.training.split.UsedSamples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run writes down about its samples, and what it refuses. */
class SamplesTests {
    @TempDir
    private Path folder;

    private Path run;
    private final List<EpochMetrics> seen = new ArrayList<>();

    @BeforeEach
    void writeChips() throws IOException {
        run = folder.resolve("run");
        for (int i = 0; i < 8; i++) {
            SyntheticChips.write(folder.resolve("chips"), "c" + i, i);
        }
        Files.writeString(folder.resolve("training.txt"), "c0\nc1\nc2\nc3\n");
        Files.writeString(folder.resolve("validation.txt"), "c4\nc5\n");
    }

    private static TrainingConfig config() throws IOException {
        return ConfigFile.parse(
                """
                name: chips
                network: {width: 2, depth: 1, attention: false}
                input: {dem: false, opticalNodata: null}
                window: 32
                batch: 2
                epochs: 2
                threads: 1
                data:
                  training: [{format: chips, path: chips, list: training.txt}]
                  validation: [{format: chips, path: chips, list: validation.txt}]
                """,
                "chips.yaml");
    }

    private void train(boolean resume, int stopAfter) throws Exception {
        Trainer.train(config(), folder, run, resume, ShortTraining.listener(seen, stopAfter));
    }

    @Test
    void samples_are_written_before_the_first_step_and_go_into_the_package() throws Exception {
        RunFolder written = new RunFolder(run);
        Trainer.Listener stopped = new Trainer.Listener() {
            @Override
            public void startsFrom(Path source, int epoch, List<String> kept, List<String> anew) {}

            @Override
            public void begins(RunState state, TrainingConfig config) {
                throw new ShortTraining.PowerCut();
            }

            @Override
            public void step(int epoch, long done, long total) {}

            @Override
            public void epoch(EpochMetrics metrics, int epochs, double secondsLeft) {}
        };
        assertThatThrownBy(() -> Trainer.train(config(), folder, run, false, stopped))
                .isInstanceOf(ShortTraining.PowerCut.class);
        UsedSamples samples = written.readSamples();
        assertThat(samples).isEqualTo(UsedSamples.find(config().data(), folder));
        assertThat(samples.all())
                .extracting(UsedSample::toString)
                .containsExactly("chips: c0", "chips: c1", "chips: c2", "chips: c3", "chips: c4", "chips: c5");
        train(true, 0);
        ModelPackage model = Exporter.export(run, folder.resolve("chips.zip"));
        assertThat(model.samples()).contains(Files.readString(run.resolve("samples.csv")));
    }

    @Test
    void a_chip_in_both_lists_is_refused_before_anything_is_written() throws IOException {
        Files.writeString(folder.resolve("validation.txt"), "c4\nc3\n");
        assertThatThrownBy(() -> train(false, 0))
                .isInstanceOf(IOException.class)
                .hasMessage("training and validation share an image: chips: c3 and chips: c3 are the same");
        assertThat(run).doesNotExist();
    }

    @Test
    void a_run_does_not_go_on_with_another_chip() throws Exception {
        assertThatThrownBy(() -> train(false, 1)).isInstanceOf(ShortTraining.PowerCut.class);
        SyntheticChips.write(folder.resolve("chips"), "c2", 77);
        assertThatThrownBy(() -> train(true, 0))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the run was begun with other samples: 1 of 6 are not there or have changed")
                .hasMessageEndingWith("the first is chips: c2");
    }

    @Test
    void a_run_of_an_older_version_goes_on_and_writes_its_samples_down() throws Exception {
        assertThatThrownBy(() -> train(false, 1)).isInstanceOf(ShortTraining.PowerCut.class);
        Files.delete(run.resolve("samples.csv"));
        assertThat(Exporter.export(run, folder.resolve("old.zip")).samples()).isEmpty();
        train(true, 0);
        assertThat(new RunFolder(run).readSamples()).isEqualTo(UsedSamples.find(config().data(), folder));
    }
}
