package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.geolandslide.training.trainer.ShortTraining.best;
import static org.geolandslide.training.trainer.ShortTraining.config;
import static org.geolandslide.training.trainer.ShortTraining.listener;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.PackageVerifier;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.data.Augmentation;
import org.geolandslide.training.data.Batch;
import org.geolandslide.training.data.BatchMaker;
import org.geolandslide.training.data.SceneFolder;
import org.geolandslide.training.data.WindowSet;
import org.geolandslide.training.evaluation.Evaluation;
import org.geolandslide.training.evaluation.SceneEvaluator;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.runtime.TrainingArtifacts;
import org.geolandslide.training.runtime.TrainingSession;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.feature.NameImpl;
import org.geotools.process.Processors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages made of real, short trainings. */
class ExporterTests {
    @TempDir
    private static Path folder;

    private static Path run;

    @BeforeAll
    static void train() throws Exception {
        run = ShortTraining.train(folder, new ArrayList<>());
    }

    @Test
    void the_exported_model_gives_what_the_training_session_evaluates() throws Exception {
        Batch batch = validationBatch();
        float[] trained = evaluateInTrainingSession(batch);
        ModelPackage model = Exporter.export(run, folder.resolve("equal.zip"));
        ModelSession session = ModelSession.open(model, new Device.Cpu());
        float[] served = new float[trained.length];
        Map<String, FloatBuffer> inputs = Map.of("optical", batch.optical(), "dem", batch.elevation());
        session.run(inputs, batch.count(), 64, 64, List.of("probability"), (name, values) -> values.get(served));
        for (int i = 0; i < trained.length; i++) {
            assertThat(served[i]).isCloseTo(trained[i], within(1e-5f));
        }
    }

    private static Batch validationBatch() throws IOException {
        var inputs = config("").input().modelInputs();
        var scene = SceneFolder.find(folder.resolve("validation"), List.of()).get(0);
        WindowSet windows = new WindowSet(List.of(SceneFolder.read(scene, inputs)), 64);
        return new BatchMaker(64, 3, Augmentation.NONE).make(windows.windows(), new SplittableRandom(1));
    }

    private static float[] evaluateInTrainingSession(Batch batch) throws IOException, OrtException {
        RunFolder written = new RunFolder(run);
        RunState state = written.readState();
        SegmentationGraphs graphs =
                Trainer.graphs(written.readConfig(), new FeatureStatistics(state.optical(), state.terrain()));
        var training = graphs.training(1, 64);
        TrainingArtifacts artifacts = TrainingArtifacts.write(
                folder.resolve("artifacts"),
                training.graph(),
                training.loss(),
                graphs.evaluation(64).graph(),
                written.readConfig().optimizer().optimizer());
        try (TrainingSession session = TrainingSession.open(artifacts, best(run), graphs.inputs(), 1, 1)) {
            FloatBuffer probability = session.evaluate(Feeds.of(batch)).get("probability");
            float[] values = new float[probability.remaining()];
            probability.get(values);
            return values;
        }
    }

    @Test
    void a_package_says_what_was_measured_of_its_model_and_of_no_other() throws Exception {
        ModelPackage plain = Exporter.export(run, folder.resolve("plain.zip"));
        Path scores = folder.resolve("scores.json");
        String json =
                """
                {"data": "a test set", "model": {"name": "test-model", "checksum": "%s"}, "samples": 3, "threshold": 0.4,
                 "pixel": {"f1": 0.5, "precision": 0.25, "recall": 1.0, "iou": 0.333, "miou": 0.6, "f1Interval": [0.4, 0.625]},
                 "image": {"f1": 0.8, "accuracy": 0.9, "precision": 0.7, "recall": 0.93},
                 "calibration": {"expectedError": 0.0125, "bins": [{"pixels": 1234, "probability": 0.1, "landslide": 0.2}]},
                 "sweep": [{"threshold": 0.1, "precision": 0.2, "recall": 0.9, "f1": 0.327, "iou": 0.196}],
                 "shiftF1": {"0": 0.5, "32": 0.45}}
                """;
        Files.writeString(scores, String.format(json, plain.checksum()));
        String notes = "\n## Intended use\n\nFor tests.\n";
        ModelPackage measured =
                Exporter.export(run, folder.resolve("measured.zip"), List.of(scores), Optional.of(notes));
        assertThat(measured.checksum()).isEqualTo(plain.checksum());
        JsonNode kept = new ObjectMapper()
                .valueToTree(measured.description().metrics())
                .path("measured")
                .path(0);
        assertThat(kept.path("data").asText()).isEqualTo("a test set");
        assertThat(kept.path("pixel").path("f1").asDouble()).isEqualTo(0.5);
        assertThat(kept.path("expected_calibration_error").asDouble()).isEqualTo(0.0125);
        assertThat(kept.has("sweep")).isFalse();
        assertThat(measured.modelCard())
                .contains("### a test set")
                .contains("| pixels, pooled | 0.250 | 1.000 | 0.500 (0.400 to 0.625) | 0.333 | 0.600 | |")
                .contains("| images | 0.700 | 0.930 | 0.800 | | | 0.900 |")
                .contains("3 samples, threshold 0.40; expected calibration error 0.013")
                .contains("| chips moved diagonally, pixels | 0 | 32 |")
                .contains("| 0.10 | 0.200 | 0.900 | 0.327 | 0.196 |")
                .contains("| 0.100 | 0.200 | 1,234 |")
                .contains("## Intended use")
                .doesNotContain("## Limits")
                .doesNotContain("was not measured");
        Files.writeString(scores, String.format(json, "1220abc"));
        assertThatThrownBy(() -> Exporter.export(run, folder.resolve("other.zip"), List.of(scores), Optional.empty()))
                .hasMessageContaining("with a model of checksum 1220abc, expected that of this run's model");
        assertThat(folder.resolve("other.zip")).doesNotExist();
        Files.writeString(scores, "{}");
        assertThatThrownBy(() -> Exporter.export(run, folder.resolve("other.zip"), List.of(scores), Optional.empty()))
                .hasMessage(scores + " has no field 'data', expected what 'landslide evaluate --json' writes");
    }

    @Test
    void the_package_is_whole_and_says_where_it_comes_from() throws Exception {
        Path file = folder.resolve("package.zip");
        Exporter.export(run, file);
        ModelPackage model = ModelPackage.open(file);
        assertThat(PackageVerifier.verify(model)).isLessThan(1e-4);
        RunState state = new RunFolder(run).readState();
        assertThat(model.description().name()).isEqualTo("test-model");
        assertThat(model.description().threshold()).isEqualTo(state.bestThreshold());
        assertThat(model.description().totalParameters()).isEqualTo(state.parameters());
        assertThat(model.description().windowing().size()).isEqualTo(64);
        assertThat(model.description().windowing().overlap()).isEqualTo(16);
        assertThat(model.description().windowing().multiple()).isEqualTo(4);
        assertThat(model.description().windowing().receptiveField()).isGreaterThan(60);
        assertThat(model.description().training()).containsEntry("training", List.of("training"));
        assertThat(model.description().metrics()).containsEntry("f1", state.bestF1());
        assertThat(model.modelCard()).contains("# test-model", "Validated on: validation", "depth 2");
    }

    @Test
    void a_package_for_scenes_can_have_larger_windows_than_the_training() throws Exception {
        Path other = Files.createDirectory(folder.resolve("scenes"));
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, other.resolve(file.getFileName()));
            }
        }
        Path config = other.resolve("config.yaml");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("sceneWindow: null", "sceneWindow: 128")
                        .replace("overlap: null", "overlap: 48"));

        ModelPackage model = Exporter.export(other, folder.resolve("scenes.zip"));

        assertThat(model.description().windowing().size()).isEqualTo(128);
        assertThat(model.description().windowing().overlap()).isEqualTo(48);
        assertThat(model.description().hyperparameters())
                .containsEntry("window", 64)
                .containsEntry("scene_window", 128);
        assertThat(PackageVerifier.verify(model)).isLessThan(1e-4);
    }

    @Test
    void a_run_without_an_epoch_has_nothing_to_export() throws Exception {
        assertThatThrownBy(() -> Exporter.export(folder, folder.resolve("x.zip")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no run");
    }

    @Test
    void the_trained_model_maps_a_scene_through_the_process() throws Exception {
        Path models = Files.createDirectory(folder.resolve("models"));
        Exporter.export(run, models.resolve("test.zip"));
        System.setProperty("landslide.models", models.toString());
        try (GeoTiffFile optical = GeoTiffFile.open(folder.resolve("validation/optical.tif"));
                GeoTiffFile dem = GeoTiffFile.open(folder.resolve("validation/dem.tif"))) {
            Map<String, Object> inputs = new HashMap<>();
            inputs.put("optical", optical.coverage());
            inputs.put("dem", dem.coverage());
            Map<String, Object> results =
                    new LinkedHashMap<>(Processors.createProcess(new NameImpl("landslide", "Segment"))
                            .execute(inputs, null));
            GridCoverage2D attention = (GridCoverage2D) results.get("attention");
            assertThat(attention.getRenderedImage().getWidth()).isEqualTo(192);
            JsonNode report = new ObjectMapper().readTree(results.get("report").toString());
            long valid = report.get("pixels").get("valid").asLong();
            assertThat(valid).isBetween(192L * 192 * 9 / 10, 192L * 192);
            assertThat((double) report.get("pixels").get("landslide").asLong() / valid)
                    .isBetween(0.005, 0.4);
            assertThat(report.get("polygons").asInt()).isPositive();
        } finally {
            System.clearProperty("landslide.models");
        }
    }

    @Test
    void a_model_without_elevation_is_trained_exported_and_evaluated() throws Exception {
        Path flat = folder.resolve("flat");
        for (String use : List.of("training", "validation")) {
            Files.createDirectories(flat.resolve(use));
            for (String file : List.of("optical.tif", "mask.tif")) {
                Files.copy(folder.resolve(use).resolve(file), flat.resolve(use).resolve(file));
            }
        }
        TrainingConfig optical = ConfigFile.parse(
                ConfigFile.toYaml(config("")).replace("dem: true", "dem: false").replace("epochs: 8", "epochs: 6"),
                "optical.yaml");
        Path opticalRun = folder.resolve("optical-run");
        List<EpochMetrics> seen = new ArrayList<>();
        Trainer.train(optical, flat, opticalRun, false, listener(seen, 0));
        assertThat(seen.get(5).trainingLoss()).isLessThan(seen.get(0).trainingLoss());
        ModelPackage exported = Exporter.export(opticalRun, folder.resolve("optical.zip"));
        assertThat(exported.description().inputs()).extracting(ModelInput::name).containsExactly("optical");
        assertThat(exported.description().architecture())
                .isEqualTo("Optical half of the fusion network (residual U-Net with attention gates)");
        assertThat(exported.modelCard()).contains("`optical` (red, green, blue, 8 bits). Scaling");
        ModelSession session = ModelSession.open(exported, new Device.Cpu());
        List<SceneFolder.Scene> scenes = SceneFolder.find(flat.resolve("validation"), List.of());
        Evaluation evaluation = new SceneEvaluator(session, 0.5, Monitor.NONE).evaluate(scenes);
        assertThat(evaluation.pixel().accuracy()).isBetween(0.0, 1.0);
        // The same data does for no model that takes elevation.
        assertThatThrownBy(() -> Trainer.train(config(""), flat, folder.resolve("nope"), false, listener(seen, 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no dem or dsm or dtm file beside");
    }

    @Test
    void all_losses_train_and_export_together() throws Exception {
        String terms =
                """
                loss:
                  - {name: cross_entropy, weight: 0.5}
                  - {name: focal, weight: 0.5}
                  - {name: log_cosh}
                  - {name: iou}
                  - {name: tversky}
                  - {name: lovasz}
                  - {name: boundary}
                  - {name: center, weight: 0.1}
                  - {name: l2, weight: 0.0001}
                """;
        TrainingConfig all = ConfigFile.parse(
                ConfigFile.toYaml(config(""))
                        .replaceFirst("(?s)loss:.*?augmentation:", terms + "augmentation:")
                        .replace("epochs: 8", "epochs: 2"),
                "all.yaml");
        assertThat(all.loss().terms()).hasSize(9);
        Path allRun = folder.resolve("all-losses");
        List<EpochMetrics> seen = new ArrayList<>();
        Trainer.train(all, folder, allRun, false, listener(seen, 0));
        assertThat(seen).hasSize(2).allSatisfy(epoch -> {
            assertThat(epoch.trainingLoss()).isFinite().isPositive();
            assertThat(epoch.validationLoss()).isFinite().isPositive();
        });
        // The centres of the center loss are weights of the run, not of the model.
        ModelPackage exported = Exporter.export(allRun, folder.resolve("all-losses.zip"));
        assertThat(new String(exported.model(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("head.weight")
                .doesNotContain("loss.center");
    }
}
