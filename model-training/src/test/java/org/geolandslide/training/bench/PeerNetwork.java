package org.geolandslide.training.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;

/** A network as a block of DJL. */
interface PeerNetwork {
    /**
     * The network: image {@code [N, C, H, W]} in, logits out.
     *
     * @param side height and width of the images
     */
    Block block(int side);

    /**
     * What training minimises.
     *
     * @param logits what the block gives
     * @param target {@code [N, 1, H, W]}, 0 to 1
     * @return a single number
     */
    NDArray loss(NDList logits, NDArray target);
}
