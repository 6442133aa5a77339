package org.geolandslide.training.trainer;

import org.geolandslide.training.network.Standardization;

/**
 * {@code run.json}: what a run needs to go on, and an export to describe the model.
 *
 * @param optical standardisation of the optical bands and their features
 * @param terrain standardisation of the terrain features
 * @param parameters number of weights, trainable or not
 * @param trainingWindows windows per epoch
 * @param validationWindows windows of a validation
 * @param epochs epochs that are finished
 * @param bestEpoch epoch that did best; 0 before the first
 * @param bestF1 highest validation F1 at the best threshold so far
 * @param bestThreshold that threshold
 * @param bestF1AtHalf validation F1 of the same epoch at threshold 0.5
 * @param bestIouAtHalf validation IoU of the same epoch at threshold 0.5
 * @param seconds time spent on the finished epochs
 */
public record RunState(
        Standardization optical,
        Standardization terrain,
        long parameters,
        int trainingWindows,
        int validationWindows,
        int epochs,
        int bestEpoch,
        double bestF1,
        double bestThreshold,
        double bestF1AtHalf,
        double bestIouAtHalf,
        double seconds) {

    /** A run that has not begun. */
    static RunState beginning(
            FeatureStatistics statistics, long parameters, int trainingWindows, int validationWindows) {
        return new RunState(
                statistics.optical(),
                statistics.terrain(),
                parameters,
                trainingWindows,
                validationWindows,
                0,
                0,
                0,
                0.5,
                0,
                0,
                0);
    }

    /** Whether an epoch did better than all before. */
    boolean isImprovedBy(EpochMetrics metrics) {
        return bestEpoch == 0 || metrics.bestF1() > bestF1;
    }

    /**
     * Whether early stopping ends the run.
     *
     * @param patience epochs without a better one after which it does; 0 for never
     */
    boolean isStalled(int patience) {
        return patience > 0 && epochs - bestEpoch >= patience;
    }

    /** The state after one more epoch. */
    RunState after(EpochMetrics metrics) {
        boolean improved = isImprovedBy(metrics);
        return new RunState(
                optical,
                terrain,
                parameters,
                trainingWindows,
                validationWindows,
                metrics.epoch(),
                improved ? metrics.epoch() : bestEpoch,
                improved ? metrics.bestF1() : bestF1,
                improved ? metrics.bestThreshold() : bestThreshold,
                improved ? metrics.f1() : bestF1AtHalf,
                improved ? metrics.iou() : bestIouAtHalf,
                seconds + metrics.seconds());
    }
}
