package org.geolandslide.training.bench;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Images per second of two contestants, round by round.
 *
 * @param first of the first contestant
 * @param second of the second, in the same rounds
 */
record Pairs(List<Double> first, List<Double> second) {
    Pairs {
        first = List.copyOf(first);
        second = List.copyOf(second);
        if (first.isEmpty() || first.size() != second.size()) {
            throw new IllegalArgumentException(
                    first.size() + " and " + second.size() + " rounds, expected as many of both and at least one");
        }
    }

    /** Median of the first contestant. */
    double firstMedian() {
        return median(first);
    }

    /** Median of the second contestant. */
    double secondMedian() {
        return median(second);
    }

    /** Ratio of the medians, first to second. */
    double ratio() {
        return firstMedian() / secondMedian();
    }

    /** Smallest ratio of a round. */
    double leastRatio() {
        return ratios().min().orElseThrow();
    }

    /** Largest ratio of a round. */
    double mostRatio() {
        return ratios().max().orElseThrow();
    }

    private DoubleStream ratios() {
        return IntStream.range(0, first.size()).mapToDouble(round -> first.get(round) / second.get(round));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
