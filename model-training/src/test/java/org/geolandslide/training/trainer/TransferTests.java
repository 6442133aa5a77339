package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.runtime.Checkpoint;
import org.geolandslide.training.split.UsedSample;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fine-tuning: trainings that start from another run. */
class TransferTests {
    @TempDir
    private static Path folder;

    private final List<String> kept = new ArrayList<>();
    private final List<String> anew = new ArrayList<>();

    private static TrainingConfig config(String more) throws IOException {
        return ConfigFile.parse(
                """
                name: test-model
                network: {width: 4, depth: 2}
                window: 64
                batch: 4
                epochs: 1
                threads: 2
                augmentation: {mixup: 0}
                data:
                  training: [{format: scene, path: training}]
                  validation: [{format: scene, path: validation}]
                """
                        + more,
                "test.yaml");
    }

    private final class Told implements Trainer.Listener {
        @Override
        public void startsFrom(Path source, int epoch, List<String> keptNames, List<String> anewNames) {
            assertThat(String.valueOf(source.getFileName())).isIn("first", "first.zip");
            assertThat(epoch).isEqualTo(1);
            kept.addAll(keptNames);
            anew.addAll(anewNames);
        }

        @Override
        public void begins(RunState state, TrainingConfig config) {}

        @Override
        public void step(int epoch, long done, long total) {}

        @Override
        public void epoch(EpochMetrics metrics, int epochs, double secondsLeft) {}
    }

    @BeforeAll
    static void train() throws Exception {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(21, 192, 192)), folder.resolve("training"));
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(22, 128, 128)), folder.resolve("validation"));
        Trainer.train(config(""), folder, folder.resolve("first"), false, new TransferTests().new Told());
    }

    private RunFolder train(String name, String more) throws Exception {
        RunFolder run = new RunFolder(folder.resolve(name));
        Trainer.train(config(more), folder, run.root(), false, new Told());
        return run;
    }

    private static Map<String, Checkpoint.Weights> trained(RunFolder run, int epoch) throws IOException {
        return Checkpoint.read(run.checkpoint(epoch)).trainable();
    }

    @Test
    void the_weights_and_the_standardisation_of_the_other_run_are_taken_over() throws Exception {
        RunFolder tuned = train("tuned", "seed: 7\nstart: {run: first}\n");
        RunFolder first = new RunFolder(folder.resolve("first"));
        assertThat(anew).isEmpty();
        assertThat(tuned.readState().optical()).isEqualTo(first.readState().optical());
        assertThat(tuned.readState().terrain()).isEqualTo(first.readState().terrain());
        // It began where the first run ended and has moved since.
        float[] before = trained(first, 1).get("head.weight").values();
        float[] after = trained(tuned, 1).get("head.weight").values();
        assertThat(after).isNotEqualTo(before);
        for (int i = 0; i < before.length; i++) {
            assertThat(Math.abs(after[i] - before[i])).isLessThan(0.02f);
        }
    }

    @Test
    void the_package_lists_what_the_other_run_was_trained_on() throws Exception {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(23, 128, 128)), folder.resolve("another"));
        RunFolder first = new RunFolder(folder.resolve("first"));
        RunFolder tuned = new RunFolder(folder.resolve("tuned-elsewhere"));
        TrainingConfig elsewhere = elsewhere("validation");
        Trainer.train(elsewhere, folder, tuned.root(), false, new Told());
        assertThat(tuned.readSamples().all())
                .extracting(UsedSample::toString)
                .containsExactly(
                        "another: another",
                        "validation: validation",
                        "training: training of the run first",
                        "validation: validation of the run first");
        assertThat(Exporter.export(tuned.root(), folder.resolve("elsewhere.zip"))
                        .samples())
                .contains(tuned.readSamples().toCsv());
        // The other run is not asked again.
        Path moved = Files.move(first.root(), folder.resolve("moved"));
        Trainer.train(elsewhere, folder, tuned.root(), true, new Told());
        Files.move(moved, first.root());
        assertThatThrownBy(() -> Trainer.train(elsewhere("training"), folder, folder.resolve("d"), false, new Told()))
                .isInstanceOf(IOException.class)
                .hasMessage("training and validation share an image: training: training of the run first and training:"
                        + " training are the same");
        Path list = Files.move(first.samples(), folder.resolve("samples.csv"));
        assertThatThrownBy(() -> Trainer.train(elsewhere, folder, folder.resolve("e"), false, new Told()))
                .hasMessageContaining("has no samples.csv, which says what it was trained on");
        Files.move(list, first.samples());
        assertThat(folder.resolve("e")).doesNotExist();
    }

    private static TrainingConfig elsewhere(String validation) throws IOException {
        return ConfigFile.parse(
                ConfigFile.toYaml(config("start: {run: first}\n"))
                        .replace("path: training", "path: another")
                        .replace("path: validation", "path: " + validation),
                "elsewhere.yaml");
    }

    @Test
    void frozen_parts_keep_their_weights() throws Exception {
        RunFolder tuned = train("frozen", "start: {run: first, freeze: [optical, terrain]}\n");
        Checkpoint first = Checkpoint.read(new RunFolder(folder.resolve("first")).checkpoint(1));
        Checkpoint after = Checkpoint.read(tuned.checkpoint(1));
        String encoder = "optical.level1.1.convolution.weight";
        assertThat(after.trainable()).doesNotContainKey(encoder).containsKey("head.weight");
        assertThat(after.frozen().get(encoder).values())
                .isEqualTo(first.trainable().get(encoder).values());
        assertThat(after.trainable().get("head.weight").values())
                .isNotEqualTo(first.trainable().get("head.weight").values());
        assertThat(Exporter.export(tuned.root(), folder.resolve("frozen.zip")).modelCard())
                .contains("Started from the run first, frozen parts: [optical, terrain]");
    }

    @Test
    void a_training_goes_on_from_a_model_package_with_what_that_says_of_itself() throws Exception {
        Path model = folder.resolve("first.zip");
        Exporter.export(folder.resolve("first"), model);
        Path file = folder.resolve("mine.yaml");
        Files.writeString(
                file,
                """
                name: mine
                epochs: 1
                optimizer: {learningRate: 0.0001}
                data:
                  training: [{format: scene, path: training}]
                  validation: [{format: scene, path: validation}]
                """);
        TrainingConfig mine =
                ConfigFile.readOnTopOf(file, TrainedPackage.open(model).configuration(), model.toString());
        assertThat(mine.network()).isEqualTo(config("").network());
        assertThat(mine.window()).isEqualTo(64);
        assertThat(mine.name()).isEqualTo("mine");
        assertThat(mine.description()).isNotEqualTo("");
        RunFolder tuned = new RunFolder(folder.resolve("tuned-from-package"));
        Trainer.train(mine, folder, tuned.root(), false, new Told());
        assertThat(anew).isEmpty();
        RunFolder first = new RunFolder(folder.resolve("first"));
        assertThat(tuned.readState().optical()).isEqualTo(first.readState().optical());
        assertThat(tuned.readState().terrain()).isEqualTo(first.readState().terrain());
        // It begins where the package is, before the first step.
        Map<String, Checkpoint.Weights> before =
                Checkpoint.read(first.checkpoint(1)).trainable();
        Map<String, Checkpoint.Weights> after = trained(tuned, 1);
        after.forEach((name, weights) -> {
            for (int i = 0; i < weights.values().length; i++) {
                assertThat(Math.abs(weights.values()[i] - before.get(name).values()[i]))
                        .as(name)
                        .isLessThan(0.003f);
            }
        });
        assertThat(tuned.readSamples().all())
                .extracting(UsedSample::toString)
                .contains("training: training of the run " + model);
        Files.writeString(file, "name: mine\nstart: {run: first}\n");
        assertThatThrownBy(() ->
                        ConfigFile.readOnTopOf(file, TrainedPackage.open(model).configuration(), model.toString()))
                .hasMessageContaining("but the training starts from " + model);
    }

    @Test
    void what_does_not_fit_begins_anew() throws Exception {
        train("without-terrain", "start: {run: first}\ninput: {dem: false}\n");
        assertThat(kept).contains("optical.level0.1.convolution.weight", "head.weight");
        // The latent has half the channels without the terrain's.
        assertThat(anew).contains("fusion.1.convolution.weight").noneMatch(name -> name.startsWith("optical"));
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatThrownBy(() -> train("a", "start: {run: nowhere}\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no run " + folder.resolve("nowhere") + " to start from");
        assertThatThrownBy(() -> train("b", "start: {run: first, freeze: [encoder]}\n"))
                .hasMessage("start.freeze names 'encoder', with which no parameter's name begins");
        assertThatThrownBy(() -> train("c", "start: {run: first, freeze: [optical, terrain, fusion, decoder, head]}\n"))
                .hasMessageContaining("leaves nothing to train");
        assertThatThrownBy(() -> config("start: {freeze: [head]}\n"))
                .hasMessage(
                        "test.yaml: the field 'start': start names nothing, expected the name of a run or the file of a"
                                + " model package");
        assertThat(folder.resolve("b/config.yaml")).doesNotExist();
    }
}
