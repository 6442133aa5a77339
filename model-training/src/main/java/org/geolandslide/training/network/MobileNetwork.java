package org.geolandslide.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Concatenate;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.HardSigmoid;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.NearestUpsampling;
import org.geolandslide.training.operator.ReduceMean;
import org.geolandslide.training.operator.Sigmoid;

/**
 * A U-Net with an encoder of inverted residual blocks: those of MobileNet-V3 (Howard et al. 2019) or EfficientNet-V2 (Tan and Le 2021).
 * Each level has two blocks, the first of which halves the image; the decoder repeats pixels, concatenates the skip connection and
 * convolves twice. Terrain features are further bands.
 *
 * @param encoder what the blocks are like
 * @param width channels of the first level; every further one doubles them
 * @param depth number of halvings
 * @param dropout share of the deepest level's result that vanishes in training
 */
public record MobileNetwork(Encoder encoder, int width, int depth, double dropout) implements Network {
    private static final int EXPANSION = 4;
    private static final int SQUEEZE = 4;

    /** What the blocks of the encoder are like. */
    public enum Encoder {
        /**
         * Depthwise convolutions of 3 x 3, from the third halving on of 5 x 5, and there with squeeze and excitation and hard swish instead of
         * ReLU.
         */
        MOBILENET_V3("MobileNet-V3", "Howard et al. 2019"),
        /** Full convolutions in the first two levels, from then on depthwise ones with squeeze and excitation; swish. */
        EFFICIENTNET_V2("EfficientNet-V2", "Tan and Le 2021");

        private final String title;
        private final String source;

        Encoder(String title, String source) {
            this.title = title;
            this.source = source;
        }
    }

    public MobileNetwork {
        Network.requireSizes(width, depth, dropout);
    }

    @Override
    public String title(boolean terrain) {
        return "U-Net on " + encoder.title + (terrain ? ", on terrain, too" : "");
    }

    @Override
    public String source() {
        return encoder.source;
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
        List<Tensor> levels = new ArrayList<>();
        image = layers.convolutionBlock("stem", image, width, 3, Convolution.same(3), activation(0));
        levels.add(image);
        for (int level = 1; level <= depth; level++) {
            image = block(layers, "encoder.level" + level + ".1", level, image, width << level, 2);
            image = block(layers, "encoder.level" + level + ".2", level, image, width << level, 1);
            levels.add(image);
        }
        image = layers.dropout(image, dropout);
        for (int level = depth - 1; level >= 0; level--) {
            String name = "decoder.level" + level;
            Tensor joined = graph.apply(new Concatenate(), NearestUpsampling.by(graph, image, 2), levels.get(level));
            image = layers.convolutionBlock(name + ".1", joined, width << level, 3);
            image = layers.convolutionBlock(name + ".2", image, width << level, 3);
        }
        Tensor logits = layers.convolutionWithBias("head", image, 1, 1, FusionNetwork.INITIAL_LOGIT);
        return Prediction.of(logits, image, List.of());
    }

    private boolean isDeep(int level) {
        return level > 2;
    }

    private Activation activation(int level) {
        return switch (encoder) {
            case MOBILENET_V3 -> isDeep(level) || level == 0 ? Activation.HARD_SWISH : Activation.RELU;
            case EFFICIENTNET_V2 -> Activation.SWISH;
        };
    }

    /** An inverted residual block (Sandler et al. 2018): wider inside than outside. */
    private Tensor block(Layers layers, String name, int level, Tensor image, int filters, int stride) {
        Graph graph = layers.graph();
        int channels = (int) image.shape().size(1);
        int inner = channels * EXPANSION;
        Activation activation = activation(level);
        boolean fused = encoder == Encoder.EFFICIENTNET_V2 && !isDeep(level);
        int kernel = encoder == Encoder.MOBILENET_V3 && isDeep(level) ? 5 : 3;
        Tensor wide;
        if (fused) {
            wide = layers.convolutionBlock(name + ".expand", image, inner, 3, new Convolution(stride, 1), activation);
        } else {
            Tensor expanded =
                    layers.convolutionBlock(name + ".expand", image, inner, 1, Convolution.same(1), activation);
            wide = layers.convolutionBlock(
                    name + ".depthwise",
                    expanded,
                    inner,
                    kernel,
                    Convolution.depthwise(kernel, stride, inner),
                    activation);
        }
        if (isDeep(level)) {
            wide = squeezeExcitation(layers, name + ".excitation", wide, channels, activation);
        }
        Tensor result =
                layers.convolutionBlock(name + ".project", wide, filters, 1, Convolution.same(1), Activation.NONE);
        return stride == 1 && channels == filters ? graph.apply(new Add(), result, image) : result;
    }

    private Tensor squeezeExcitation(Layers layers, String name, Tensor image, int channels, Activation activation) {
        Graph graph = layers.graph();
        Tensor pooled = graph.apply(new ReduceMean(List.of(2L, 3L)), image);
        int squeezed = Math.max(2, channels / SQUEEZE);
        Tensor inner = activation.apply(graph, layers.convolutionWithBias(name + ".squeeze", pooled, squeezed, 1, 0));
        Tensor gate = layers.convolutionWithBias(
                name + ".excite", inner, (int) image.shape().size(1), 1, 0);
        Tensor weights = encoder == Encoder.MOBILENET_V3
                ? graph.apply(new HardSigmoid(), gate)
                : graph.apply(new Sigmoid(), gate);
        return graph.apply(new Multiply(), image, weights);
    }
}
