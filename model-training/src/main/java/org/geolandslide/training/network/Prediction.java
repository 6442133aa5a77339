package org.geolandslide.training.network;

import java.util.List;
import java.util.Optional;
import org.geolandslide.training.graph.Tensor;

/**
 * What a segmentation network gives.
 *
 * @param heads its heads, the one of full resolution first; their weights add up to 1
 * @param attention attention maps {@code [N, 1, H/2^l, W/2^l]} for the levels l = 0, 1, ... of the decoder, 0 to 1; none for a
 *     network without attention
 * @param detection {@code [N, 1, 1, 1]}; its sigmoid is the probability that the image holds any landslide
 */
public record Prediction(List<Head> heads, List<Tensor> attention, Optional<Tensor> detection) {
    /**
     * A segmentation at one resolution.
     *
     * @param reduction input pixels along the side of one of its pixels
     * @param weight share of its loss
     * @param logits {@code [N, 1, H/reduction, W/reduction]}; their sigmoid is the probability of landslide
     * @param features {@code [N, F, H/reduction, W/reduction]}, what the head turned into logits
     */
    public record Head(int reduction, double weight, Tensor logits, Tensor features) {}

    public Prediction {
        heads = List.copyOf(heads);
        attention = List.copyOf(attention);
        if (heads.isEmpty() || heads.get(0).reduction() != 1) {
            throw new IllegalArgumentException("the first head must have the resolution of the image: " + heads);
        }
    }

    /** A prediction of one head. */
    public static Prediction of(Tensor logits, Tensor features, List<Tensor> attention) {
        return new Prediction(List.of(new Head(1, 1, logits, features)), attention, Optional.empty());
    }
}
