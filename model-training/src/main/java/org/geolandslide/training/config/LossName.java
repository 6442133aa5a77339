package org.geolandslide.training.config;

/** The losses of table IV of Pham et al. 2025. */
public enum LossName {
    CROSS_ENTROPY,
    FOCAL,
    LOG_COSH,
    IOU,
    TVERSKY,
    LOVASZ,
    BOUNDARY,
    CENTER,
    L2
}
