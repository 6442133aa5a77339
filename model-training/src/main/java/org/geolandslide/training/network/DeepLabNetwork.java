package org.geolandslide.training.network;

import java.util.List;
import java.util.Optional;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.BilinearUpsampling;
import org.geolandslide.training.operator.Concatenate;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.MaxPooling;
import org.geolandslide.training.operator.ReduceMean;
import org.geolandslide.training.operator.Sum;

/**
 * DeepLab-V3 (Chen et al. 2017): a residual encoder whose last level has dilated convolutions instead of a further halving, atrous spatial
 * pyramid pooling, and bilinear enlargement of its result.
 *
 * <p>The pyramid's branches are projected one by one and summed, which is the projection of their concatenation. Terrain features are
 * further bands.
 *
 * @param width channels of the first level; every further one doubles them
 * @param depth number of halvings; 3 is the paper's output stride of 8
 * @param dropout share of the pyramid's result that vanishes in training
 */
public record DeepLabNetwork(int width, int depth, double dropout) implements Network {
    /** Dilations of the pyramid's branches (Chen et al. 2017, section 3.3). */
    private static final int[] RATES = {6, 12, 18};

    public DeepLabNetwork {
        Network.requireSizes(width, depth, dropout);
    }

    @Override
    public String title(boolean terrain) {
        return "DeepLab-V3" + (terrain ? ", on terrain, too" : "");
    }

    @Override
    public String source() {
        return "Chen et al. 2017";
    }

    @Override
    public boolean hasAttentionMap() {
        return false;
    }

    @Override
    public Prediction append(Layers layers, Tensor optical, Optional<Tensor> terrain) {
        Graph graph = layers.graph();
        Tensor image = terrain.map(features -> graph.apply(new Concatenate(), optical, features))
                .orElse(optical);
        for (int level = 0; level <= depth; level++) {
            if (level > 0) {
                image = graph.apply(new MaxPooling(2), image);
            }
            image = Backbone.residualBlock(layers, "encoder.level" + level, image, width << level);
        }
        int channels = width << depth;
        image = dilatedBlock(layers, "encoder.dilated", image, channels);
        Tensor pyramid = layers.dropout(pyramid(layers, image, channels / 2), dropout);
        Tensor logits = layers.convolutionWithBias("head", pyramid, 1, 1, FusionNetwork.INITIAL_LOGIT);
        return Prediction.of(
                BilinearUpsampling.by(graph, logits, multiple()),
                BilinearUpsampling.by(graph, pyramid, multiple()),
                List.of());
    }

    private static Tensor dilatedBlock(Layers layers, String name, Tensor image, int channels) {
        Tensor inner =
                layers.convolutionBlock(name + ".1", image, channels, 3, Convolution.dilated(3, 2), Activation.RELU);
        Tensor residual =
                layers.convolutionBlock(name + ".2", inner, channels, 3, Convolution.dilated(3, 2), Activation.NONE);
        return layers.relu(layers.graph().apply(new Add(), residual, image));
    }

    private static Tensor pyramid(Layers layers, Tensor image, int channels) {
        Graph graph = layers.graph();
        Tensor sum = layers.convolution(
                "pyramid.point.projection", layers.convolutionBlock("pyramid.point", image, channels, 1), channels, 1);
        for (int rate : RATES) {
            String name = "pyramid.rate" + rate;
            Tensor branch =
                    layers.convolutionBlock(name, image, channels, 3, Convolution.dilated(3, rate), Activation.RELU);
            sum = graph.apply(new Sum(), sum, layers.convolution(name + ".projection", branch, channels, 1));
        }
        Tensor pooled = graph.apply(new ReduceMean(List.of(2L, 3L)), image);
        Tensor context = layers.relu(layers.convolutionWithBias("pyramid.context", pooled, channels, 1, 0));
        Tensor projected = layers.convolution("pyramid.context.projection", context, channels, 1);
        return layers.relu(layers.normalize("pyramid.join.normalization", graph.apply(new Add(), sum, projected)));
    }
}
