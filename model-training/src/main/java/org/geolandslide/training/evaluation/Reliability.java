package org.geolandslide.training.evaluation;

import java.util.List;

/**
 * How far a model's probabilities can be taken at their word: pixels in ten bins of equal width by their probability, and how often those
 * of each are landslide (reliability diagram; DeGroot and Fienberg 1983).
 *
 * @param bins bins that hold pixels, from low to high probability
 */
public record Reliability(List<Bin> bins) {
    /**
     * Pixels of about one probability.
     *
     * @param pixels their number, at least 1
     * @param probability mean of their probabilities
     * @param landslide share of them that is landslide, 0 to 1
     */
    public record Bin(long pixels, double probability, double landslide) {}

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * Expected calibration error (Naeini et al. 2015): mean distance between probability and share of landslide, bins weighted by their
     * pixels; 0 to 1, NaN without pixels.
     */
    public double expectedError() {
        double sum = 0;
        long pixels = 0;
        for (Bin bin : bins) {
            sum += bin.pixels() * Math.abs(bin.probability() - bin.landslide());
            pixels += bin.pixels();
        }
        return sum / pixels;
    }
}
