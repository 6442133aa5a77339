package org.geolandslide.training.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.geolandslide.training.runtime.AdamW;
import org.geolandslide.training.runtime.Optimizer;
import org.geolandslide.training.runtime.Sgd;
import org.jspecify.annotations.Nullable;

/**
 * The optimiser and its learning rate. A setting that another optimiser or schedule has is refused.
 *
 * @param name which optimiser
 * @param learningRate step size at the beginning, positive
 * @param schedule how the step size goes on
 * @param milestones schedule {@code steps}: shares of all steps at which the learning rate changes, rising, each above 0 and below 1;
 *     0.5 and 0.75 if left out
 * @param factor schedule {@code steps}: what the learning rate is multiplied by at each milestone, above 0 and at most 1; 0.1 if left
 *     out
 * @param weightDecay optimiser {@code adamw}: share of a weight that is taken off at each step, times the learning rate; 0.01 if left
 *     out. The penalty for the other optimisers is the loss {@code l2}
 * @param maxGradientNorm largest L2 norm of all gradients together; larger ones are scaled down
 * @param averageFrom share of the epochs, 0 or more and below 1, after which the mean of the weights after each further epoch is what is
 *     validated and exported (stochastic weight averaging, Izmailov et al. 2018, algorithm 1), with batch normalisation's statistics
 *     measured anew; null for the weights themselves. Means are of use where the learning rate is not nearly 0: with the schedule
 *     {@code constant}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OptimizerConfig(
        OptimizerName name,
        double learningRate,
        Schedule schedule,
        @Nullable List<Double> milestones,
        @Nullable Double factor,
        @Nullable Double weightDecay,
        double maxGradientNorm,
        @Nullable Double averageFrom) {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;
    /** Share of all steps over which the learning rate rises. */
    private static final double WARM_UP = 0.03;

    public OptimizerConfig {
        boolean steps = schedule == Schedule.STEPS;
        milestones = Settings.of("milestones", milestones, steps, "the schedule steps", List.of(0.5, 0.75));
        factor = Settings.of("factor", factor, steps, "the schedule steps", 0.1);
        weightDecay = Settings.of("weightDecay", weightDecay, name == OptimizerName.ADAMW, "the optimiser adamw", 0.01);
        if (!(learningRate > 0)) {
            throw new IllegalArgumentException("learningRate is " + learningRate + ", expected a positive number");
        }
        if (milestones != null) {
            milestones = List.copyOf(milestones);
            requireRising(milestones);
        }
        if (factor != null && !(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("factor is " + factor + ", expected above 0 and at most 1");
        }
        if (weightDecay != null && !(weightDecay >= 0 && weightDecay < 1)) {
            throw new IllegalArgumentException("weightDecay is " + weightDecay + ", expected 0 or more and below 1");
        }
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException(
                    "maxGradientNorm is " + maxGradientNorm + ", expected a positive number");
        }
        if (averageFrom != null && !(averageFrom >= 0 && averageFrom < 1)) {
            throw new IllegalArgumentException("averageFrom is " + averageFrom + ", expected 0 or more and below 1");
        }
    }

    private static void requireRising(List<Double> milestones) {
        double before = 0;
        for (double milestone : milestones) {
            if (!(milestone > before && milestone < 1)) {
                throw new IllegalArgumentException(
                        "milestones are " + milestones + ", expected rising shares above 0 and below 1");
            }
            before = milestone;
        }
        if (milestones.isEmpty()) {
            throw new IllegalArgumentException("milestones is empty, expected one share or more");
        }
    }

    /** The optimiser of the training session. */
    public Optimizer optimizer() {
        return switch (name) {
            case ADAM, ADAMW ->
                new AdamW(BETA_1, BETA_2, EPSILON, weightDecay == null ? 0 : weightDecay, maxGradientNorm);
            case SGD -> new Sgd(maxGradientNorm);
        };
    }

    /**
     * How many epochs' weights make up those that are validated and exported after an epoch.
     *
     * @param epoch from 1
     * @param epochs number of all epochs
     * @return 0 for the weights of this epoch alone, without an average
     */
    public int averagedEpochs(int epoch, int epochs) {
        return averageFrom == null ? 0 : Math.max(0, epoch - (int) (averageFrom * epochs));
    }

    /**
     * Learning rate of a step.
     *
     * @param step from 0
     * @param steps number of all steps
     */
    public double learningRateAt(long step, long steps) {
        double rise = Math.max(1, WARM_UP * steps);
        if (schedule != Schedule.CONSTANT && step + 1 < rise) {
            return learningRate * (step + 1) / rise;
        }
        double progress = Math.min(1, (step + 1 - rise) / Math.max(1, steps - rise));
        return switch (schedule) {
            case CONSTANT -> learningRate;
            case COSINE -> learningRate * 0.5 * (1 + Math.cos(Math.PI * progress));
            case LINEAR -> learningRate * (1 - progress);
            case STEPS -> learningRate * fallen((double) step / steps);
        };
    }

    /** What the milestones before a share of all steps have made of the learning rate. */
    private double fallen(double share) {
        double result = 1;
        for (double milestone : milestones == null ? List.<Double>of() : milestones) {
            result *= share >= milestone && factor != null ? factor : 1;
        }
        return result;
    }
}
