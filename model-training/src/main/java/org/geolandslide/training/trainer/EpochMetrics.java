package org.geolandslide.training.trainer;

/**
 * One line of {@code metrics.csv}. Validation scores are pooled over the labelled pixels of the validation windows, at threshold 0.5.
 *
 * @param epoch from 1
 * @param learningRate at the end of the epoch
 * @param trainingLoss mean over the epoch's steps
 * @param validationLoss mean over the validation windows
 * @param precision of the validation
 * @param recall of the validation
 * @param f1 of the validation
 * @param iou of the validation
 * @param bestThreshold threshold with the highest F1 on the validation
 * @param bestF1 F1 at that threshold
 * @param imagesPerSecond training windows per second
 * @param seconds duration of the epoch, validation included
 */
public record EpochMetrics(
        int epoch,
        double learningRate,
        double trainingLoss,
        double validationLoss,
        double precision,
        double recall,
        double f1,
        double iou,
        double bestThreshold,
        double bestF1,
        double imagesPerSecond,
        double seconds) {}
