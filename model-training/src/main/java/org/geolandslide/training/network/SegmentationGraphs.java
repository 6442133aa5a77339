package org.geolandslide.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.loss.CrossEntropyLoss;
import org.geolandslide.training.loss.LabelledPrediction;
import org.geolandslide.training.loss.Loss;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.BilinearUpsampling;
import org.geolandslide.training.operator.Clip;
import org.geolandslide.training.operator.Identity;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.ReduceMax;
import org.geolandslide.training.operator.Reshape;
import org.geolandslide.training.operator.Sigmoid;

/**
 * The graphs of one segmentation model: raw raster values in; loss, probability and attention out.
 *
 * @param network the network
 * @param features the optical bands and what is computed from them
 * @param optical standardisation of the optical bands and features
 * @param terrain standardisation of the terrain features; of no channels for a model without elevation
 * @param loss what training minimises
 * @param detectionWeight weight of the cross-entropy of the detection head, if the network has one
 * @param seed seed of the initial weights
 * @param frozen beginnings of the names of parameters that are not trained
 */
public record SegmentationGraphs(
        Network network,
        InputFeatures features,
        Standardization optical,
        Standardization terrain,
        Loss loss,
        double detectionWeight,
        long seed,
        List<String> frozen) {
    public static final String OPTICAL = "optical";
    public static final String DEM = "dem";
    public static final String TARGET = "target";
    public static final String WEIGHT = "weight";
    public static final String LOSS = "loss";
    public static final String PROBABILITY = "probability";
    public static final String ATTENTION = "attention";
    public static final String DETECTION = "detection";

    /** Graphs of a model that sees the optical bands as they are. */
    public SegmentationGraphs(
            Network network,
            int opticalBands,
            Standardization optical,
            Standardization terrain,
            Loss loss,
            double detectionWeight,
            long seed,
            List<String> frozen) {
        this(network, InputFeatures.none(opticalBands), optical, terrain, loss, detectionWeight, seed, frozen);
    }

    /**
     * A graph and its loss.
     *
     * @param graph inputs {@link #inputs()}
     * @param loss a single number
     */
    public record WithLoss(Graph graph, Tensor loss) {}

    private boolean takesElevation() {
        return !terrain.mean().isEmpty();
    }

    /** Inputs that a training or evaluation step feeds, in order. */
    public List<String> inputs() {
        return takesElevation() ? List.of(OPTICAL, DEM, TARGET, WEIGHT) : List.of(OPTICAL, TARGET, WEIGHT);
    }

    /** The graph of a training step, with static shapes. */
    public WithLoss training(int batch, int window) {
        return build(true, batch, window);
    }

    /**
     * The graph of an evaluation step, for images of any number and, unless the network needs a fixed size, of any size.
     *
     * @param window side of a training window in pixels
     */
    public WithLoss evaluation(int window) {
        return build(false, Shape.ANY, network.needsFixedSize() ? window : Shape.ANY);
    }

    /** The graph of an evaluation step for images of one number and size. */
    public WithLoss evaluationOf(int batch, int side) {
        return build(false, batch, side);
    }

    /** Outputs of the exported model. */
    public List<String> outputs() {
        List<String> outputs = new ArrayList<>(List.of(PROBABILITY));
        if (network.hasAttentionMap()) {
            outputs.add(ATTENTION);
        }
        if (network.detects()) {
            outputs.add(DETECTION);
        }
        return outputs;
    }

    private WithLoss build(boolean training, long batch, long side) {
        Graph graph = new Graph();
        Tensor image = graph.input(
                OPTICAL, ElementType.FLOAT, Shape.of(batch, features.bands().size(), side, side));
        Shape onePerPixel = Shape.of(batch, 1, side, side);
        Optional<Tensor> elevation =
                takesElevation() ? Optional.of(graph.input(DEM, ElementType.FLOAT, onePerPixel)) : Optional.empty();
        Tensor target = graph.input(TARGET, ElementType.FLOAT, onePerPixel);
        Tensor weight = graph.input(WEIGHT, ElementType.FLOAT, onePerPixel);
        Prediction prediction = network.append(
                new Layers(graph, training, seed, frozen),
                optical.apply(graph, features.append(graph, image)),
                elevation.map(metres -> terrain.apply(graph, TerrainFeatures.append(graph, metres))));
        Tensor total = segmentationLoss(graph, prediction, target, weight);
        if (prediction.detection().isPresent()) {
            Tensor detected = detectionLoss(graph, prediction.detection().get(), target, weight);
            total = graph.apply(
                    new Add(), total, graph.apply(new Multiply(), detected, graph.scalar((float) detectionWeight)));
        }
        Tensor value = graph.applyNamed(LOSS, new Identity(), total);
        if (!training) {
            graph.output(value);
            graph.output(Clip.toUnitInterval(graph, PROBABILITY, probability(graph, prediction.heads())));
            if (network.hasAttentionMap()) {
                graph.output(meanAttention(graph, prediction.attention()));
            }
            prediction.detection().ifPresent(logit -> {
                Tensor probability = Reshape.to(graph, graph.apply(new Sigmoid(), logit), Shape.of(batch, 1));
                graph.output(Clip.toUnitInterval(graph, DETECTION, probability));
            });
        }
        return new WithLoss(graph, value);
    }

    /** Mean of the heads' losses, each at its own resolution. */
    private Tensor segmentationLoss(Graph graph, Prediction prediction, Tensor target, Tensor weight) {
        Tensor total = null;
        for (Prediction.Head head : prediction.heads()) {
            LabelledPrediction labelled = new LabelledPrediction(
                    head.logits(),
                    head.features(),
                    target,
                    weight,
                    head.reduction() == 1 ? "" : ".reduced" + head.reduction());
            if (head.reduction() > 1) {
                labelled = labelled.reduced(graph, head.reduction());
            }
            Tensor value = loss.append(graph, labelled);
            if (head.weight() != 1) {
                value = graph.apply(new Multiply(), value, graph.scalar((float) head.weight()));
            }
            total = total == null ? value : graph.apply(new Add(), total, value);
        }
        return Objects.requireNonNull(total);
    }

    /** Cross-entropy of the detection; an image holds landslide where any of its labelled pixels does. */
    private static Tensor detectionLoss(Graph graph, Tensor logits, Tensor target, Tensor weight) {
        List<Long> pixels = List.of(2L, 3L);
        Tensor labelled = graph.apply(new Multiply(), target, weight);
        Tensor holds = graph.apply(new ReduceMax(pixels), labelled);
        Tensor known = graph.apply(new ReduceMax(pixels), weight);
        return new CrossEntropyLoss().append(graph, new LabelledPrediction(logits, logits, holds, known));
    }

    /** Mean of the heads' probabilities, brought to full resolution. */
    private static Tensor probability(Graph graph, List<Prediction.Head> heads) {
        Tensor sum = null;
        for (Prediction.Head head : heads) {
            Tensor probability = graph.apply(new Sigmoid(), head.logits());
            if (head.reduction() > 1) {
                probability = BilinearUpsampling.by(graph, probability, head.reduction());
            }
            sum = sum == null ? probability : graph.apply(new Add(), sum, probability);
        }
        Tensor total = Objects.requireNonNull(sum);
        return heads.size() == 1 ? total : graph.apply(new Multiply(), total, graph.scalar(1f / heads.size()));
    }

    private static Tensor meanAttention(Graph graph, List<Tensor> maps) {
        Tensor sum = maps.get(0);
        for (int level = 1; level < maps.size(); level++) {
            sum = graph.apply(new Add(), sum, BilinearUpsampling.by(graph, maps.get(level), 1 << level));
        }
        Tensor mean = graph.apply(new Multiply(), sum, graph.scalar(1f / maps.size()));
        return Clip.toUnitInterval(graph, ATTENTION, mean);
    }
}
