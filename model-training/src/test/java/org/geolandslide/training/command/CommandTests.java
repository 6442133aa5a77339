package org.geolandslide.training.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
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
import org.geolandslide.training.data.TinyLandslide4Sense;
import org.geolandslide.training.runtime.TrainingRuntime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/** The commands with their exit codes: 0 done, 1 failed with the cause on stderr, 2 wrong usage. */
class CommandTests {
    @RegisterExtension
    final CapturedConsole console = new CapturedConsole();

    @TempDir
    private Path folder;

    @Command(
            name = "landslide",
            subcommands = {
                TrainCommand.class,
                ExportCommand.class,
                EvaluateCommand.class,
                SceneCommand.class,
                DemoCommand.class
            })
    private static final class Entry {}

    @BeforeEach
    void loadRuntime() {
        TrainingRuntime.environment();
    }

    private static int run(Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return CommandRunner.run(new Entry(), texts);
    }

    private String printed() {
        return console.out();
    }

    private void assertFailed(int exitCode, String message) {
        assertThat(exitCode).isEqualTo(1);
        assertThat(console.errLines())
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains(message);
    }

    private Path scene(int size) {
        Path scene = folder.resolve("scene" + size);
        assertThat(run("scene", "--seed", 5, "--size", size, "--out", scene)).isZero();
        return scene;
    }

    @Test
    void train_export_and_evaluate_work_together() throws IOException {
        scene(192);
        scene(160);
        Path config = Files.writeString(
                folder.resolve("config.yaml"),
                """
                name: tiny
                network: {width: 2, depth: 1}
                window: 32
                batch: 4
                epochs: 1
                data:
                  training: [{format: scene, path: scene192}]
                  validation: [{format: scene, path: scene160}]
                """);
        Path run = folder.resolve("run");
        assertThat(run("train", "--config", config, "--out", run)).isZero();
        assertThat(printed()).contains("epoch 1/1  loss ", "images/s", " left", "best epoch 1");
        Path model = folder.resolve("tiny.zip");
        assertThat(run("export", "--run", run, "--out", model)).isZero();
        assertThat(printed()).contains("wrote " + model + ": tiny, ");
        Path json = folder.resolve("scores.json");
        assertThat(run(
                        "evaluate",
                        "--model",
                        model,
                        "--data",
                        folder.resolve("scene160"),
                        "--format",
                        "scene",
                        "--json",
                        json))
                .isZero();
        JsonNode scores = new ObjectMapper().readTree(json.toFile());
        assertThat(scores.get("samples").asInt()).isEqualTo(1);
        assertThat(scores.get("pixel").has("f1")).isTrue();
        assertThat(run("train", "--config", config, "--out", run, "--resume", "--device", "cpu"))
                .isZero();
        assertThat(console.err()).isEmpty();
        assertFailed(run("train", "--config", config, "--out", run), "holds a run already");
    }

    @Test
    void a_gpu_that_is_not_there_is_an_error_and_not_a_training_on_the_processor() throws IOException {
        assumeThat(OrtEnvironment.getAvailableProviders()).doesNotContain(OrtProvider.CUDA);
        scene(192);
        scene(160);
        Path config = Files.writeString(
                folder.resolve("config.yaml"),
                """
                name: tiny
                network: {width: 2, depth: 1}
                window: 32
                batch: 4
                epochs: 1
                data:
                  training: [{format: scene, path: scene192}]
                  validation: [{format: scene, path: scene160}]
                """);
        Path run = folder.resolve("run");
        assertFailed(
                run("train", "--config", config, "--out", run, "--device", "cuda"),
                "the device cuda:0 was asked for, but this ONNX Runtime has only [CPU");
        assertThat(run).doesNotExist();
        assertThat(printed()).doesNotContain("epoch");
    }

    @Test
    void failures_name_their_cause() throws Exception {
        assertFailed(
                run("train", "--config", folder.resolve("none.yaml"), "--out", folder.resolve("run")),
                "there is no file " + folder.resolve("none.yaml"));
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void an_empty_training_folder_is_an_error_that_leaves_nothing_behind() throws IOException {
        Path config = Files.writeString(
                folder.resolve("config.yaml"),
                """
                name: tiny
                data:
                  training: [{format: chips, path: chips}]
                  validation: [{format: chips, path: other}]
                """);
        for (String kind : new String[] {"image", "dem", "mask"}) {
            Files.createDirectories(folder.resolve("chips").resolve(kind));
        }
        Path run = folder.resolve("run");
        assertFailed(run("train", "--config", config, "--out", run), "there are no chips in");
        assertThat(run).doesNotExist();
    }

    @Test
    void a_package_that_cannot_be_written_is_found_out_first() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertFailed(run("export", "--run", folder, "--out", file.resolve("x.zip")), "file");
    }

    @Test
    void evaluation_refuses_what_does_not_go_together() throws Exception {
        Path model = TinyModel.RED.write(folder.resolve("red.zip"), 32, 8);
        assertThat(run("evaluate", "--model", model, "--data", folder, "--format", "scene", "--shifts", "0,8"))
                .isEqualTo(2);
        assertThat(run("evaluate", "--model", model, "--data", folder, "--format", "chips", "--scene", "A"))
                .isEqualTo(2);
        assertThat(run(
                        "evaluate",
                        "--model",
                        model,
                        "--data",
                        folder,
                        "--format",
                        "scene",
                        "--folds",
                        "5",
                        "--take",
                        "1"))
                .isEqualTo(2);
        assertThat(run("evaluate", "--model", model, "--data", folder, "--format", "chips", "--folds", "5"))
                .isEqualTo(2);
        assertThat(run(
                        "evaluate",
                        "--model",
                        model,
                        "--data",
                        folder,
                        "--format",
                        "bijie",
                        "--folds",
                        "5",
                        "--take",
                        "9"))
                .isEqualTo(2);
        assertThat(console.err()).contains("take names 9, expected numbers from 0 to 4");
        assertThat(run("evaluate", "--model", model, "--data", folder, "--format", "shapefile"))
                .isEqualTo(2);
        assertThat(run("evaluate", "--model", model, "--data", folder, "--format", "chips", "--threshold", "3"))
                .isEqualTo(2);
    }

    @Test
    void landslide4sense_is_evaluated_as_published_and_by_folds() throws Exception {
        Path model = TinyModel.RED.write(folder.resolve("red.zip"), 32, 8);
        TinyLandslide4Sense.write(folder.resolve("set/TrainData"), 1, 12, 32);
        Path json = folder.resolve("scores.json");
        List<String> command = List.of(
                "evaluate",
                "--model",
                model.toString(),
                "--data",
                folder.resolve("set").toString(),
                "--format",
                "landslide4sense",
                "--json",
                json.toString());
        assertThat(run(command.toArray())).isZero();
        assertThat(new ObjectMapper().readTree(json.toFile()).get("samples").asInt())
                .isEqualTo(12);
        List<String> part = new ArrayList<>(command);
        part.addAll(List.of("--folds", "3", "--take", "1"));
        assertThat(run(part.toArray())).isZero();
        assertThat(new ObjectMapper().readTree(json.toFile()).get("samples").asInt())
                .isBetween(1, 11);
        assertThat(run("evaluate", "--help")).isZero();
        assertThat(printed()).contains("LANDSLIDE4SENSE");
    }

    @Test
    void evaluation_of_a_folder_without_scenes_is_an_error() throws Exception {
        Path model = TinyModel.RED.write(folder.resolve("red.zip"), 32, 8);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertFailed(run("evaluate", "--model", model, "--data", empty, "--format", "scene"), "there are no scenes in");
    }

    @Test
    void wrong_usage_has_the_exit_code_2() {
        assertThat(run("train")).isEqualTo(2);
        assertThat(run("train", "--config", "c.yaml", "--out", folder.resolve("run"), "--device", "gpu"))
                .isEqualTo(2);
        assertThat(console.err()).contains("--device: device is 'gpu', expected cpu, cuda or cuda:n");
        assertThat(run("scene", "--size", "large", "--out", folder)).isEqualTo(2);
        assertThat(run("fly")).isEqualTo(2);
    }

    @Test
    void a_scene_of_an_impossible_size_is_an_error() {
        assertFailed(run("scene", "--size", 10, "--out", folder.resolve("x")), "10");
    }
}
