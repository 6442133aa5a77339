package org.geolandslide.training.network;

import java.util.List;
import java.util.Optional;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.loss.LabelledPrediction;
import org.geolandslide.training.loss.Loss;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.BilinearUpsampling;
import org.geolandslide.training.operator.Clip;
import org.geolandslide.training.operator.Identity;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Sigmoid;

/**
 * The graphs of one segmentation model: raw raster values in; loss, probability and attention out.
 *
 * @param network the network
 * @param opticalBands bands of the optical input
 * @param optical standardisation of the optical bands
 * @param terrain standardisation of the terrain features; of no channels for a model without elevation
 * @param loss what training minimises
 * @param seed seed of the initial weights
 * @param frozen beginnings of the names of parameters that are not trained
 */
public record SegmentationGraphs(
        FusionNetwork network,
        int opticalBands,
        Standardization optical,
        Standardization terrain,
        Loss loss,
        long seed,
        List<String> frozen) {
    public static final String OPTICAL = "optical";
    public static final String DEM = "dem";
    public static final String TARGET = "target";
    public static final String WEIGHT = "weight";
    public static final String LOSS = "loss";
    public static final String PROBABILITY = "probability";
    public static final String ATTENTION = "attention";

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

    /** The graph of an evaluation step, for images of any number and size. */
    public WithLoss evaluation() {
        return build(false, Shape.ANY, Shape.ANY);
    }

    /** Outputs of the exported model. */
    public List<String> outputs() {
        return network.attention() ? List.of(PROBABILITY, ATTENTION) : List.of(PROBABILITY);
    }

    private WithLoss build(boolean training, long batch, long side) {
        Graph graph = new Graph();
        Tensor image = graph.input(OPTICAL, ElementType.FLOAT, Shape.of(batch, opticalBands, side, side));
        Shape onePerPixel = Shape.of(batch, 1, side, side);
        Optional<Tensor> elevation =
                takesElevation() ? Optional.of(graph.input(DEM, ElementType.FLOAT, onePerPixel)) : Optional.empty();
        Tensor target = graph.input(TARGET, ElementType.FLOAT, onePerPixel);
        Tensor weight = graph.input(WEIGHT, ElementType.FLOAT, onePerPixel);
        Prediction prediction = network.append(
                new Layers(graph, training, seed, frozen),
                optical.apply(graph, image),
                elevation.map(metres -> terrain.apply(graph, TerrainFeatures.append(graph, metres))));
        LabelledPrediction labelled =
                new LabelledPrediction(prediction.logits(), prediction.features(), target, weight);
        Tensor value = graph.applyNamed(LOSS, new Identity(), loss.append(graph, labelled));
        if (!training) {
            graph.output(value);
            Tensor probability = graph.apply(new Sigmoid(), prediction.logits());
            graph.output(Clip.toUnitInterval(graph, PROBABILITY, probability));
            if (network.attention()) {
                graph.output(meanAttention(graph, prediction.attention()));
            }
        }
        return new WithLoss(graph, value);
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
