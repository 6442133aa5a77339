package org.geolandslide.training.config;

import org.geolandslide.training.runtime.AdamW;

/**
 * The optimiser, AdamW.
 *
 * @param learningRate step size at the beginning, positive
 * @param schedule how the step size goes on
 * @param weightDecay share of a weight that is taken off at each step, times the learning rate
 * @param maxGradientNorm largest L2 norm of all gradients together; larger ones are scaled down
 */
public record OptimizerConfig(double learningRate, Schedule schedule, double weightDecay, double maxGradientNorm) {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;
    /** Share of all steps over which the learning rate rises. */
    private static final double WARM_UP = 0.03;

    /** How the learning rate goes on. */
    public enum Schedule {
        /** It stays. */
        CONSTANT,
        /** It falls to nothing along half a cosine, after a short rise (Loshchilov and Hutter 2017). */
        COSINE
    }

    public OptimizerConfig {
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learningRate is " + learningRate + ", expected a positive number");
        }
        if (!(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException("weightDecay is " + weightDecay + ", expected 0 or more and below 1");
        }
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException(
                    "maxGradientNorm is " + maxGradientNorm + ", expected a positive number");
        }
    }

    /** The optimiser of the training session. */
    public AdamW adamW() {
        return new AdamW(BETA_1, BETA_2, EPSILON, weightDecay, maxGradientNorm);
    }

    /**
     * Learning rate of a step.
     *
     * @param step from 0
     * @param steps number of all steps
     */
    public double learningRateAt(long step, long steps) {
        if (schedule == Schedule.CONSTANT) {
            return learningRate;
        }
        double rise = Math.max(1, WARM_UP * steps);
        if (step + 1 < rise) {
            return learningRate * (step + 1) / rise;
        }
        double progress = (step + 1 - rise) / Math.max(1, steps - rise);
        return learningRate * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
    }
}
