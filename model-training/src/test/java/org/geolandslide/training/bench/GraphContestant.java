package org.geolandslide.training.bench;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.geolandslide.training.data.Batch;
import org.geolandslide.training.data.BatchStream;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.network.Layers;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.operator.Identity;
import org.geolandslide.training.runtime.AdamW;
import org.geolandslide.training.runtime.Checkpoint;
import org.geolandslide.training.runtime.TrainingArtifacts;
import org.geolandslide.training.runtime.TrainingRuntime;
import org.geolandslide.training.runtime.TrainingSession;

/** This project's side: a graph in a training session of ONNX Runtime, as the trainer runs it. */
final class GraphContestant implements Contestant {
    private static final long SEED = 1;
    private static final List<String> INPUTS =
            List.of(SegmentationGraphs.OPTICAL, SegmentationGraphs.TARGET, SegmentationGraphs.WEIGHT);

    private final TrainingSession session;
    private final long trainableParameters;
    private final BenchChips chips;
    private final List<Batch> ready = new ArrayList<>();
    private BatchStream stream;
    private int next;

    private GraphContestant(TrainingSession session, long trainableParameters, BenchChips chips) {
        this.session = session;
        this.trainableParameters = trainableParameters;
        this.chips = chips;
        try (BatchStream plain = chips.plain()) {
            while (ready.size() < Workload.BATCHES) {
                ready.add(plain.next());
            }
        }
        warmUpStream();
        stream = chips.augmented();
    }

    /** The virtual machine compiles what makes batches during its first hundred; a training of thousands does not see that. */
    private void warmUpStream() {
        try (BatchStream batches = chips.augmented()) {
            batches.forEachRemaining(batch -> {});
        }
    }

    /**
     * Makes a network ready for training.
     *
     * @param folder for the artifacts
     */
    static GraphContestant open(Workload workload, Path folder) throws IOException, OrtException {
        GraphNetwork network = workload.network().graph();
        SegmentationGraphs.WithLoss training = build(network, workload, true);
        SegmentationGraphs.WithLoss evaluation = build(network, workload, false);
        evaluation.graph().output(evaluation.loss());
        long trainable = training.graph().parameters().stream()
                .filter(Parameter::trainable)
                .mapToLong(parameter -> parameter.initial().length)
                .sum();
        Path checkpoint = folder.resolve("checkpoint");
        Checkpoint.initial(training.graph()).write(checkpoint);
        TrainingArtifacts artifacts = TrainingArtifacts.write(
                folder,
                training.graph(),
                training.loss(),
                evaluation.graph(),
                new AdamW(0.9, 0.999, 1e-8, Workload.WEIGHT_DECAY, 1));
        TrainingSession session = TrainingSession.open(artifacts, checkpoint, INPUTS, workload.threads(), SEED);
        return new GraphContestant(session, trainable, new BenchChips(workload));
    }

    /** The graph of a network with the loss for output. */
    static SegmentationGraphs.WithLoss build(GraphNetwork network, Workload workload, boolean training) {
        Graph graph = new Graph();
        int batch = workload.batch();
        int side = workload.window();
        Shape onePerPixel = Shape.of(batch, 1, side, side);
        Tensor image = graph.input(
                SegmentationGraphs.OPTICAL,
                ElementType.FLOAT,
                Shape.of(batch, workload.network().bands(), side, side));
        Tensor target = graph.input(SegmentationGraphs.TARGET, ElementType.FLOAT, onePerPixel);
        Tensor weight = graph.input(SegmentationGraphs.WEIGHT, ElementType.FLOAT, onePerPixel);
        Layers layers = new Layers(graph, training, SEED, List.of());
        Tensor loss =
                graph.applyNamed(SegmentationGraphs.LOSS, new Identity(), network.loss(layers, image, target, weight));
        return new SegmentationGraphs.WithLoss(graph, loss);
    }

    @Override
    public long trainableParameters() {
        return trainableParameters;
    }

    @Override
    public String title() {
        return "ONNX Runtime " + TrainingRuntime.environment().getVersion();
    }

    @Override
    public double train(Feed feed, int steps) throws OrtException {
        double loss = 0;
        for (int i = 0; i < steps; i++) {
            Batch batch = feed == Feed.READY ? ready.get(next++ % ready.size()) : streamed();
            loss = session.trainStep(feeds(batch), Workload.LEARNING_RATE);
        }
        return loss;
    }

    private Batch streamed() {
        if (!stream.hasNext()) {
            stream.close();
            stream = chips.augmented();
        }
        return stream.next();
    }

    private static Map<String, TrainingSession.Feed> feeds(Batch batch) {
        long n = batch.count();
        long side = batch.side();
        long[] onePerPixel = {n, 1, side, side};
        return Map.of(
                SegmentationGraphs.OPTICAL,
                new TrainingSession.Feed(batch.optical(), new long[] {n, batch.bands(), side, side}),
                SegmentationGraphs.TARGET,
                new TrainingSession.Feed(batch.target(), onePerPixel),
                SegmentationGraphs.WEIGHT,
                new TrainingSession.Feed(batch.weight(), onePerPixel));
    }

    @Override
    public void close() {
        stream.close();
        session.close();
    }
}
