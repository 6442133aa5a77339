package org.geolandslide.training.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geolandslide.training.RealData;
import org.geolandslide.training.command.TrainingMain;
import org.geolandslide.training.data.SceneFolder;
import org.geolandslide.training.evaluation.Evaluation;
import org.geolandslide.training.evaluation.SceneEvaluator;
import org.geolandslide.training.runtime.TrainingRuntime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages in {@code geoserver-data/landslide/models}: they work, and are as good as their cards say. */
class ShippedModelsTests {
    private static final Path MODELS = Path.of("..", "geoserver-data", "landslide", "models");
    private static final long MOST_BYTES = 12_000_000;

    /** How far a figure may be from the one that was written down: processors differ in the order in which they add. */
    private static final double TOLERANCE = 0.01;

    /** The sample scene, which is generated. */
    private static final String SAMPLE = "sample";

    /** What the first figure of each card was measured on. */
    private static final Map<String, List<String>> MEASURED = Map.of(
            "rmau-net-bijie", List.of("bijie", "--format", "bijie", "--only-unseen"),
            "rmau-net-optical", List.of("baige", "--format", "scene", "--scene", "B"),
            "fusion-optical", List.of("baige", "--format", "scene", "--scene", "B"),
            "fusion-optical-dem", List.of("jiuzhaigou/val", "--format", "chips"),
            "fusion-synthetic", List.of(SAMPLE, "--format", "scene"));

    @TempDir
    private Path folder;

    @BeforeAll
    static void loadRuntime() {
        TrainingRuntime.environment();
    }

    static List<Path> packages() throws IOException {
        try (Stream<Path> files = Files.list(MODELS)) {
            return files.filter(file -> file.toString().endsWith(".zip"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".zip", "");
    }

    private static Path resource(String name) {
        try {
            return Path.of(ShippedModelsTests.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }

    @Test
    void the_models_that_are_promised_are_there() throws IOException {
        assertThat(packages())
                .extracting(ShippedModelsTests::name)
                .containsExactlyInAnyOrderElementsOf(MEASURED.keySet());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_is_small_reproduces_its_golden_sample_and_says_how_good_it_is(Path file) throws Exception {
        assertThat(Files.size(file)).isLessThan(MOST_BYTES);
        ModelPackage model = ModelPackage.open(file);
        // Opening a session runs the golden sample.
        ModelSession session = ModelSession.open(model, new Device.Cpu());
        assertThat(session.description().name()).isEqualTo(name(file));
        assertThat(model.samples()).isPresent();
        assertThat(model.modelCard())
                .contains("## Accuracy")
                .contains("Precision and recall by threshold")
                .contains("## Intended use")
                .contains("## Where it fails")
                .contains("## Licence");
        assertThat(measured(model).size()).isPositive();
    }

    private static JsonNode measured(ModelPackage model) {
        return new ObjectMapper().valueToTree(model.description().metrics()).path("measured");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void the_accuracy_on_a_small_synthetic_scene_is_what_it_was(Path file) throws Exception {
        ModelSession session = ModelSession.open(ModelPackage.open(file), new Device.Cpu());
        List<SceneFolder.Scene> scenes = SceneFolder.find(resource("synthetic-scene"), List.of());
        Evaluation evaluation =
                new SceneEvaluator(session, session.description().threshold(), Monitor.NONE).evaluate(scenes);
        JsonNode expected = new ObjectMapper()
                .readTree(Files.readString(resource("expected.json")))
                .path(name(file));
        assertThat(evaluation.pixel().f1()).isCloseTo(expected.path("f1").asDouble(), within(TOLERANCE));
        assertThat(evaluation.pixel().precision())
                .isCloseTo(expected.path("precision").asDouble(), within(TOLERANCE));
        assertThat(evaluation.pixel().recall())
                .isCloseTo(expected.path("recall").asDouble(), within(TOLERANCE));
    }

    private Path data(String name) {
        if (!name.equals(SAMPLE)) {
            return RealData.folder(name);
        }
        Path scene = folder.resolve(SAMPLE);
        assertThat(TrainingMain.run("scene", "--seed", "42", "--size", "512", "--out", scene.toString()))
                .isZero();
        return scene;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void the_accuracy_on_the_recorded_split_is_that_of_the_card(Path file) throws Exception {
        List<String> recorded = MEASURED.getOrDefault(name(file), List.of());
        assumeTrue(!recorded.isEmpty());
        JsonNode said = measured(ModelPackage.open(file)).path(0);
        Path json = folder.resolve("scores.json");
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--model", file.toString(), "--data"));
        arguments.add(data(recorded.get(0)).toString());
        arguments.addAll(recorded.subList(1, recorded.size()));
        arguments.addAll(List.of("--json", json.toString()));
        assertThat(TrainingMain.run(arguments.toArray(String[]::new))).isZero();
        JsonNode found = new ObjectMapper().readTree(json.toFile());
        assertThat(found.path("samples")).isEqualTo(said.path("samples"));
        for (String score : List.of("f1", "precision", "recall", "iou")) {
            assertThat(found.path("pixel").path(score).asDouble())
                    .as(score)
                    .isCloseTo(said.path("pixel").path(score).asDouble(), within(TOLERANCE));
        }
        for (String score : List.of("f1", "accuracy")) {
            assertThat(found.path("image").path(score).asDouble())
                    .as("image " + score)
                    .isCloseTo(said.path("image").path(score).asDouble(), within(TOLERANCE));
        }
    }
}
