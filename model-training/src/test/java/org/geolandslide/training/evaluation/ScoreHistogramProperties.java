package org.geolandslide.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ScoreHistogramProperties {

    @Property(tries = 100)
    void counts_at_a_threshold_are_those_of_the_pixels(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 200) int pixels,
            @ForAll @IntRange(max = 100) int percent) {
        SplittableRandom random = new SplittableRandom(seed);
        ScoreHistogram histogram = new ScoreHistogram();
        Confusion expected = Confusion.NONE;
        double threshold = percent / 100.0;
        for (int i = 0; i < pixels; i++) {
            float probability = random.nextInt(1001) / 1000f;
            boolean landslide = random.nextBoolean();
            histogram.add(probability, landslide);
            expected = expected.plus(Math.round(probability * 1000) >= 10 * percent, landslide);
        }
        assertThat(histogram.at(threshold)).isEqualTo(expected);
        assertThat(histogram.pixels()).isEqualTo(pixels);
        assertThat(histogram.at(histogram.bestThreshold()).f1())
                .satisfiesAnyOf(f1 -> assertThat(f1).isNaN(), f1 -> assertThat(f1)
                        .isGreaterThanOrEqualTo(histogram.at(0.5).f1()));
    }

    @Property(tries = 50)
    void histograms_add_up(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ScoreHistogram all = new ScoreHistogram();
        ScoreHistogram sum = new ScoreHistogram();
        for (int part = 0; part < 3; part++) {
            ScoreHistogram own = new ScoreHistogram();
            for (int i = 0; i < 50; i++) {
                float probability = (float) random.nextDouble();
                boolean landslide = random.nextBoolean();
                own.add(probability, landslide);
                all.add(probability, landslide);
            }
            sum.add(own);
        }
        assertThat(sum.at(0.3)).isEqualTo(all.at(0.3));
    }

    @Example
    void scores_are_those_of_the_textbook() {
        Confusion counts = new Confusion(30, 10, 20, 940);
        assertThat(counts.precision()).isCloseTo(0.75, within(1e-12));
        assertThat(counts.recall()).isCloseTo(0.6, within(1e-12));
        assertThat(counts.f1()).isCloseTo(2 * 0.75 * 0.6 / 1.35, within(1e-12));
        assertThat(counts.iou()).isCloseTo(0.5, within(1e-12));
        assertThat(counts.meanIou()).isCloseTo((0.5 + 940 / 970.0) / 2, within(1e-12));
        assertThat(counts.accuracy()).isCloseTo(0.97, within(1e-12));
        assertThat(Confusion.NONE.f1()).isNaN();
    }

    @Example
    void reliability_compares_probabilities_with_shares() {
        ScoreHistogram histogram = new ScoreHistogram();
        for (int i = 0; i < 100; i++) {
            // Of those called 0.75, 60 % are landslide; of those called 0.05, none; the one called 1 is.
            histogram.add(0.75f, i < 60);
            histogram.add(0.05f, false);
        }
        histogram.add(1, true);
        Reliability reliability = histogram.reliability();
        assertThat(reliability.bins()).hasSize(3);
        assertThat(reliability.bins().get(0).probability()).isCloseTo(0.05, within(0.001));
        assertThat(reliability.bins().get(0).landslide()).isZero();
        assertThat(reliability.bins().get(1).pixels()).isEqualTo(100);
        assertThat(reliability.bins().get(1).landslide()).isEqualTo(0.6);
        assertThat(reliability.bins().get(2)).isEqualTo(new Reliability.Bin(1, 1, 1));
        assertThat(reliability.expectedError()).isCloseTo((100 * 0.05 + 100 * 0.15) / 201, within(0.001));
        assertThat(new ScoreHistogram().reliability().expectedError()).isNaN();
    }

    @Example
    void what_is_no_probability_is_refused() {
        assertThatThrownBy(() -> new ScoreHistogram().add(1.1f, true)).hasMessage("a probability of 1.1");
        assertThatThrownBy(() -> new ScoreHistogram().add(Float.NaN, true)).hasMessage("a probability of NaN");
    }
}
