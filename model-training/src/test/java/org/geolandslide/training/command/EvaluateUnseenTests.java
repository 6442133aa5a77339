package org.geolandslide.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.geolandslide.model.TinyModel;
import org.geolandslide.model.command.CapturedConsole;
import org.geolandslide.model.command.CommandRunner;
import org.geolandslide.training.SyntheticChips;
import org.geolandslide.training.config.Blocks;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SceneFolder;
import org.geolandslide.training.runtime.TrainingRuntime;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/** An evaluation never touches what the model was trained on, unless it is told to. */
class EvaluateUnseenTests {
    private static final String SMALL =
            """
            name: small
            network: {width: 2, depth: 1, attention: false}
            input: {dem: false, opticalNodata: null}
            window: 32
            batch: 2
            epochs: 1
            threads: 1
            """;

    @Command(
            name = "landslide",
            subcommands = {TrainCommand.class, ExportCommand.class, EvaluateCommand.class})
    private static final class Entry {}

    @RegisterExtension
    final CapturedConsole console = new CapturedConsole();

    @TempDir
    private Path folder;

    private Path model;
    private Path json;

    @BeforeEach
    void prepare() {
        TrainingRuntime.environment();
        model = folder.resolve("small.zip");
        json = folder.resolve("scores.json");
    }

    private static int run(Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return CommandRunner.run(new Entry(), texts);
    }

    private void trainOn(String data) throws IOException {
        Path config = Files.writeString(folder.resolve("small.yaml"), SMALL + data);
        assertThat(run("train", "--config", config, "--out", folder.resolve("run")))
                .as(console.err())
                .isZero();
        assertThat(run("export", "--run", folder.resolve("run"), "--out", model))
                .as(console.err())
                .isZero();
    }

    /** Six chips for training, two for validation, three for neither. */
    private void trainOnChips() throws IOException {
        for (int i = 0; i < 11; i++) {
            SyntheticChips.write(folder.resolve("chips"), "c" + i, i);
        }
        Files.writeString(folder.resolve("training.txt"), "c0\nc1\nc2\nc3\nc4\nc5\n");
        Files.writeString(folder.resolve("validation.txt"), "c6\nc7\n");
        trainOn(
                """
                data:
                  training: [{format: chips, path: chips, list: training.txt}]
                  validation: [{format: chips, path: chips, list: validation.txt}]
                """);
    }

    private JsonNode evaluate(String data, String format, String... more) throws IOException {
        assertThat(evaluation(data, format, more)).as(console.err()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }

    private int evaluation(String data, String format, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("evaluate", "--model", model, "--format", format));
        arguments.addAll(List.of("--data", folder.resolve(data), "--json", json));
        arguments.addAll(List.of(more));
        return run(arguments.toArray());
    }

    @Test
    void training_chips_are_left_out() throws IOException {
        trainOnChips();
        JsonNode scores = evaluate("chips", "chips");
        assertThat(console.out())
                .contains("left out 6 chips that the model was trained on\n")
                .contains("the model's epoch and threshold were chosen on 2 of 5 chips\n")
                .contains("5 samples, threshold");
        assertThat(scores.get("samples").asInt()).isEqualTo(5);
        assertThat(scores.get("leftOut").asInt()).isEqualTo(6);
        assertThat(scores.get("trainingSamples").asInt()).isZero();
        assertThat(scores.get("validationSamples").asInt()).isEqualTo(2);
    }

    @Test
    void validation_chips_are_left_out_on_request() throws IOException {
        trainOnChips();
        JsonNode scores = evaluate("chips", "chips", "--only-unseen");
        assertThat(console.out())
                .contains("left out 6 chips that the model was trained on\n")
                .contains("left out 2 chips on which the model's epoch and threshold were chosen\n")
                .contains("3 samples, threshold");
        assertThat(scores.get("leftOut").asInt()).isEqualTo(8);
        assertThat(scores.get("validationSamples").asInt()).isZero();
    }

    @Test
    void training_chips_are_measured_on_request() throws IOException {
        trainOnChips();
        JsonNode scores = evaluate("chips", "chips", "--with-training");
        assertThat(console.out())
                .contains("the model was trained on 6 of 11 chips\n")
                .contains("11 samples, threshold")
                .doesNotContain("left out");
        assertThat(scores.get("samples").asInt()).isEqualTo(11);
        assertThat(scores.get("leftOut").asInt()).isZero();
        assertThat(scores.get("trainingSamples").asInt()).isEqualTo(6);
        assertThat(evaluation("chips", "chips", "--with-training", "--only-unseen"))
                .isEqualTo(2);
    }

    @Test
    void copies_of_training_chips_are_found_and_other_chips_of_their_names_are_not_meant() throws IOException {
        trainOnChips();
        for (int i = 0; i < 6; i++) {
            SyntheticChips.write(folder.resolve("copies"), "copy" + i, i);
        }
        assertThat(evaluation("copies", "chips")).isEqualTo(1);
        assertThat(console.errLines())
                .singleElement()
                .asString()
                .isEqualTo(
                        "error: nothing of " + folder.resolve("copies")
                                + " is left to measure: left out 6 chips that the model was trained on (--with-training measures all)");
        assertThat(json).doesNotExist();
        SyntheticChips.write(folder.resolve("copies"), "c0", 40);
        assertThat(evaluate("copies", "chips").get("samples").asInt()).isEqualTo(1);
        assertThat(console.out())
                .contains("measured 1 chip with the name of one that the model was trained on: the content differs");
    }

    @Test
    void parts_of_chips_and_what_the_model_knows_go_together() throws IOException {
        trainOnChips();
        int measured = 0;
        int leftOut = 0;
        for (int part = 0; part < 2; part++) {
            JsonNode scores = evaluate("chips", "chips", "--folds", "2", "--take", String.valueOf(part));
            measured += scores.get("samples").asInt();
            leftOut += scores.get("leftOut").asInt();
        }
        assertThat(measured).isEqualTo(5);
        assertThat(leftOut).isEqualTo(6);
    }

    private void writeScene() throws IOException {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(5, 256, 192)), folder.resolve("scene"));
    }

    @Test
    void a_scene_is_measured_where_it_was_not_trained_on() throws IOException {
        writeScene();
        trainOn(
                """
                data:
                  training: [{format: scene, path: scene, blocks: {size: 48, count: 4, take: [0, 1], seed: 2}}]
                  validation: [{format: scene, path: scene, blocks: {size: 48, count: 4, take: [2], seed: 2}}]
                """);
        SceneFolder.Scene scene =
                SceneFolder.find(folder.resolve("scene"), List.of()).get(0);
        Sample sample = SceneFolder.read(scene, TinyModel.RED.description(32, 8).inputs());
        long training = labelled(sample, new Blocks(48, 4, List.of(0, 1), 2));
        long validation = labelled(sample, new Blocks(48, 4, List.of(2), 2));
        assertThat(training).isPositive();
        assertThat(validation).isPositive();
        JsonNode scores = evaluate("scene", "scene");
        assertThat(console.out())
                .contains("left out blocks of the scene scene with ")
                .contains("the model's epoch and threshold were chosen on 1 of 1 scene\n");
        assertThat(scores.get("leftOut").asInt()).isZero();
        // Labels of the mask; some of them have no data in the image.
        long withoutTraining = scores.get("leftOutPixels").asLong();
        assertThat(withoutTraining).isBetween(training, 256L * 192);
        long unseen =
                evaluate("scene", "scene", "--only-unseen").get("leftOutPixels").asLong();
        assertThat(unseen - withoutTraining).isGreaterThanOrEqualTo(validation);
        assertThat(evaluate("scene", "scene", "--with-training").has("leftOutPixels"))
                .isFalse();
    }

    @Test
    void a_scene_of_the_training_is_left_out() throws IOException {
        writeScene();
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(6, 128, 128)), folder.resolve("other"));
        trainOn(
                """
                data:
                  training: [{format: scene, path: scene}]
                  validation: [{format: scene, path: other}]
                """);
        assertThat(evaluation("scene", "scene")).isEqualTo(1);
        assertThat(console.err()).contains("left out 1 scene that the model was trained on");
        assertThat(evaluate("other", "scene").get("validationSamples").asInt()).isEqualTo(1);
        assertThat(evaluation("other", "scene", "--only-unseen")).isEqualTo(1);
    }

    @Test
    void nothing_is_left_of_a_scene_whose_blocks_were_all_trained_on() throws IOException {
        writeScene();
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(6, 128, 128)), folder.resolve("other"));
        trainOn(
                """
                data:
                  training: [{format: scene, path: scene, blocks: {size: 48, count: 2, take: [0, 1], seed: 2}}]
                  validation: [{format: scene, path: other}]
                """);
        assertThat(evaluation("scene", "scene")).isEqualTo(1);
        assertThat(console.err()).contains("the model knows every labelled block");
    }

    @Test
    void a_package_that_does_not_say_is_measured_on_everything_and_that_is_said() throws Exception {
        writeScene();
        TinyModel.RED.write(model, 32, 8);
        JsonNode scores = evaluate("scene", "scene");
        assertThat(console.out())
                .contains("the package does not say what the model was trained on; nothing is left out");
        assertThat(scores.get("leftOut").isNull()).isTrue();
    }

    private static long labelled(Sample sample, Blocks blocks) {
        byte[] labels = sample.labels().clone();
        blocks.keepOnly(labels, sample.width(), sample.height());
        long count = 0;
        for (byte label : labels) {
            count += label == Sample.UNLABELLED ? 0 : 1;
        }
        return count;
    }
}
