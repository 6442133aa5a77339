package org.geolandslide.training.evaluation;

/**
 * Counts of a binary decision. Scores that divide by nothing are NaN.
 *
 * @param truePositives landslide found
 * @param falsePositives landslide where there is none
 * @param falseNegatives landslide missed
 * @param trueNegatives rightly nothing
 */
public record Confusion(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
    /** Nothing counted yet. */
    public static final Confusion NONE = new Confusion(0, 0, 0, 0);

    /** The counts with one more decision. */
    public Confusion plus(boolean predicted, boolean actual) {
        return new Confusion(
                truePositives + (predicted && actual ? 1 : 0),
                falsePositives + (predicted && !actual ? 1 : 0),
                falseNegatives + (!predicted && actual ? 1 : 0),
                trueNegatives + (!predicted && !actual ? 1 : 0));
    }

    /** The counts and those of another set. */
    public Confusion plus(Confusion other) {
        return new Confusion(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                trueNegatives + other.trueNegatives);
    }

    /** Share of what was found that is right. */
    public double precision() {
        return (double) truePositives / (truePositives + falsePositives);
    }

    /** Share of what is there that was found. */
    public double recall() {
        return (double) truePositives / (truePositives + falseNegatives);
    }

    /** Harmonic mean of precision and recall. */
    public double f1() {
        return 2.0 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
    }

    /** Intersection over union of the landslide class. */
    public double iou() {
        return (double) truePositives / (truePositives + falsePositives + falseNegatives);
    }

    /** Mean of the intersections over unions of both classes. */
    public double meanIou() {
        double background = (double) trueNegatives / (trueNegatives + falsePositives + falseNegatives);
        return (iou() + background) / 2;
    }

    /** Share of right decisions. */
    public double accuracy() {
        return (double) (truePositives + trueNegatives)
                / (truePositives + falsePositives + falseNegatives + trueNegatives);
    }
}
