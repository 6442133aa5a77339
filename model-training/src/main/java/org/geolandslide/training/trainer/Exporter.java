package org.geolandslide.training.trainer;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.model.FloatTensor;
import org.geolandslide.model.GoldenSample;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.PackageVerifier;
import org.geolandslide.model.PackageWriter;
import org.geolandslide.model.ProjectVersion;
import org.geolandslide.model.Windowing;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.SourceConfig;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.network.ReceptiveField;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.runtime.Checkpoint;
import org.geolandslide.training.runtime.TrainingArtifacts;
import org.geolandslide.training.runtime.TrainingRuntime;
import org.geolandslide.training.runtime.TrainingSession;

/** Makes a model package from the best epoch of a run. */
public final class Exporter {
    /** Side of the golden sample in pixels, before it is rounded to what the network can take. */
    private static final int GOLDEN_SIDE = 64;

    /** Processors differ in the order in which they add. */
    private static final double TOLERANCE = 1e-3;

    private Exporter() {}

    /** Exports a run of which nothing was measured. */
    public static ModelPackage export(Path folder, Path target) throws IOException, OrtException {
        return export(folder, target, List.of(), Optional.empty());
    }

    /**
     * Exports a run.
     *
     * @param folder run folder
     * @param target zip archive to write
     * @param evaluations what {@code landslide evaluate --json} wrote about this run's model, for the package and its card
     * @param notes Markdown about the intended use, failures and licences, for the card
     * @return the package, verified
     * @throws IOException if the folder holds no finished epoch, its checkpoint is of another network, or the package cannot
     *     be written
     */
    public static ModelPackage export(Path folder, Path target, List<Path> evaluations, Optional<String> notes)
            throws IOException, OrtException {
        RunFolder run = new RunFolder(folder);
        TrainingConfig config = run.readConfig();
        RunState state = run.readState();
        if (state.bestEpoch() == 0) {
            throw new IOException(folder + " has no finished epoch to export");
        }
        SegmentationGraphs graphs = Trainer.graphs(config, new FeatureStatistics(state.optical(), state.terrain()));
        Graph evaluation = graphs.evaluation(config.window()).graph();
        Path best = run.weights(state.bestEpoch());
        Checkpoint.read(best).requireFits(evaluation, best);
        byte[] model = exportModel(best, config, graphs);
        List<MeasuredAccuracy> measured = new ArrayList<>();
        for (Path file : evaluations) {
            measured.add(MeasuredAccuracy.read(file, ModelPackage.checksumOf(model)));
        }
        GoldenSample golden = golden(model, config, state);
        Optional<String> samples =
                run.hasSamples() ? Optional.of(run.readSamples().toCsv()) : Optional.empty();
        return PackageWriter.write(
                target,
                describe(config, state, graphs, measured),
                model,
                golden,
                ModelCard.write(config, state, measured, notes),
                samples);
    }

    private static byte[] exportModel(Path checkpoint, TrainingConfig config, SegmentationGraphs graphs)
            throws IOException, OrtException {
        Path folder = Files.createTempDirectory("geolandslide-export");
        Path model = folder.resolve("model.onnx");
        Path models = folder.resolve("artifacts");
        try {
            SegmentationGraphs.WithLoss training = graphs.training(1, config.window());
            TrainingArtifacts artifacts = TrainingArtifacts.write(
                    models,
                    training.graph(),
                    training.loss(),
                    graphs.evaluation(config.window()).graph(),
                    config.optimizer().optimizer());
            try (TrainingSession session =
                    TrainingSession.open(artifacts, checkpoint, graphs.inputs(), 1, config.seed())) {
                session.exportModel(model, graphs.outputs());
            }
            return Files.readAllBytes(model);
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** A piece of synthetic scenery and what the model says about it: no third party's imagery travels with the package. */
    private static GoldenSample golden(byte[] model, TrainingConfig config, RunState state) throws OrtException {
        int multiple = config.network().multiple();
        int side = config.network().needsFixedSize()
                ? config.window()
                : Math.max(multiple, GOLDEN_SIDE / multiple * multiple);
        GoldenScenery scenery = GoldenScenery.of(side);
        Map<String, FloatTensor> inputs = new LinkedHashMap<>();
        inputs.put(SegmentationGraphs.OPTICAL, scenery.optical(config.input(), state.optical()));
        if (config.input().dem()) {
            inputs.put(SegmentationGraphs.DEM, scenery.elevation());
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = TrainingRuntime.environment().createSession(model, options)) {
            return new GoldenSample(inputs, PackageVerifier.run(session, inputs), TOLERANCE);
        }
    }

    private static ModelOutput output(String name) {
        return switch (name) {
            case SegmentationGraphs.PROBABILITY -> ModelOutput.probability();
            case SegmentationGraphs.ATTENTION -> ModelOutput.attention();
            case SegmentationGraphs.DETECTION -> ModelOutput.detection();
            default -> throw new IllegalArgumentException("the output " + name);
        };
    }

    private static ModelDescription describe(
            TrainingConfig config, RunState state, SegmentationGraphs graphs, List<MeasuredAccuracy> measured) {
        Map<String, Object> hyperparameters = new LinkedHashMap<>();
        hyperparameters.putAll(ConfigFile.settings(config.network()));
        if (!config.input().features().isEmpty()) {
            hyperparameters.put("input_features", config.input().featureTitles());
        }
        hyperparameters.put("window", config.window());
        hyperparameters.put("scene_window", config.servedWindow());
        hyperparameters.put("batch", config.batch());
        hyperparameters.put("epochs", state.epochs());
        hyperparameters.put("optimizer", config.optimizer().name().toString());
        hyperparameters.put("learning_rate", config.optimizer().learningRate());
        if (config.optimizer().weightDecay() != null) {
            hyperparameters.put("weight_decay", config.optimizer().weightDecay());
        }
        if (config.optimizer().averageFrom() != null) {
            hyperparameters.put("average_from", config.optimizer().averageFrom());
        }
        hyperparameters.put("loss", config.loss().toString());
        hyperparameters.put("cut_mix", config.augmentation().cutMix());
        hyperparameters.put("mixup", config.augmentation().mixup());
        hyperparameters.put("random_state", config.seed());
        Map<String, Object> training = new LinkedHashMap<>();
        training.put(
                "training",
                config.data().training().stream().map(SourceConfig::title).toList());
        training.put(
                "validation",
                config.data().validation().stream().map(SourceConfig::title).toList());
        training.put("training_windows", state.trainingWindows());
        training.put("validation_windows", state.validationWindows());
        training.putAll(TrainedPackage.describe(
                ConfigFile.fields(config), new FeatureStatistics(state.optical(), state.terrain()), state.bestEpoch()));
        training.put("seconds", Math.round(state.seconds()));
        training.put("runtime", "ONNX Runtime " + TrainingRuntime.environment().getVersion());
        Map<String, Object> metrics = new LinkedHashMap<>();
        metrics.put("data", "validation, pooled pixels; the best epoch and the threshold were chosen on it");
        metrics.put("f1", state.bestF1());
        metrics.put("threshold", state.bestThreshold());
        metrics.put("f1_at_half", state.bestF1AtHalf());
        metrics.put("iou_at_half", state.bestIouAtHalf());
        if (!measured.isEmpty()) {
            metrics.put(
                    "measured", measured.stream().map(MeasuredAccuracy::summary).toList());
        }
        int multiple = config.network().multiple();
        Graph evaluation = graphs.evaluation(config.servedWindow()).graph();
        int receptiveField =
                ReceptiveField.of(evaluation, SegmentationGraphs.PROBABILITY).orElse(config.servedWindow());
        return new ModelDescription(
                config.name(),
                config.description(),
                config.network().title(config.input().dem()),
                config.input().modelInputs(),
                graphs.outputs().stream().map(Exporter::output).toList(),
                hyperparameters,
                state.parameters(),
                new Windowing(
                        config.servedWindow(),
                        config.overlapFor(receptiveField),
                        multiple,
                        receptiveField,
                        config.network().needsFixedSize(),
                        config.input().resample()),
                state.bestThreshold(),
                training,
                metrics,
                ProjectVersion.get(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }
}
