package org.geolandslide.training.data;

import org.jspecify.annotations.Nullable;

/**
 * What happens to windows before a training step, each with a probability per window, in this order.
 *
 * @param rotation probability of a turn by 90, 180 or 270 degrees
 * @param flip probability of being mirrored, along the rows or along the columns; with rotation 0.75 and flip 0.5 all eight symmetries
 *     of the square are equally frequent
 * @param colour largest relative change of the brightness of all bands together, 0 to 0.5; each band changes by up to half of it more on
 *     its own
 * @param cutMix probability that one or two landslides of another window of the batch are pasted in (after Yun et al. 2019)
 * @param mixup probability that a window is blended with another one of its batch (Zhang et al. 2018)
 * @param mixupBeta Mixup: both parameters of the beta distribution from which the share of the other window is drawn, positive; if it is
 *     left out the share is uniform in [0, 1], as in Lissak and Corpetti 2024
 * @param plainEpochs number of last epochs in which nothing of this happens
 */
public record Augmentation(
        double rotation,
        double flip,
        double colour,
        double cutMix,
        double mixup,
        @Nullable Double mixupBeta,
        int plainEpochs) {
    private static final double MOST_COLOUR = 0.5;
    /** No change. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, null, 0);

    public Augmentation {
        requireProbability("rotation", rotation);
        requireProbability("flip", flip);
        if (!(colour >= 0 && colour <= MOST_COLOUR)) {
            throw new IllegalArgumentException("colour " + colour + " is not in [0, " + MOST_COLOUR + "]");
        }
        requireProbability("cutMix", cutMix);
        requireProbability("mixup", mixup);
        if (mixupBeta != null && !(mixupBeta > 0 && Double.isFinite(mixupBeta))) {
            throw new IllegalArgumentException("mixupBeta is " + mixupBeta + ", expected a positive number");
        }
        if (plainEpochs < 0) {
            throw new IllegalArgumentException("plainEpochs is " + plainEpochs + ", expected 0 or more");
        }
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " " + value + " is not a probability");
        }
    }

    /** Whether windows of a batch take something from each other. */
    public boolean mixesWindows() {
        return cutMix > 0 || mixup > 0;
    }

    /** What happens in an epoch, counted from 1. */
    public Augmentation inEpoch(int epoch, int epochs) {
        return epoch > epochs - plainEpochs ? NONE : this;
    }

    /** Only turns and flips, as often as given. */
    static Augmentation turning(double rotation, double flip) {
        return new Augmentation(rotation, flip, 0, 0, 0, null, 0);
    }
}
