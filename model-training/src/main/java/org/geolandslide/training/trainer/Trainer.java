package org.geolandslide.training.trainer;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.geolandslide.model.OutputFile;
import org.geolandslide.training.config.SourceConfig;
import org.geolandslide.training.config.StartConfig;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.data.Augmentation;
import org.geolandslide.training.data.Batch;
import org.geolandslide.training.data.BatchMaker;
import org.geolandslide.training.data.BatchStream;
import org.geolandslide.training.data.Window;
import org.geolandslide.training.data.WindowSet;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.runtime.Checkpoint;
import org.geolandslide.training.runtime.TrainingArtifacts;
import org.geolandslide.training.runtime.TrainingDevice;
import org.geolandslide.training.runtime.TrainingRuntime;
import org.geolandslide.training.runtime.TrainingSession;
import org.geolandslide.training.split.UsedSamples;

/** Trains a network: epochs of steps, each followed by a validation, with everything needed to go on kept in a run folder. */
public final class Trainer {
    /** Batches after which batch normalisation's running statistics (momentum 0.9) hold less than 2 % of what they were. */
    private static final int STATISTICS_BATCHES = 40;

    private final TrainingConfig config;
    private final RunFolder run;
    private final WindowSet training;
    private final WindowSet validation;
    private final Listener listener;
    private final TrainingDevice device;
    private final int bands;

    /** Opens sessions of one training, which differ in their weights. */
    private interface Sessions {
        TrainingSession at(Path checkpoint) throws OrtException;
    }

    /** Is told what happens. */
    public interface Listener {
        /**
         * Called before the first step of a training that starts from given weights.
         *
         * @param source folder of another run, or file of a model package
         * @param epoch epoch that the weights are of
         * @param kept names of the parameters whose values they are
         * @param anew names of those that begin anew
         */
        void startsFrom(Path source, int epoch, List<String> kept, List<String> anew);

        /** Called once, before the first step. */
        void begins(RunState state, TrainingConfig config);

        /** Called after each step. */
        void step(int epoch, long done, long total);

        /**
         * Called after each epoch.
         *
         * @param secondsLeft estimate of the time that the remaining epochs take
         */
        void epoch(EpochMetrics metrics, int epochs, double secondsLeft);
    }

    private Trainer(
            TrainingConfig config,
            RunFolder run,
            WindowSet training,
            WindowSet validation,
            TrainingDevice device,
            Listener listener) {
        this.config = config;
        this.run = run;
        this.training = training;
        this.validation = validation;
        this.device = device;
        this.listener = listener;
        this.bands = config.input().modelInputs().get(0).bands().size();
    }

    /** Trains on the processor, or goes on with a training. */
    public static RunState train(TrainingConfig config, Path data, Path folder, boolean resume, Listener listener)
            throws IOException, OrtException {
        return train(config, data, folder, resume, new TrainingDevice.Cpu(), listener);
    }

    /**
     * Trains, or goes on with a training.
     *
     * @param data folder that the configuration's paths are relative to
     * @param folder run folder
     * @param resume whether a run in the folder goes on; without it, a folder that holds a run is refused
     * @param device where the network runs; not part of what must agree when a run goes on
     * @return the state after the last epoch
     * @throws IOException if data cannot be read or holds no landslide, training and validation share an image, the folder cannot be
     *     written, the configuration or a sample is not that of the run, or the checkpoint is of another network
     * @throws IllegalStateException if the device is not there; nothing was written then
     * @throws CancellationException if this thread is interrupted, between two steps; the finished epochs are kept
     */
    public static RunState train(
            TrainingConfig config, Path data, Path folder, boolean resume, TrainingDevice device, Listener listener)
            throws IOException, OrtException {
        TrainingRuntime.environment(device);
        RunFolder run = new RunFolder(folder);
        boolean goesOn = resume && run.isBegun();
        if (goesOn) {
            requireSameConfig(run, config);
        } else if (run.isBegun()) {
            throw new IOException(folder + " holds a run already; go on with it (--resume) or choose another folder");
        }
        OutputFile.requireWritable(run.config());
        WindowSet training = windows(config, config.data().training(), data, "training");
        WindowSet validation = windows(config, config.data().validation(), data, "validation");
        if (training.perEpoch() < config.batch()) {
            throw new IOException("there are " + training.perEpoch() + " training windows of " + config.window()
                    + " pixels per epoch, fewer than a batch of " + config.batch());
        }
        UsedSamples samples = samples(config, data, run, goesOn && run.hasSamples());
        return new Trainer(config, run, training, validation, device, listener).train(goesOn, samples);
    }

    /** The samples of a configuration; of a run that has not written them down, also those of the run that it starts from. */
    private static UsedSamples samples(TrainingConfig config, Path data, RunFolder run, boolean written)
            throws IOException {
        UsedSamples own = UsedSamples.find(config.data(), data);
        StartConfig start = config.start();
        UsedSamples all = start == null || written ? own : own.after(Transfer.samples(start, run.root()), start.name());
        all.requireApart();
        return all;
    }

    private static void requireSameConfig(RunFolder run, TrainingConfig now) throws IOException {
        Map<String, String> differences = run.differences(now);
        if (!differences.isEmpty()) {
            throw new IOException(
                    "the run was begun with another configuration; the old and the new value differ in " + differences);
        }
    }

    private static WindowSet windows(TrainingConfig config, List<SourceConfig> sources, Path data, String what)
            throws IOException {
        List<WindowSet.Part> parts = new ArrayList<>();
        for (SourceConfig source : sources) {
            parts.add(new WindowSet.Part(source.read(data, config.input().modelInputs()), source.frequency()));
        }
        int samples = parts.stream().mapToInt(part -> part.samples().size()).sum();
        WindowSet windows = new WindowSet(config.window(), parts);
        if (windows.windows().isEmpty()) {
            throw new IOException("the " + what + " data has no window of " + config.window()
                    + " pixels with enough labelled pixels in " + samples + " sample(s)");
        }
        if (!windows.hasLandslide()) {
            throw new IOException(
                    "the " + what + " data has no pixel that is labelled as landslide in " + samples + " sample(s)");
        }
        return windows;
    }

    private static void requireSameWindows(String what, WindowSet windows, int before) throws IOException {
        if (windows.windows().size() != before) {
            throw new IOException("the run was begun with " + before + " " + what + " windows, the data has "
                    + windows.windows().size() + " now");
        }
    }

    private RunState train(boolean goesOn, UsedSamples samples) throws IOException, OrtException {
        RunState state = goesOn ? run.readState() : null;
        Optional<Transfer> transfer = state == null && config.start() != null
                ? Optional.of(Transfer.read(config.start(), run.root()))
                : Optional.empty();
        FeatureStatistics statistics =
                state != null ? new FeatureStatistics(state.optical(), state.terrain()) : statistics(transfer);
        SegmentationGraphs graphs = graphs(config, statistics);
        SegmentationGraphs.WithLoss trainingGraph = graphs.training(config.batch(), config.window());
        requireTrained(trainingGraph.graph());
        Checkpoint initial = Checkpoint.initial(trainingGraph.graph());
        if (transfer.isPresent()) {
            Transfer.Outcome outcome = transfer.get().onto(initial);
            initial = outcome.checkpoint();
            listener.startsFrom(transfer.get().source(), transfer.get().epoch(), outcome.kept(), outcome.anew());
        }
        SegmentationGraphs.WithLoss evaluationGraph = graphs.evaluation(config.window());
        run.removeUnfinished();
        TrainingArtifacts artifacts = TrainingArtifacts.write(
                run.artifacts(),
                trainingGraph.graph(),
                trainingGraph.loss(),
                evaluationGraph.graph(),
                config.optimizer().optimizer());
        if (state == null) {
            run.writeConfig(config);
            run.writeSamples(samples);
            initial.write(run.checkpoint(0));
            state = RunState.beginning(
                    statistics,
                    weights(evaluationGraph.graph().parameters()),
                    training.windows().size(),
                    validation.windows().size());
            run.writeState(state);
        } else {
            requireSameWindows("training", training, state.trainingWindows());
            requireSameWindows("validation", validation, state.validationWindows());
            if (run.hasSamples()) {
                run.readSamples().requireSame(samples);
            } else {
                run.writeSamples(samples);
            }
            Path last = run.checkpoint(state.epochs());
            Checkpoint.read(last).requireFits(evaluationGraph.graph(), last);
            // A process that was killed may have left others.
            run.prune(state);
        }
        listener.begins(state, config);
        Sessions sessions = checkpoint -> TrainingSession.open(
                artifacts, checkpoint, graphs.inputs(), config.effectiveThreads(), config.seed(), device);
        try (TrainingSession session = sessions.at(run.checkpoint(state.epochs()))) {
            List<EpochMetrics> metrics = new ArrayList<>(finished(run.readMetrics(), state.epochs()));
            int alreadyDone = state.epochs();
            double secondsBefore = state.seconds();
            while (state.epochs() < config.epochs() && !state.isStalled(config.patience())) {
                EpochMetrics epoch = interruptible(sessions, session, state.epochs() + 1);
                metrics.add(epoch);
                run.writeMetrics(metrics);
                state = state.after(epoch);
                run.writeState(state);
                run.prune(state);
                double perEpoch = (state.seconds() - secondsBefore) / (state.epochs() - alreadyDone);
                listener.epoch(epoch, config.epochs(), perEpoch * (config.epochs() - state.epochs()));
            }
        }
        return state;
    }

    /** A run that was stopped between its files is one line ahead in the metrics. */
    private static List<EpochMetrics> finished(List<EpochMetrics> metrics, int epochs) {
        return metrics.stream().filter(row -> row.epoch() <= epochs).toList();
    }

    /** The graphs of a configuration whose data is not known: its inputs are not standardised. */
    public static SegmentationGraphs graphs(TrainingConfig config) {
        return graphs(config, FeatureStatistics.none(config.input()));
    }

    /** The graphs of a configuration. */
    static SegmentationGraphs graphs(TrainingConfig config, FeatureStatistics statistics) {
        return new SegmentationGraphs(
                config.network(),
                config.input().inputFeatures(),
                statistics.optical(),
                statistics.terrain(),
                config.loss().loss(),
                config.detectionWeight() == null ? 0 : config.detectionWeight(),
                config.seed(),
                config.frozen());
    }

    private FeatureStatistics statistics(Optional<Transfer> transfer) throws OrtException {
        FeatureStatistics measured = FeatureStatistics.measure(
                training.windows(), config.window(), config.input().inputFeatures());
        return transfer.map(found -> found.statistics(measured)).orElse(measured);
    }

    /** Refuses frozen parts that the network does not have, and a network of nothing else. */
    private void requireTrained(Graph graph) throws IOException {
        for (String prefix : config.frozen()) {
            if (graph.parameters().stream()
                    .noneMatch(parameter -> parameter.name().startsWith(prefix))) {
                throw new IOException("start.freeze names '" + prefix + "', with which no parameter's name begins");
            }
        }
        if (graph.parameters().stream().noneMatch(Parameter::trainable)) {
            throw new IOException("start.freeze " + config.frozen() + " leaves nothing to train");
        }
    }

    private static long weights(List<Parameter> parameters) {
        return parameters.stream()
                .mapToLong(parameter -> parameter.initial().length)
                .sum();
    }

    /** An epoch; if it ends for an interruption, wherever that came, with the message that says how to go on. */
    private EpochMetrics interruptible(Sessions sessions, TrainingSession session, int epoch)
            throws IOException, OrtException {
        try {
            return epoch(sessions, session, epoch);
        } catch (CancellationException e) {
            requireNotInterrupted(epoch);
            throw e;
        }
    }

    /** Trains for one epoch, saves the weights, and validates them or their mean with those of epochs before. */
    private EpochMetrics epoch(Sessions sessions, TrainingSession session, int epoch) throws IOException, OrtException {
        // Each epoch's randomness follows from the seed and its number, so that a resumed run sees the same windows.
        SplittableRandom random = new SplittableRandom(config.seed() * 1_000_003 + epoch);
        long start = System.nanoTime();
        int steps = training.perEpoch() / config.batch();
        double lossSum = 0;
        double learningRate = 0;
        int done = 0;
        Augmentation augmentation = config.augmentation().inEpoch(epoch, config.epochs());
        BatchMaker maker = new BatchMaker(config.window(), bands, config.input().lightBands(), augmentation);
        List<Window> windows = training.shuffled(augmentation.shift(), random);
        try (BatchStream batches = new BatchStream(maker, windows, config.batch(), false, random)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                long step = (epoch - 1L) * steps + done;
                learningRate = config.optimizer().learningRateAt(step, (long) config.epochs() * steps);
                double loss = session.trainStep(Feeds.of(batch), learningRate);
                if (!Double.isFinite(loss)) {
                    throw new IllegalStateException("the loss became " + loss + " in epoch " + epoch + ", step "
                            + (done + 1) + "; try a smaller learning rate");
                }
                lossSum += loss;
                done++;
                listener.step(epoch, done, steps);
                requireNotInterrupted(epoch);
            }
        }
        double trainingSeconds = (System.nanoTime() - start) / 1e9;
        session.save(run.checkpoint(epoch));
        Validation measured;
        if (config.optimizer().averagedEpochs(epoch, config.epochs()) == 0) {
            measured = validate(session, epoch);
        } else {
            try (BatchStream batches = new BatchStream(maker, windows, config.batch(), false, random)) {
                measured = validateAverage(sessions, epoch, batches);
            }
        }
        return measured.metrics(
                epoch,
                learningRate,
                lossSum / done,
                done * config.batch() / trainingSeconds,
                (System.nanoTime() - start) / 1e9);
    }

    private Validation validate(TrainingSession session, int epoch) throws OrtException {
        BatchMaker maker = new BatchMaker(config.window(), bands, Augmentation.NONE);
        try (BatchStream batches = new BatchStream(
                maker, validation.windows(), config.batch(), true, new SplittableRandom(config.seed()))) {
            return Validation.of(session, batches, () -> requireNotInterrupted(epoch));
        }
    }

    /**
     * Takes the weights that were just saved into the mean, measures its statistics anew, saves it, and validates it.
     *
     * @param batches training data for the statistics
     */
    private Validation validateAverage(Sessions sessions, int epoch, BatchStream batches)
            throws IOException, OrtException {
        int averaged = config.optimizer().averagedEpochs(epoch, config.epochs());
        Checkpoint mean = Checkpoint.read(run.checkpoint(epoch));
        if (averaged > 1) {
            mean = Checkpoint.read(run.average(epoch - 1)).towards(mean, 1.0 / averaged);
        }
        mean.write(run.average(epoch));
        try (TrainingSession session = sessions.at(run.average(epoch))) {
            for (int batch = 0; batch < STATISTICS_BATCHES && batches.hasNext(); batch++) {
                requireNotInterrupted(epoch);
                session.observe(Feeds.of(batches.next()));
            }
            session.save(run.average(epoch));
            return validate(session, epoch);
        }
    }

    /** Ends between two steps: the next one would run on while the process shuts down. */
    private void requireNotInterrupted(int epoch) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("stopped in epoch " + epoch + " of " + config.epochs() + "; "
                    + (epoch == 1 ? "nothing was finished" : "what was finished is kept")
                    + ": --resume goes on with this epoch");
        }
    }
}
