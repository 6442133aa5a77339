package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
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
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.feature.NameImpl;
import org.geotools.process.Processors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real, short training on synthetic scenery, and what becomes of it. */
class TrainerTests {
    private static final int EPOCHS = 8;

    @TempDir
    private static Path folder;

    private static Path run;
    private static List<EpochMetrics> metrics;

    /** A small network, quickly trained. */
    private static TrainingConfig config(String more) throws IOException {
        return ConfigFile.parse(
                """
                name: test-model
                seed: 3
                network: {width: 6, depth: 2}
                window: 64
                batch: 4
                epochs: 8
                threads: 2
                optimizer: {learningRate: 0.01}
                augmentation: {mixup: 0, colour: 0.1}
                data:
                  training: [{format: scene, path: training}]
                  validation: [{format: scene, path: validation}]
                """
                        + more,
                "test.yaml");
    }

    /** Stops a training, as a power cut would. */
    private static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Collects the metrics and stops after so many epochs. */
    private static Trainer.Listener listener(List<EpochMetrics> seen, int stopAfter) {
        return new Trainer.Listener() {
            @Override
            public void startsFrom(Path source, int epoch, List<String> kept, List<String> anew) {
                throw new AssertionError("no other run was named");
            }

            @Override
            public void begins(RunState state, TrainingConfig config) {
                assertThat(state.parameters()).isPositive();
            }

            @Override
            public void step(int epoch, long done, long total) {
                assertThat(done).isBetween(1L, total);
            }

            @Override
            public void epoch(EpochMetrics epoch, int epochs, double secondsLeft) {
                assertThat(secondsLeft).isNotNegative();
                seen.add(epoch);
                if (epoch.epoch() == stopAfter) {
                    throw new PowerCut();
                }
            }
        };
    }

    @BeforeAll
    static void train() throws Exception {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(11, 384, 384)), folder.resolve("training"));
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(12, 192, 192)), folder.resolve("validation"));
        run = folder.resolve("run");
        metrics = new ArrayList<>();
        Trainer.train(config(""), folder, run, false, listener(metrics, 0));
    }

    @Test
    void the_loss_falls() {
        assertThat(metrics).hasSize(EPOCHS);
        assertThat(metrics.get(EPOCHS - 1).trainingLoss())
                .isLessThan(0.8 * metrics.get(0).trainingLoss());
        assertThat(metrics.get(EPOCHS - 1).validationLoss())
                .isLessThan(metrics.get(0).validationLoss());
        // Chance is the share of landslides, an F1 of about 0.13.
        assertThat(metrics.get(EPOCHS - 1).bestF1()).isGreaterThan(0.3);
    }

    @Test
    void the_run_folder_holds_what_it_should() throws IOException {
        RunFolder written = new RunFolder(run);
        assertThat(written.readConfig()).isEqualTo(config(""));
        assertThat(written.readMetrics()).isEqualTo(metrics);
        assertThat(Files.readAllLines(written.metrics()).get(0)).startsWith("epoch,learningRate,trainingLoss,");
        assertThat(written.readState().epochs()).isEqualTo(EPOCHS);
        assertThat(written.readState().bestEpoch()).isBetween(1, EPOCHS);
        for (String picture : List.of("loss.png", "f1.png")) {
            assertThat(ImageIO.read(run.resolve(picture).toFile()).getWidth()).isEqualTo(900);
        }
        Set<String> expected =
                new TreeSet<>(Set.of("artifacts", "config.yaml", "f1.png", "loss.png", "metrics.csv", "run.json"));
        expected.add("epoch-0008.ckpt");
        expected.add(best(run).getFileName().toString());
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static Path best(Path folder) throws IOException {
        RunFolder written = new RunFolder(folder);
        return written.checkpoint(written.readState().bestEpoch());
    }

    @Test
    void a_stopped_training_goes_on_as_if_it_had_not_been_stopped() throws Exception {
        Path stopped = folder.resolve("stopped");
        List<EpochMetrics> seen = new ArrayList<>();
        assertThatThrownBy(() -> Trainer.train(config(""), folder, stopped, false, listener(seen, 2)))
                .isInstanceOf(PowerCut.class);
        Trainer.train(config(""), folder, stopped, true, listener(seen, 0));
        assertThat(seen).hasSize(EPOCHS);
        for (int i = 0; i < EPOCHS; i++) {
            assertThat(seen.get(i).epoch()).isEqualTo(i + 1);
            if (i < 4) {
                // Steps are not repeatable to the last bit, and small differences grow.
                assertThat(seen.get(i).trainingLoss()).isCloseTo(metrics.get(i).trainingLoss(), withinPercentage(10));
            }
            assertThat(seen.get(i).learningRate()).isEqualTo(metrics.get(i).learningRate());
        }
        assertThat(new RunFolder(stopped).readMetrics()).isEqualTo(seen);
    }

    @Test
    void a_finished_run_that_is_resumed_does_nothing() throws Exception {
        List<EpochMetrics> seen = new ArrayList<>();
        RunState state = Trainer.train(config(""), folder, run, true, listener(seen, 0));
        assertThat(seen).isEmpty();
        assertThat(state.epochs()).isEqualTo(EPOCHS);
    }

    @Test
    void a_run_is_not_overwritten() {
        assertThatThrownBy(() -> Trainer.train(config(""), folder, run, false, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds a run already");
    }

    @Test
    void a_run_does_not_go_on_with_another_configuration() {
        assertThatThrownBy(() -> Trainer.train(
                        config("network: {width: 8}\n"), folder, run, true, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another configuration")
                .hasMessageContaining("network.width");
    }

    @Test
    void a_run_does_not_go_on_with_other_data() throws Exception {
        Path other = folder.resolve("other-data");
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(11, 256, 256)), other.resolve("training"));
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(12, 192, 192)), other.resolve("validation"));
        assertThatThrownBy(() -> Trainer.train(config(""), other, run, true, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessage("the run was begun with 36 training windows, the data has 16 now");
    }

    @Test
    void a_run_that_was_cut_off_between_its_files_goes_on_from_the_last_whole_epoch() throws Exception {
        Path copy = copyOfRun("cut-off");
        Path left = Files.writeString(copy.resolve("epoch-0099.ckpt"), "from an epoch that run.json does not know");
        String all = Files.readString(copy.resolve("metrics.csv"));
        Files.writeString(
                copy.resolve("metrics.csv"),
                all + all.lines().skip(1).findFirst().orElseThrow());
        String longer = Files.readString(copy.resolve("config.yaml")).replace("epochs: 8", "epochs: 9");
        Files.writeString(copy.resolve("config.yaml"), longer);
        List<EpochMetrics> seen = new ArrayList<>();
        Trainer.train(ConfigFile.parse(longer, "longer"), folder, copy, true, listener(seen, 0));
        assertThat(seen).extracting(EpochMetrics::epoch).containsExactly(9);
        assertThat(left).doesNotExist();
        assertThat(best(copy)).exists();
    }

    @Test
    void training_stops_early_when_nothing_gets_better() throws Exception {
        Path copy = copyOfRun("stalled");
        String patient = Files.readString(copy.resolve("config.yaml"))
                .replace("epochs: 8", "epochs: 20")
                .replace("patience: 0", "patience: 2");
        Files.writeString(copy.resolve("config.yaml"), patient);
        // Nothing is better than perfect.
        RunFolder written = new RunFolder(copy);
        Files.copy(written.checkpoint(8), copy.resolve("epoch-0007.ckpt"), StandardCopyOption.REPLACE_EXISTING);
        ObjectNode state = (ObjectNode)
                new ObjectMapper().readTree(copy.resolve("run.json").toFile());
        state.put("bestF1", 1.0).put("bestEpoch", 7);
        Files.writeString(copy.resolve("run.json"), state.toString());
        List<EpochMetrics> seen = new ArrayList<>();
        RunState end = Trainer.train(ConfigFile.parse(patient, "patient"), folder, copy, true, listener(seen, 0));
        assertThat(seen).extracting(EpochMetrics::epoch).containsExactly(9);
        assertThat(end.bestEpoch()).isEqualTo(7);
        assertThat(best(copy)).exists();
        // It stays stopped.
        assertThat(Trainer.train(ConfigFile.parse(patient, "patient"), folder, copy, true, listener(seen, 0)))
                .isEqualTo(end);
    }

    @Test
    void data_without_landslide_is_refused() throws Exception {
        Path barren = folder.resolve("barren");
        for (String kind : List.of("image", "dem", "mask")) {
            int type = kind.equals("image") ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY;
            Path chips = Files.createDirectories(barren.resolve("training").resolve(kind));
            ImageIO.write(
                    new BufferedImage(64, 64, type),
                    "png",
                    chips.resolve("a.png").toFile());
        }
        TrainingConfig ofChips = ConfigFile.parse(
                ConfigFile.toYaml(config(""))
                        .replace("SCENE", "CHIPS")
                        .replace("opticalNodata: 0.0", "opticalNodata: null"),
                "chips.yaml");
        assertThatThrownBy(() ->
                        Trainer.train(ofChips, barren, folder.resolve("none"), false, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the training data has no pixel that is labelled as landslide");
    }

    @Test
    void a_checkpoint_of_another_network_is_refused() throws Exception {
        Path copy = copyOfRun("foreign");
        // The files of another network around the checkpoint of this one.
        String yaml = Files.readString(copy.resolve("config.yaml")).replace("width: 6", "width: 4");
        Files.writeString(copy.resolve("config.yaml"), yaml);
        TrainingConfig other = ConfigFile.parse(yaml, "other");
        assertThatThrownBy(() -> Trainer.train(other, folder, copy, true, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("epoch-0008.ckpt is a checkpoint of another network")
                .hasMessageContaining("instead of");
        Path target = folder.resolve("foreign.zip");
        assertThatThrownBy(() -> Exporter.export(copy, target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(best(copy).getFileName() + " is a checkpoint of another network");
        assertThat(target).doesNotExist();
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

    private static Path copyOfRun(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        Set<String> files = new TreeSet<>(Set.of("config.yaml", "epoch-0008.ckpt", "metrics.csv", "run.json"));
        files.add(best(run).getFileName().toString());
        for (String file : files) {
            Files.copy(run.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    @Test
    void there_must_be_data_for_a_batch() throws Exception {
        TrainingConfig tooMuch = config("batch: 64\n");
        assertThatThrownBy(() ->
                        Trainer.train(tooMuch, folder, folder.resolve("none"), false, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fewer than a batch of 64");
        assertThatThrownBy(() -> Trainer.train(
                        config(""),
                        folder.resolve("nowhere"),
                        folder.resolve("none"),
                        false,
                        listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no folder");
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
                graphs.evaluation().graph(),
                written.readConfig().optimizer().optimizer());
        try (TrainingSession session = TrainingSession.open(artifacts, best(run), graphs.inputs(), 1, 1)) {
            FloatBuffer probability = session.evaluate(Trainer.feeds(batch)).get("probability");
            float[] values = new float[probability.remaining()];
            probability.get(values);
            return values;
        }
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
}
