package org.geolandslide.training.config;

/** The optimisers. */
public enum OptimizerName {
    /** Adam (Kingma and Ba 2015). */
    ADAM,
    /** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
    ADAMW,
    /** Gradient descent without momentum. */
    SGD
}
