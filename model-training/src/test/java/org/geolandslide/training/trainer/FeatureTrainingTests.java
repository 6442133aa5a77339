package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.PackageVerifier;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.data.Augmentation;
import org.geolandslide.training.data.Batch;
import org.geolandslide.training.data.BatchMaker;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.TinyLandslide4Sense;
import org.geolandslide.training.data.WindowSet;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.runtime.TrainingArtifacts;
import org.geolandslide.training.runtime.TrainingSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One epoch of RMAU-Net on the 14 bands of chips like those of Landslide4Sense and all 12 features. */
class FeatureTrainingTests {
    private static final int SIDE = 32;

    @TempDir
    private static Path folder;

    private static Path run;
    private static TrainingConfig config;
    private static ModelPackage exported;
    private static final List<EpochMetrics> SEEN = new ArrayList<>();

    @BeforeAll
    static void train() throws Exception {
        TinyLandslide4Sense.write(folder.resolve("set/TrainData"), 1, 16, SIDE);
        config = ConfigFile.parse(
                """
                name: all-features
                network: {architecture: rmau_net, width: 2, depth: 2, heads: 2}
                input:
                  bands: [coastal, blue, green, red, rededge071, rededge075, rededge078, nir, nir09, cirrus, swir16, swir22,
                          slope, elevation]
                  dataType: float32
                  dem: false
                  opticalNodata: null
                  groundSampleDistance: 10
                  features: [rgb_minmax, ndvi, ndmi, nbr, gray, gaussian, median, gradient, canny]
                window: 32
                batch: 2
                epochs: 1
                threads: 2
                augmentation: {mixup: 0.5}
                data:
                  training: [{format: landslide4sense, path: set, folds: {count: 4, take: [0, 1, 2], seed: 1}}]
                  validation: [{format: landslide4sense, path: set, folds: {count: 4, take: [3], seed: 1}}]
                """,
                "test.yaml");
        run = folder.resolve("run");
        Trainer.train(config, folder, run, false, ShortTraining.listener(SEEN, 0));
        exported = Exporter.export(run, folder.resolve("features.zip"));
    }

    private static List<Sample> chips(int use) throws Exception {
        var data = use == 0 ? config.data().training() : config.data().validation();
        return data.get(0).read(folder, config.input().modelInputs());
    }

    private static Batch batch(List<Sample> chips) {
        return new BatchMaker(SIDE, 14, Augmentation.NONE)
                .make(new WindowSet(chips, SIDE).windows(), new SplittableRandom(1));
    }

    @Test
    void the_network_learns_from_bands_and_features() throws Exception {
        assertThat(SEEN).singleElement().satisfies(epoch -> {
            assertThat(epoch.trainingLoss()).isFinite().isPositive();
            assertThat(epoch.validationLoss()).isFinite().isPositive();
        });
        RunState state = new RunFolder(run).readState();
        assertThat(state.optical().mean()).hasSize(26);
        assertThat(state.terrain().mean()).isEmpty();
        SegmentationGraphs graphs = Trainer.graphs(config, new FeatureStatistics(state.optical(), state.terrain()));
        assertThat(graphs.training(2, SIDE).graph().parameters().stream()
                        .anyMatch(parameter -> parameter.tensor().shape().rank() == 4
                                && parameter.tensor().shape().size(1) == 26))
                .isTrue();
    }

    @Test
    void bands_and_indices_have_the_mean_of_the_training_set() throws Exception {
        List<Float> means = new RunFolder(run).readState().optical().mean();
        double[] sums = new double[3];
        int count = 0;
        for (Sample chip : chips(0)) {
            float[] nir = chip.optical()[7];
            float[] red = chip.optical()[3];
            for (int i = 0; i < nir.length; i++) {
                sums[0] += chip.optical()[13][i];
                sums[1] += (nir[i] - red[i]) / (nir[i] + red[i]);
                count++;
            }
            float[] sorted = red.clone();
            Arrays.sort(sorted);
            for (float value : red) {
                sums[2] += (value - sorted[0]) / (sorted[sorted.length - 1] - sorted[0]);
            }
        }
        assertThat((double) means.get(13)).isCloseTo(sums[0] / count, within(0.01));
        assertThat((double) means.get(14)).as("red from 0 to 1").isCloseTo(sums[2] / count, within(1e-4));
        assertThat((double) means.get(17)).as("ndvi").isCloseTo(sums[1] / count, within(1e-4));
        assertThat((double) means.get(25)).as("edges").isBetween(0.0, 1.0);
    }

    @Test
    void the_package_reproduces_the_evaluation_graph() throws Exception {
        Batch batch = batch(chips(1));
        RunState state = new RunFolder(run).readState();
        SegmentationGraphs graphs = Trainer.graphs(config, new FeatureStatistics(state.optical(), state.terrain()));
        SegmentationGraphs.WithLoss training = graphs.training(1, SIDE);
        TrainingArtifacts artifacts = TrainingArtifacts.write(
                folder.resolve("artifacts"),
                training.graph(),
                training.loss(),
                graphs.evaluation(SIDE).graph(),
                config.optimizer().optimizer());
        float[] trained;
        try (TrainingSession session =
                TrainingSession.open(artifacts, ShortTraining.best(run), graphs.inputs(), 1, 1)) {
            FloatBuffer probability = session.evaluate(Feeds.of(batch)).get("probability");
            trained = new float[probability.remaining()];
            probability.get(trained);
        }
        float[] served = new float[trained.length];
        ModelSession.open(exported, new Device.Cpu())
                .run(
                        Map.of("optical", batch.optical()),
                        batch.count(),
                        SIDE,
                        SIDE,
                        List.of("probability"),
                        (name, values) -> values.get(served));
        assertThat(served).containsExactly(trained, within(1e-5f));
    }

    @Test
    void the_package_holds_the_features_in_standard_operators_and_says_so() throws Exception {
        Set<String> operators = new HashSet<>();
        for (NodeProto node : ModelProto.parseFrom(exported.model()).getGraph().getNodeList()) {
            assertThat(node.getDomain()).isIn("", "ai.onnx");
            operators.add(node.getOpType());
        }
        assertThat(operators).contains("ReduceMin", "ReduceMax", "TopK", "MaxPool", "Greater");
        assertThat(PackageVerifier.verify(exported)).isLessThan(1e-4);
        assertThat(exported.description().inputs()).singleElement().satisfies(input -> assertThat(input.bands())
                .extracting(Band::name)
                .startsWith("coastal", "blue")
                .hasSize(14));
        assertThat(exported.description().hyperparameters().get("input_features"))
                .isEqualTo(List.of(
                        "rgb_minmax", "ndvi", "ndmi", "nbr", "gray", "gaussian", "median", "gradient", "canny"));
        // The least and largest values are those of the window.
        assertThat(exported.description().windowing().receptiveField()).isEqualTo(SIDE);
        assertThat(exported.modelCard())
                .contains("elevation, float32; computed from them: rgb_minmax, ndvi, ")
                .contains("canny). Scaling");
    }
}
