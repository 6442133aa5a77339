package org.geolandslide.training.data;

/**
 * What happens to windows before a training step.
 *
 * @param symmetries whether windows are turned by 90, 180 and 270 degrees and mirrored
 * @param mixup probability that a window is blended with another one (Zhang et al. 2018), 0 to 1; the share of the other is
 *     uniform in [0, 1], as in Lissak and Corpetti 2024
 * @param colour largest relative change of brightness, and of each band on its own, 0 to 1
 */
public record Augmentation(boolean symmetries, double mixup, double colour) {
    /** No change. */
    public static final Augmentation NONE = new Augmentation(false, 0, 0);

    public Augmentation {
        if (!(mixup >= 0 && mixup <= 1)) {
            throw new IllegalArgumentException("mixup " + mixup + " is not a probability");
        }
        if (!(colour >= 0 && colour < 1)) {
            throw new IllegalArgumentException("colour " + colour + " is not in [0, 1)");
        }
    }
}
