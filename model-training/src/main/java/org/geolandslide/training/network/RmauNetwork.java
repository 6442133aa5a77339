package org.geolandslide.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Concatenate;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.MaxPooling;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.NearestUpsampling;
import org.geolandslide.training.operator.ReduceMax;
import org.geolandslide.training.operator.ReduceMean;

/**
 * RMAU-Net (Pham et al. 2025, figures 4 to 7) and, with its parts switched off, the U-Net that it grew from: blocks of residual
 * convolutions or of two convolutions, sampling by convolutions or by pooling and repetition, attention at the end of each block, heads
 * at one to three resolutions, and a head that tells whether the image holds any landslide.
 *
 * <p>In the paper all levels of the encoder have the same width; the decoder concatenates its input with the skip connection and keeps all
 * channels, so that its levels have 2, 3, 4, ... times the width. With a growth above 1 the encoder becomes wider from level to level, as
 * U-Nets do, and the decoder's levels have twice the channels of the encoder's: what a small network computes then lies where images are
 * small. Terrain features are further bands. What the paper leaves open follows its authors'
 * earlier code or is chosen here: {@code docs/decisions/0009-rmau-net.md}.
 *
 * @param width channels of the encoder's first level
 * @param growth how many times as many channels each level of the encoder has than the one before; 1 as in the paper, more only with
 *     learned sampling
 * @param depth number of halvings
 * @param residual residual convolutions in the blocks; else two convolutions
 * @param learnedSampling convolutions of stride 2 halve and transposed ones double the image; else maximum pooling and repetition
 * @param attention attention at the end of each block
 * @param heads resolutions at which the decoder predicts, each half the one before: 1 to 3
 * @param detection whether there is a head that tells if the image holds any landslide
 * @param dropout share of each block's result that vanishes in training
 */
public record RmauNetwork(
        int width,
        int growth,
        int depth,
        boolean residual,
        boolean learnedSampling,
        Attention attention,
        int heads,
        boolean detection,
        double dropout)
        implements Network {
    /** Shares of the losses of the heads, by their number. */
    private static final List<List<Double>> HEAD_WEIGHTS =
            List.of(List.of(1.0), List.of(0.5, 0.5), List.of(0.25, 0.5, 0.25));

    public RmauNetwork {
        Network.requireSizes(width, depth, dropout);
        if (growth < 1 || growth > 2) {
            throw new IllegalArgumentException("growth is " + growth + ", expected 1 or 2");
        }
        if (growth > 1 && !learnedSampling) {
            throw new IllegalArgumentException(
                    "growth is " + growth + ", expected 1 where sampling is not learned: pooling keeps the channels");
        }
        if (heads < 1 || heads > Math.min(HEAD_WEIGHTS.size(), depth)) {
            throw new IllegalArgumentException("heads is " + heads + ", expected 1 to "
                    + Math.min(HEAD_WEIGHTS.size(), depth) + " for a network of depth " + depth);
        }
    }

    @Override
    public String title(boolean terrain) {
        List<String> parts = new ArrayList<>();
        if (attention != Attention.NONE) {
            parts.add(attention.title());
        }
        if (growth > 1) {
            parts.add("levels that grow");
        }
        if (heads > 1) {
            parts.add("heads at " + heads + " resolutions");
        }
        if (detection) {
            parts.add("detection head");
        }
        String name = residual && learnedSampling && attention.isMultiHead() ? "RMAU-Net" : "U-Net";
        if (residual && name.equals("U-Net")) {
            parts.add(0, "residual convolutions");
        }
        return name
                + (parts.isEmpty() ? "" : " with " + String.join(", ", parts))
                + (terrain ? ", on terrain, too" : "");
    }

    @Override
    public String source() {
        return "Pham et al. 2025";
    }

    @Override
    public boolean needsFixedSize() {
        return attention.needsFixedSize();
    }

    @Override
    public boolean hasAttentionMap() {
        return attention.hasMap();
    }

    @Override
    public boolean detects() {
        return detection;
    }

    @Override
    public Prediction append(Layers layers, Tensor optical, Optional<Tensor> terrain) {
        Graph graph = layers.graph();
        Tensor bands = terrain.map(features -> graph.apply(new Concatenate(), optical, features))
                .orElse(optical);
        Tensor image = activated(layers, "stem", bands, width, 3);
        List<Tensor> skips = new ArrayList<>();
        for (int level = 0; level < depth; level++) {
            image = block(layers, "encoder.level" + level, image).image();
            skips.add(image);
            image = down(layers, "encoder.level" + level + ".down", image, channels(level + 1));
        }
        image = block(layers, "bottom", image).image();
        Tensor bottom = image;
        List<Prediction.Head> predictions = new ArrayList<>();
        List<Tensor> maps = new ArrayList<>();
        for (int level = depth - 1; level >= 0; level--) {
            String name = "decoder.level" + level;
            int filters = growth == 1 ? (int) image.shape().size(1) : channels(level);
            Tensor up = up(layers, name + ".up", image, filters);
            Attention.Attended attended = block(layers, name, graph.apply(new Concatenate(), up, skips.get(level)));
            image = attended.image();
            attended.map().ifPresent(map -> maps.add(0, map));
            if (level < heads) {
                double weight = HEAD_WEIGHTS.get(heads - 1).get(level);
                predictions.add(0, new Prediction.Head(1 << level, weight, head(layers, "head" + level, image), image));
            }
        }
        return new Prediction(
                predictions, maps, detection ? Optional.of(detectionHead(layers, bottom)) : Optional.empty());
    }

    private static Tensor activated(Layers layers, String name, Tensor image, int filters, int kernel) {
        return layers.convolutionBlock(name, image, filters, kernel, Convolution.same(kernel), Activation.LEAKY_RELU);
    }

    /** A block that keeps the number of channels. */
    private Attention.Attended block(Layers layers, String name, Tensor image) {
        Graph graph = layers.graph();
        int filters = (int) image.shape().size(1);
        Tensor inner = residual
                ? graph.apply(
                        new Add(),
                        activated(layers, name + ".1", image, filters, 3),
                        activated(layers, name + ".1.small", image, filters, 2))
                : activated(layers, name + ".1", image, filters, 3);
        inner = layers.dropout(activated(layers, name + ".2", inner, filters, 3), dropout);
        Attention.Attended attended = attention.apply(layers, name + ".attention", inner);
        return residual
                ? new Attention.Attended(graph.apply(new Add(), attended.image(), image), attended.map())
                : attended;
    }

    /** Channels of a level of the encoder. */
    private int channels(int level) {
        return (int) (width * Math.pow(growth, level));
    }

    private Tensor down(Layers layers, String name, Tensor image, int filters) {
        if (!learnedSampling) {
            return layers.graph().apply(new MaxPooling(2), image);
        }
        Tensor half = layers.convolution(name, image, filters, 2, new Convolution(2, 0));
        return Activation.SELU.apply(layers.graph(), half);
    }

    private Tensor up(Layers layers, String name, Tensor image, int filters) {
        if (!learnedSampling) {
            return NearestUpsampling.by(layers.graph(), image, 2);
        }
        Tensor twice = layers.transposedConvolution(name, image, filters, 2);
        return Activation.SELU.apply(layers.graph(), twice);
    }

    /** The mean over the channels, with a scale and a shift. */
    private static Tensor head(Layers layers, String name, Tensor image) {
        Graph graph = layers.graph();
        Tensor mean = graph.apply(new ReduceMean(List.of(1L)), image);
        // The mean of so many independent channels is that much smaller than each of them.
        double scale = Math.sqrt((double) image.shape().size(1));
        Tensor scaled = graph.apply(new Multiply(), mean, layers.filled(name + ".scale", 1, scale, true));
        return graph.apply(new Add(), scaled, layers.filled(name + ".shift", 1, FusionNetwork.INITIAL_LOGIT, true));
    }

    /** Global pooling by mean and maximum, and two dense layers. */
    private Tensor detectionHead(Layers layers, Tensor bottom) {
        Graph graph = layers.graph();
        List<Long> pixels = List.of(2L, 3L);
        Tensor pooled = graph.apply(
                new Concatenate(),
                graph.apply(new ReduceMean(pixels), bottom),
                graph.apply(new ReduceMax(pixels), bottom));
        Tensor dense =
                Activation.LEAKY_RELU.apply(graph, layers.convolutionWithBias("detection.dense", pooled, width, 1, 0));
        return layers.convolutionWithBias("detection.head", layers.dropout(dense, dropout), 1, 1, 0);
    }
}
