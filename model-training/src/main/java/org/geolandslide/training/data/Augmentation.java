package org.geolandslide.training.data;

/**
 * What happens to windows before a training step.
 *
 * @param symmetries whether windows are turned by 90, 180 and 270 degrees and mirrored
 * @param mixup probability that a window is blended with another one of its batch (Zhang et al. 2018), 0 to 1; the share of the other is
 *     uniform in [0, 1], as in Lissak and Corpetti 2024
 * @param colour largest relative change of the brightness of all bands together, 0 to 0.5; each band changes by up to half of
 *     it more on its own
 */
public record Augmentation(boolean symmetries, double mixup, double colour) {
    private static final double MOST_COLOUR = 0.5;
    /** No change. */
    public static final Augmentation NONE = new Augmentation(false, 0, 0);

    public Augmentation {
        if (!(mixup >= 0 && mixup <= 1)) {
            throw new IllegalArgumentException("mixup " + mixup + " is not a probability");
        }
        if (!(colour >= 0 && colour <= MOST_COLOUR)) {
            throw new IllegalArgumentException("colour " + colour + " is not in [0, " + MOST_COLOUR + "]");
        }
    }
}
