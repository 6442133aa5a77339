package org.geolandslide.training.config;

/** How the learning rate goes on, after a linear rise over the first 3 % of all steps except where it stays. */
public enum Schedule {
    /** It stays. */
    CONSTANT,
    /** It is multiplied by a factor at each milestone. */
    STEPS,
    /** It falls to nothing along half a cosine (Loshchilov and Hutter 2017). */
    COSINE,
    /** It falls to nothing along a line. */
    LINEAR
}
