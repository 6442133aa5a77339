package org.geolandslide.training.network;

import java.util.List;
import org.geolandslide.training.graph.Tensor;

/**
 * What a segmentation network gives.
 *
 * @param logits {@code [N, 1, H, W]}; their sigmoid is the probability of landslide
 * @param features {@code [N, F, H, W]}, what the head turned into logits
 * @param attention attention maps {@code [N, 1, H/2^l, W/2^l]} for the levels l = 0, 1, ... of the decoder, 0 to 1; none for a
 *     network without attention
 */
public record Prediction(Tensor logits, Tensor features, List<Tensor> attention) {
    public Prediction {
        attention = List.copyOf(attention);
    }
}
