package org.geolandslide.training.bench;

import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.network.Layers;

/** A network as a graph of this project. */
@FunctionalInterface
interface GraphNetwork {
    /**
     * Appends the network and its loss.
     *
     * @param layers graph and mode
     * @param image {@code [N, C, H, W]}
     * @param target {@code [N, 1, H, W]}, 0 to 1
     * @param weight {@code [N, 1, H, W]}, 1 where a pixel takes part
     * @return the loss, a single number
     */
    Tensor loss(Layers layers, Tensor image, Tensor target, Tensor weight);
}
