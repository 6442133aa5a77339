package org.geolandslide.training.config;

import org.geolandslide.training.loss.FocalLoss;
import org.geolandslide.training.loss.IouLoss;
import org.geolandslide.training.loss.Loss;
import org.geolandslide.training.loss.WeightedLoss;

/**
 * Focal and IoU loss, as in RMAU-Net (Pham et al. 2025).
 *
 * @param focal weight of the focal loss, at least 0
 * @param gamma focusing exponent of the focal loss
 * @param iou weight of the IoU loss, at least 0
 */
public record LossConfig(double focal, double gamma, double iou) {
    public LossConfig {
        requireNotNegative("focal", focal);
        requireNotNegative("gamma", gamma);
        requireNotNegative("iou", iou);
        if (focal + iou == 0) {
            throw new IllegalArgumentException("focal and iou are both 0, expected at least one loss");
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 0 or more");
        }
    }

    /** The loss that training minimises. */
    public Loss loss() {
        return new WeightedLoss(new FocalLoss(gamma), focal, new IouLoss(), iou);
    }
}
