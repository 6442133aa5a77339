package org.geolandslide.training.runtime;

/** What changes the parameters after a backward pass. */
public sealed interface Optimizer permits AdamW, Sgd {
    /** Largest L2 norm of all gradients together; larger ones are scaled down. Positive. */
    double maxGradientNorm();
}
