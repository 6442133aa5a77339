package org.geolandslide.training.bench;

import java.util.List;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.loss.CrossEntropyLoss;
import org.geolandslide.training.loss.LabelledPrediction;
import org.geolandslide.training.network.Layers;
import org.geolandslide.training.operator.Concatenate;
import org.geolandslide.training.operator.MaxPooling;
import org.geolandslide.training.operator.NearestUpsampling;

/**
 * A U-Net (Ronneberger et al. 2015) with batch normalisation: two 3 x 3 convolutions per level, max pooling between them; on the way up
 * nearest upsampling, the skip connection joined, two convolutions again; binary cross-entropy.
 *
 * @param widths channels per level, the finest first
 */
record UnetGraph(List<Integer> widths) implements GraphNetwork {
    UnetGraph {
        widths = List.copyOf(widths);
    }

    @Override
    public Tensor loss(Layers layers, Tensor image, Tensor target, Tensor weight) {
        Tensor decoded = level(layers, 0, image);
        Tensor logits = layers.convolutionWithBias("head", decoded, 1, 1, 0);
        return new CrossEntropyLoss().append(layers.graph(), new LabelledPrediction(logits, decoded, target, weight));
    }

    /** One level with all below it. */
    private Tensor level(Layers layers, int level, Tensor image) {
        Tensor encoded = convolutions(layers, "encoder.level" + level, image, widths.get(level));
        if (level == widths.size() - 1) {
            return encoded;
        }
        Tensor below = level(layers, level + 1, layers.graph().apply(new MaxPooling(2), encoded));
        Tensor up = NearestUpsampling.by(layers.graph(), below, 2);
        Tensor joined = layers.graph().apply(new Concatenate(), encoded, up);
        return convolutions(layers, "decoder.level" + level, joined, widths.get(level));
    }

    private static Tensor convolutions(Layers layers, String name, Tensor image, int filters) {
        return layers.convolutionBlock(
                name + ".2", layers.convolutionBlock(name + ".1", image, filters, 3), filters, 3);
    }
}
