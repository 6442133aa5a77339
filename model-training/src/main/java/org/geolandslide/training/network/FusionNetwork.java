package org.geolandslide.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Concatenate;
import org.geolandslide.training.operator.MaxPooling;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.NearestUpsampling;
import org.geolandslide.training.operator.Sigmoid;

/**
 * The fusion network (Lissak and Corpetti 2024, figure 1) with one of the paper's RGB backbones: one encoder for the
 * optical image and one for the terrain, fused in the latent space; a residual decoder with attention; skip connections that
 * carry the sum of both encodings.
 *
 * <p>The paper has no public code. Where it is silent: the latent encodings are concatenated and mixed by a residual block;
 * attention is the additive gate of Oktay et al. 2018 on every skip connection; upsampling repeats pixels and convolves;
 * {@code docs/decisions/0003-fusion-network.md} gives the reasons.
 *
 * @param backbone what the levels of both encoders are made of
 * @param width channels of the first level; every further level doubles them
 * @param depth number of poolings
 * @param attention whether the skip connections pass through attention gates
 * @param dropout share of the fused encoding that vanishes in training
 */
public record FusionNetwork(Backbone backbone, int width, int depth, boolean attention, double dropout)
        implements Network {
    /** Starts the sigmoid near the share of landslide pixels that scenes have. */
    static final double INITIAL_LOGIT = -2;

    public FusionNetwork {
        Network.requireSizes(width, depth, dropout);
    }

    /** A network without dropout. */
    public FusionNetwork(Backbone backbone, int width, int depth, boolean attention) {
        this(backbone, width, depth, attention, 0);
    }

    @Override
    public String source() {
        return "Lissak and Corpetti 2024";
    }

    @Override
    public boolean hasAttentionMap() {
        return attention;
    }

    @Override
    public String title(boolean terrain) {
        String attended = attention ? " with attention gates" : "";
        return terrain
                ? "Fusion network (" + backbone.title() + attended + ")"
                : "Optical half of the fusion network (" + backbone.title() + attended + ")";
    }

    private int channels(int level) {
        return width << level;
    }

    /** Without terrain the network is its optical half alone. */
    @Override
    public Prediction append(Layers layers, Tensor optical, Optional<Tensor> terrain) {
        Graph graph = layers.graph();
        List<Tensor> opticalLevels = encode(layers, "optical", optical);
        List<Tensor> terrainLevels =
                terrain.map(features -> encode(layers, "terrain", features)).orElse(List.of());
        Tensor latent = terrainLevels.isEmpty()
                ? opticalLevels.get(depth)
                : graph.apply(new Concatenate(), opticalLevels.get(depth), terrainLevels.get(depth));
        Tensor decoded = layers.dropout(Backbone.residualBlock(layers, "fusion", latent, channels(depth)), dropout);
        List<Tensor> maps = new ArrayList<>();
        for (int level = depth - 1; level >= 0; level--) {
            String name = "decoder.level" + level;
            Tensor skip = terrainLevels.isEmpty()
                    ? opticalLevels.get(level)
                    : graph.apply(new Add(), opticalLevels.get(level), terrainLevels.get(level));
            Tensor up =
                    layers.convolutionBlock(name + ".up", NearestUpsampling.by(graph, decoded, 2), channels(level), 3);
            if (attention) {
                Tensor map = attentionGate(layers, name + ".attention", skip, up);
                maps.add(0, map);
                skip = graph.apply(new Multiply(), skip, map);
            }
            Tensor joined = graph.apply(new Concatenate(), up, skip);
            decoded = Backbone.residualBlock(layers, name + ".block", joined, channels(level));
        }
        Tensor logits = layers.convolutionWithBias("head", decoded, 1, 1, INITIAL_LOGIT);
        return Prediction.of(logits, decoded, maps);
    }

    /** Encodings of all levels; the last one is the latent. */
    private List<Tensor> encode(Layers layers, String name, Tensor image) {
        List<Tensor> levels = new ArrayList<>();
        Tensor encoded = image;
        for (int level = 0; level <= depth; level++) {
            if (level > 0) {
                encoded = layers.graph().apply(new MaxPooling(2), encoded);
            }
            encoded = backbone.level(layers, name + ".level" + level, level, encoded, channels(level));
            levels.add(encoded);
        }
        return levels;
    }

    /** Additive attention gate (Oktay et al. 2018, equation 1): which pixels of the skip connection matter, 0 to 1. */
    private static Tensor attentionGate(Layers layers, String name, Tensor skip, Tensor gating) {
        int inner = Math.max(1, (int) skip.shape().size(1) / 2);
        Tensor fromSkip = layers.normalize(
                name + ".skip.normalization", layers.convolution(name + ".skip.convolution", skip, inner, 1));
        Tensor fromGating = layers.normalize(
                name + ".gating.normalization", layers.convolution(name + ".gating.convolution", gating, inner, 1));
        Tensor both = layers.relu(layers.graph().apply(new Add(), fromSkip, fromGating));
        return layers.graph().apply(new Sigmoid(), layers.convolutionWithBias(name + ".map", both, 1, 1, 0));
    }
}
