package org.geolandslide.training.bench;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.geolandslide.training.data.Batch;
import org.geolandslide.training.data.BatchStream;

/** The other side: the same network in DJL with PyTorch. */
final class PeerContestant implements Contestant {
    private static final String ENGINE = "PyTorch";

    private final PeerNetwork network;
    private final Model model;
    private final Trainer trainer;
    private final NDManager manager;
    private final List<NDList> ready = new ArrayList<>();
    private int next;

    private PeerContestant(PeerNetwork network, Model model, Trainer trainer, NDManager manager) {
        this.network = network;
        this.model = model;
        this.trainer = trainer;
        this.manager = manager;
    }

    /** Loads PyTorch; fails where its library does not run. */
    static void load() {
        Engine.getEngine(ENGINE);
    }

    /** Makes a network ready for training. */
    static PeerContestant open(Workload workload) {
        PeerNetwork network = workload.network().peer();
        Model model = Model.newInstance(workload.network().name(), ENGINE);
        model.setBlock(network.block(workload.window()));
        Optimizer optimizer = Optimizer.adamW()
                .optLearningRateTracker(Tracker.fixed(Workload.LEARNING_RATE))
                .optWeightDecays(Workload.WEIGHT_DECAY)
                .build();
        // The loss is computed by hand, for a network may have several outputs.
        Trainer trainer = model.newTrainer(
                new DefaultTrainingConfig(Loss.sigmoidBinaryCrossEntropyLoss()).optOptimizer(optimizer));
        int side = workload.window();
        trainer.initialize(new Shape(workload.batch(), workload.network().bands(), side, side));
        NDManager manager = model.getNDManager().newSubManager();
        PeerContestant contestant = new PeerContestant(network, model, trainer, manager);
        try (BatchStream plain = new BenchChips(workload).plain()) {
            while (contestant.ready.size() < Workload.BATCHES) {
                contestant.ready.add(arrays(manager, plain.next()));
            }
        }
        return contestant;
    }

    private static NDList arrays(NDManager manager, Batch batch) {
        int side = batch.side();
        return new NDList(
                array(manager, batch.optical(), new Shape(batch.count(), batch.bands(), side, side)),
                array(manager, batch.target(), new Shape(batch.count(), 1, side, side)));
    }

    private static NDArray array(NDManager manager, FloatBuffer values, Shape shape) {
        return manager.create(values, shape, DataType.FLOAT32);
    }

    @Override
    public long trainableParameters() {
        return trainableParameters(model.getBlock());
    }

    /** Numbers in an initialised block that training changes. */
    static long trainableParameters(Block block) {
        return block.getParameters().stream()
                .map(Pair::getValue)
                .filter(Parameter::requiresGradient)
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
    }

    @Override
    public String title() {
        return "DJL " + Engine.getDjlVersion() + " with PyTorch "
                + Engine.getEngine(ENGINE).getVersion();
    }

    @Override
    public double train(Feed feed, int steps) {
        if (feed != Feed.READY) {
            throw new IllegalArgumentException("the peer takes batches that are ready, not " + feed);
        }
        double loss = 0;
        for (int i = 0; i < steps; i++) {
            loss = step(ready.get(next++ % ready.size()));
        }
        return loss;
    }

    private double step(NDList batch) {
        // What a step makes is freed with this manager; the batch goes back to its own.
        try (NDManager ofStep = manager.newSubManager()) {
            batch.tempAttach(ofStep);
            NDArray loss;
            try (GradientCollector gradients = trainer.newGradientCollector()) {
                loss = network.loss(trainer.forward(new NDList(batch.get(0))), batch.get(1));
                gradients.backward(loss);
            }
            trainer.step();
            return loss.getFloat();
        }
    }

    @Override
    public void close() {
        manager.close();
        trainer.close();
        model.close();
    }
}
