package org.geolandslide.training.runtime;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019).
 *
 * @param beta1 decay of the first moment, 0 to 1
 * @param beta2 decay of the second moment, 0 to 1
 * @param epsilon added to the root of the second moment
 * @param weightDecay share of a weight that is taken off at each step, times the learning rate
 * @param maxGradientNorm largest L2 norm of all gradients together; larger ones are scaled down
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay, double maxGradientNorm)
        implements Optimizer {
    public AdamW {
        requireBetween("beta1", beta1, 0, 1);
        requireBetween("beta2", beta2, 0, 1);
        requireBetween("epsilon", epsilon, 0, 1);
        requireBetween("weightDecay", weightDecay, 0, 1);
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("maxGradientNorm " + maxGradientNorm + " is not positive");
        }
    }

    private static void requireBetween(String name, double value, double least, double most) {
        if (!(value >= least && value < most)) {
            throw new IllegalArgumentException(name + " " + value + " is not in [" + least + ", " + most + ")");
        }
    }
}
