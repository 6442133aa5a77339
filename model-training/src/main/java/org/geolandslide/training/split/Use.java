package org.geolandslide.training.split;

/** What a sample served in the making of a model. */
public enum Use {
    /** Weights were fitted to it. */
    TRAINING,
    /** The best epoch and the threshold were chosen on it. */
    VALIDATION
}
