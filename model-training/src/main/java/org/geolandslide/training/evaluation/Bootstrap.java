package org.geolandslide.training.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Confidence of pooled scores by the percentile bootstrap (Efron 1979): whole samples are drawn with replacement, since the pixels of one
 * sample are not independent, and the score is taken of their pooled counts.
 */
final class Bootstrap {
    private static final int DRAWS = 1000;
    private static final long SEED = 1;
    private static final double CONFIDENCE = 0.95;

    private Bootstrap() {}

    /** Interval of a score over samples; the same for the same samples. */
    static Interval of(List<Confusion> samples, ToDoubleFunction<Confusion> score) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] scores = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            Confusion pooled = Confusion.NONE;
            for (int i = 0; i < samples.size(); i++) {
                pooled = pooled.plus(samples.get(random.nextInt(samples.size())));
            }
            scores[draw] = score.applyAsDouble(pooled);
        }
        // Draws without any landslide have no score; they sort to the end.
        Arrays.sort(scores);
        int defined = (int) Arrays.stream(scores).filter(Double::isFinite).count();
        if (defined == 0) {
            return new Interval(Double.NaN, Double.NaN);
        }
        int tail = (int) Math.floor(defined * (1 - CONFIDENCE) / 2);
        return new Interval(scores[tail], scores[defined - 1 - tail]);
    }
}
