package org.geolandslide.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Labelled pixels by probability, from which the counts for every threshold follow, pooled over everything that was added.
 * Probabilities are kept to a thousandth.
 */
public final class ScoreHistogram {
    private static final int BINS = 1000;
    private static final int RELIABILITY_BINS = 10;

    private final long[] landslide = new long[BINS + 1];
    private final long[] background = new long[BINS + 1];

    /** Adds a labelled pixel. */
    public void add(float probability, boolean isLandslide) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability of " + probability);
        }
        (isLandslide ? landslide : background)[(int) Math.floor(probability * BINS + 1e-4)]++;
    }

    /** Adds the pixels of another histogram. */
    public void add(ScoreHistogram other) {
        for (int i = 0; i <= BINS; i++) {
            landslide[i] += other.landslide[i];
            background[i] += other.background[i];
        }
    }

    /**
     * Counts when every pixel of at least this probability is called landslide.
     *
     * @param threshold 0 to 1, taken to a thousandth
     */
    public Confusion at(double threshold) {
        int first = (int) Math.round(threshold * BINS);
        long[] counts = new long[4];
        for (int i = 0; i <= BINS; i++) {
            counts[i >= first ? 0 : 2] += landslide[i];
            counts[i >= first ? 1 : 3] += background[i];
        }
        return new Confusion(counts[0], counts[1], counts[2], counts[3]);
    }

    /** Threshold with the highest F1 among 0.05, 0.06, ... 0.95; 0.5 if there is no landslide. */
    public double bestThreshold() {
        double best = 0.5;
        double bestF1 = at(best).f1();
        for (int percent = 5; percent <= 95; percent++) {
            double f1 = at(percent / 100.0).f1();
            if (f1 > bestF1) {
                best = percent / 100.0;
                bestF1 = f1;
            }
        }
        return best;
    }

    /** How far the probabilities can be taken at their word. */
    public Reliability reliability() {
        List<Reliability.Bin> bins = new ArrayList<>();
        int step = BINS / RELIABILITY_BINS;
        for (int first = 0; first < BINS; first += step) {
            // The last bin holds the probability 1, too.
            int last = first + step == BINS ? BINS : first + step - 1;
            long found = 0;
            long pixels = 0;
            double probabilities = 0;
            for (int i = first; i <= last; i++) {
                long both = landslide[i] + background[i];
                found += landslide[i];
                pixels += both;
                // Values were cut off to a thousandth, from 0.5 thousandths above it on average; 1 is 1.
                probabilities += both * Math.min(1, (i + 0.5) / BINS);
            }
            if (pixels > 0) {
                bins.add(new Reliability.Bin(pixels, probabilities / pixels, (double) found / pixels));
            }
        }
        return new Reliability(bins);
    }

    /** Pixels that were added. */
    public long pixels() {
        long sum = 0;
        for (int i = 0; i <= BINS; i++) {
            sum += landslide[i] + background[i];
        }
        return sum;
    }
}
