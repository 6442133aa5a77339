package org.geolandslide.training.data;

import org.jspecify.annotations.Nullable;

/**
 * What happens to windows before a training step, in this order.
 *
 * @param shift how far the window of a sample that is no larger than it is moved at random along each axis, as a share of its side; what
 *     then lies outside of the sample is reflected and takes no part
 * @param zoom largest factor by which a window shows more or less ground than its pixels have, 1 for none; drawn from a log-uniform
 *     distribution between its inverse and itself. Elevation keeps its metres, so that zoomed imagery is that of another ground sample
 *     distance
 * @param angle largest angle in degrees by which a window is turned, to either side
 * @param rotation probability of a turn by 90, 180 or 270 degrees
 * @param flip probability of being mirrored, along the rows or along the columns; with rotation 0.75 and flip 0.5 all eight symmetries
 *     of the square are equally frequent
 * @param colour largest relative change of the brightness of all bands together, 0 to 0.5; each band changes by up to half of it more on
 *     its own
 * @param contrast largest relative change of the deviations from the mean of each band, 0 to 1
 * @param mosaic probability that a window is put together from four windows of the batch that meet at a random place, each showing a
 *     random cut-out (Bochkovskiy et al. 2020), so that place tells nothing
 * @param cutMix probability that one or two landslides of another window of the batch are pasted in (after Yun et al. 2019)
 * @param mixup probability that a window is blended with another one of its batch (Zhang et al. 2018)
 * @param mixupBeta Mixup: both parameters of the beta distribution from which the share of the other window is drawn, positive; if it is
 *     left out the share is uniform in [0, 1], as in Lissak and Corpetti 2024
 * @param plainEpochs number of last epochs in which nothing of this happens but shifts
 */
public record Augmentation(
        double shift,
        double zoom,
        double angle,
        double rotation,
        double flip,
        double colour,
        double contrast,
        double mosaic,
        double cutMix,
        double mixup,
        @Nullable Double mixupBeta,
        int plainEpochs) {
    private static final double MOST_SHIFT = 0.5;
    private static final double MOST_ZOOM = 4;
    private static final double MOST_ANGLE = 180;
    private static final double MOST_COLOUR = 0.5;

    /** No change. */
    public static final Augmentation NONE = new Augmentation(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, null, 0);

    public Augmentation {
        requireBetween("shift", 0, shift, MOST_SHIFT);
        requireBetween("zoom", 1, zoom, MOST_ZOOM);
        requireBetween("angle", 0, angle, MOST_ANGLE);
        requireProbability("rotation", rotation);
        requireProbability("flip", flip);
        requireBetween("colour", 0, colour, MOST_COLOUR);
        requireBetween("contrast", 0, contrast, 1);
        requireProbability("mosaic", mosaic);
        requireProbability("cutMix", cutMix);
        requireProbability("mixup", mixup);
        if (mixupBeta != null && !(mixupBeta > 0 && Double.isFinite(mixupBeta))) {
            throw new IllegalArgumentException("mixupBeta is " + mixupBeta + ", expected a positive number");
        }
        if (plainEpochs < 0) {
            throw new IllegalArgumentException("plainEpochs is " + plainEpochs + ", expected 0 or more");
        }
    }

    private static void requireBetween(String name, double least, double value, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", expected a number from " + least + " to " + most);
        }
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " is not a probability");
        }
    }

    /** Whether windows of a batch take something from each other. */
    public boolean mixesWindows() {
        return mosaic > 0 || cutMix > 0 || mixup > 0;
    }

    /** What happens in an epoch, counted from 1. */
    public Augmentation inEpoch(int epoch, int epochs) {
        return epoch > epochs - plainEpochs ? NONE.withShift(shift) : this;
    }

    private Augmentation withShift(double other) {
        return new Augmentation(
                other, zoom, angle, rotation, flip, colour, contrast, mosaic, cutMix, mixup, mixupBeta, plainEpochs);
    }
}
