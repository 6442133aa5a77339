package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.geolandslide.training.trainer.ShortTraining.best;
import static org.geolandslide.training.trainer.ShortTraining.config;
import static org.geolandslide.training.trainer.ShortTraining.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.geolandslide.training.ChildJvm;
import org.geolandslide.training.SyntheticChips;
import org.geolandslide.training.command.TrainingMain;
import org.geolandslide.training.runtime.Checkpoint;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings whose process ends at any moment, and what may lie in a run folder then. */
class KilledTrainingTests {
    private static final int EPOCHS = 12;
    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    private static final String CHIPS =
            """
            name: killed-model
            seed: 3
            network: {width: 8, depth: 2}
            input: {dem: false}
            window: 32
            batch: 4
            epochs: 12
            threads: 2
            augmentation: {mixup: 0, cutMix: 0}
            data:
              training: [{format: chips, path: chips}]
              validation: [{format: chips, path: others}]
            """;

    /** What a process that was killed may leave of files that were not finished. */
    private static final String UNFINISHED_STATE = ".landslide-6c1f-run.json";

    @TempDir
    private static Path folder;

    /** A run that was stopped after its second epoch. */
    private static Path stopped;

    @BeforeAll
    static void prepare() throws Exception {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(11, 256, 256)), folder.resolve("training"));
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(12, 192, 192)), folder.resolve("validation"));
        stopped = folder.resolve("stopped");
        assertThatThrownBy(() ->
                        Trainer.train(config("epochs: 3\n"), folder, stopped, false, listener(new ArrayList<>(), 2)))
                .isInstanceOf(ShortTraining.PowerCut.class);
    }

    /** Something that a run folder shows. */
    @FunctionalInterface
    private interface Sign {
        boolean isSeen(Path run) throws IOException;
    }

    /**
     * When a process is killed.
     *
     * @param name for messages
     * @param sign what is waited for
     * @param milliseconds how much longer
     */
    private record Moment(String name, Sign sign, int milliseconds) {}

    private static Sign file(String glob) {
        return run -> {
            if (!Files.isDirectory(run)) {
                return false;
            }
            try (Stream<Path> files = Files.list(run)) {
                var matcher = run.getFileSystem().getPathMatcher("glob:" + glob);
                return files.anyMatch(file -> matcher.matches(file.getFileName()));
            }
        };
    }

    private static Sign epochs(int epochs) {
        return run -> {
            try {
                return new RunFolder(run).isBegun()
                        && new RunFolder(run).readState().epochs() >= epochs;
            } catch (IOException e) {
                // The training that has just started takes away what the one before left half begun.
                return false;
            }
        };
    }

    /** A checkpoint or its unfinished file, which is there for a moment only. */
    private static Sign checkpoint(int epoch) {
        return file(String.format(Locale.ROOT, "{,.}epoch-%04d.ckpt{,.part}", epoch));
    }

    @Test
    void a_training_that_is_killed_again_and_again_comes_to_its_end() throws Exception {
        for (int chip = 0; chip < 60; chip++) {
            // Chips and no scenes: a process that reads no georeferenced image starts in a fraction of the time.
            SyntheticChips.write(folder.resolve(chip < 48 ? "chips" : "others"), "c" + chip, chip);
        }
        Path config = Files.writeString(folder.resolve("config.yaml"), CHIPS);
        Path run = folder.resolve("killed");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        int before = 0;
        int kills = 0;
        for (Moment moment : List.of(
                new Moment("before it has begun", file("artifacts"), 0),
                new Moment("as it begins", file("run.json"), 0),
                new Moment("in the first epoch", epochs(0), 60),
                new Moment("while it saves a checkpoint", checkpoint(1), 0),
                new Moment("after a checkpoint", file("epoch-0002.ckpt"), 0),
                new Moment("with metrics, without a state", KilledTrainingTests::hasThreeMetrics, 0),
                new Moment("within an epoch", epochs(5), 30),
                new Moment("late in an epoch", epochs(6), 90))) {
            Process training = start(config, run, temporary);
            while (training.isAlive() && !moment.sign().isSeen(run)) {
                LockSupport.parkNanos(100_000);
            }
            Thread.sleep(moment.milliseconds());
            training.destroyForcibly();
            int exitCode = training.waitFor();
            // On a machine that is busy with other things a training can be at its end before it is killed.
            assertThat(exitCode).as("%s: %s", moment.name(), output()).isIn(KILLED, 0);
            kills += exitCode == KILLED ? 1 : 0;
            before = requireWhole(run, before, moment.name());
        }
        assertThat(kills).isGreaterThan(2);
        assertThat(start(config, run, temporary).waitFor()).as("%s", output()).isZero();

        RunFolder ended = new RunFolder(run);
        assertThat(ended.readState().epochs()).isEqualTo(EPOCHS);
        assertThat(ended.readMetrics())
                .extracting(EpochMetrics::epoch)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, EPOCHS).boxed().toList());
        assertThat(Files.readAllLines(ended.metrics())).hasSize(1 + EPOCHS);
        assertThat(names(run)).isEqualTo(expected(ended));
        assertThat(Exporter.export(run, folder.resolve("killed.zip"))
                        .description()
                        .name())
                .isEqualTo("killed-model");
        // The natives are large, and nobody looks for them.
        assertThat(names(temporary)).noneMatch(name -> name.startsWith("geolandslide"));
    }

    private static Process start(Path config, Path run, Path temporary) throws IOException {
        return ChildJvm.start(
                temporary,
                256,
                folder.resolve("output.txt"),
                TrainingMain.class,
                "train",
                "--config",
                config,
                "--out",
                run,
                "--resume");
    }

    private static String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    private static boolean hasThreeMetrics(Path run) throws IOException {
        return new RunFolder(run).readMetrics().size() >= 3;
    }

    /** What holds whenever the process ends: the state is readable, and what it names is there and readable. */
    private static int requireWhole(Path run, int before, String moment) throws IOException {
        RunFolder left = new RunFolder(run);
        if (!left.isBegun()) {
            assertThat(before).as(moment).isZero();
            return 0;
        }
        RunState state = left.readState();
        assertThat(state.epochs()).as(moment).isGreaterThanOrEqualTo(before);
        for (int epoch : List.of(state.epochs(), state.bestEpoch())) {
            assertThat(Checkpoint.read(left.checkpoint(epoch)).trainable())
                    .as(moment)
                    .isNotEmpty();
        }
        assertThat(left.readMetrics()).as(moment).hasSizeGreaterThanOrEqualTo(state.epochs());
        return state.epochs();
    }

    private static Set<String> names(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            Set<String> names = new TreeSet<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            return names;
        }
    }

    private static Set<String> expected(RunFolder run) throws IOException {
        Set<String> names = new TreeSet<>(
                Set.of("artifacts", "config.yaml", "f1.png", "loss.png", "metrics.csv", "run.json", "samples.csv"));
        names.add(run.checkpoint(run.readState().epochs()).getFileName().toString());
        names.add(best(run.root()).getFileName().toString());
        return names;
    }

    private static Path copyOfStopped(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(stopped)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static void truncate(Path file, double share) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, (int) (share * content.length)));
    }

    private static List<EpochMetrics> resume(Path run) throws Exception {
        List<EpochMetrics> seen = new ArrayList<>();
        Trainer.train(config("epochs: 3\n"), folder, run, true, listener(seen, 0));
        return seen;
    }

    @Test
    void what_is_not_whole_is_not_taken_up_and_goes_away() throws Exception {
        Path run = copyOfStopped("garbage");
        for (String ahead : List.of("epoch-0003.ckpt", ".epoch-0002.ckpt.part", ".epoch-0003.ckpt.part")) {
            Files.copy(run.resolve("epoch-0002.ckpt"), run.resolve(ahead), StandardCopyOption.REPLACE_EXISTING);
            truncate(run.resolve(ahead), 0.5);
        }
        Files.writeString(run.resolve(UNFINISHED_STATE), "{\"opti");
        Files.createDirectory(run.resolve("artifacts"));
        Files.writeString(run.resolve("artifacts").resolve("training_model.onnx"), "half of it");
        assertThat(resume(run)).extracting(EpochMetrics::epoch).containsExactly(3);
        RunFolder ended = new RunFolder(run);
        assertThat(names(run)).isEqualTo(expected(ended));
        assertThat(ended.readMetrics()).extracting(EpochMetrics::epoch).containsExactly(1, 2, 3);
        assertThat(Checkpoint.read(ended.checkpoint(3)).trainable()).isNotEmpty();
    }

    @Test
    void what_a_killed_process_left_goes_away_even_if_nothing_is_left_to_train() throws Exception {
        Path run = copyOfStopped("ended");
        resume(run);
        Files.writeString(run.resolve("epoch-0001.ckpt"), "from before the last state");
        Files.writeString(run.resolve(".epoch-0004.ckpt.part"), "");
        Files.writeString(run.resolve(UNFINISHED_STATE), "");
        int best = new RunFolder(run).readState().bestEpoch();
        if (best == 1) {
            Files.copy(stopped.resolve("epoch-0001.ckpt"), best(run), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(resume(run)).isEmpty();
        assertThat(names(run)).isEqualTo(expected(new RunFolder(run)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.5, 0.99})
    void a_state_that_is_cut_off_is_an_error_that_names_it(double share) throws Exception {
        Path run = copyOfStopped("state-" + share);
        truncate(run.resolve("run.json"), share);
        Set<String> before = names(run);
        assertThatThrownBy(() -> resume(run))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(run.resolve("run.json") + " cannot be read: ");
        assertThat(names(run)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.5, 0.9, 0.999})
    void a_checkpoint_that_is_cut_off_is_an_error_that_names_it(double share) throws Exception {
        Path run = copyOfStopped("checkpoint-" + share);
        truncate(run.resolve("epoch-0002.ckpt"), share);
        assertThatThrownBy(() -> resume(run)).hasMessageContaining(run.resolve("epoch-0002.ckpt") + " ");
    }

    @Test
    void metrics_that_are_cut_off_are_an_error_that_names_them() throws Exception {
        Path run = copyOfStopped("metrics");
        truncate(run.resolve("metrics.csv"), 0.8);
        assertThatThrownBy(() -> resume(run))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(run.resolve("metrics.csv") + " cannot be read: ");
    }
}
