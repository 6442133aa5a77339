package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/** A loss of binary segmentation. */
public interface Loss {
    /**
     * Appends the loss to a graph.
     *
     * @param graph graph to extend
     * @param logits {@code [N, 1, H, W]}, any real number; probability is the sigmoid
     * @param target {@code [N, 1, H, W]}, 0 to 1; between them where Mixup blended two samples
     * @param weight {@code [N, 1, H, W]}, 0 to 1; 0 where a pixel takes no part
     * @return a single number, at least 0
     */
    Tensor append(Graph graph, Tensor logits, Tensor target, Tensor weight);
}
