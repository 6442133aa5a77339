package org.geolandslide.training.network;

import java.util.Optional;
import org.geolandslide.training.graph.Tensor;

/** A segmentation network. Its parameters are those that a configuration names under {@code network}. */
public sealed interface Network permits FusionNetwork, RmauNetwork, DeepLabNetwork, MobileNetwork {
    /** What it is called, with or without terrain. */
    String title(boolean terrain);

    /** The paper that it follows. */
    String source();

    /** Channels of the first level. */
    int width();

    /** Number of times that the image is halved. */
    int depth();

    /** Probability with which an element vanishes in training where the network has dropout; 0 for none. */
    double dropout();

    /** The sides of an image must be multiples of this. */
    default int multiple() {
        return 1 << depth();
    }

    /** Whether it takes images of the training window's size only: weights belong to columns, or attention was trained over as many. */
    default boolean needsFixedSize() {
        return false;
    }

    /** Whether it tells which pixels it looked at. */
    boolean hasAttentionMap();

    /** Whether it also tells if an image holds any landslide. */
    default boolean detects() {
        return false;
    }

    /**
     * Appends the network.
     *
     * @param layers graph and mode
     * @param optical standardised optical image {@code [N, C, H, W]}
     * @param terrain standardised terrain features {@code [N, T, H, W]}, if there are any
     */
    Prediction append(Layers layers, Tensor optical, Optional<Tensor> terrain);

    /**
     * Refuses settings that no network has.
     *
     * @throws IllegalArgumentException naming the setting
     */
    static void requireSizes(int width, int depth, double dropout) {
        if (width < 2 || width > 512) {
            throw new IllegalArgumentException("width " + width + " is not between 2 and 512");
        }
        if (depth < 1 || depth > 6) {
            throw new IllegalArgumentException("depth " + depth + " is not between 1 and 6");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout " + dropout + " is not at least 0 and below 1");
        }
    }
}
