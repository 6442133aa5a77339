package org.geolandslide.training.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The turns of two contestants.
 *
 * @param images images that each turn trains on
 * @param first turns of the first contestant
 * @param second turns of the second, in the same rounds
 */
record Duel(int images, List<Turn> first, List<Turn> second) {
    Duel {
        first = List.copyOf(first);
        second = List.copyOf(second);
        if (first.isEmpty() || first.size() != second.size()) {
            throw new IllegalArgumentException(
                    first.size() + " and " + second.size() + " turns, expected as many of both and at least one");
        }
    }

    /** Images per second of the first contestant, median over the rounds. */
    double firstSpeed() {
        return images / median(first, Turn::seconds);
    }

    /** Images per second of the second contestant, median over the rounds. */
    double secondSpeed() {
        return images / median(second, Turn::seconds);
    }

    /** How many times as fast as the second contestant the first is. */
    double ratio() {
        return firstSpeed() / secondSpeed();
    }

    /** The same for the processor time that an image takes, which other work on the machine moves less. */
    double processorRatio() {
        return median(second, Turn::processorSeconds) / median(first, Turn::processorSeconds);
    }

    /** The least ratio of a round. */
    double leastRatio() {
        return ratios().min().orElseThrow();
    }

    /** The largest ratio of a round. */
    double mostRatio() {
        return ratios().max().orElseThrow();
    }

    private DoubleStream ratios() {
        return IntStream.range(0, first.size())
                .mapToDouble(
                        round -> second.get(round).seconds() / first.get(round).seconds());
    }

    /** Processor time of both. */
    double processorSeconds() {
        return DoubleStream.concat(
                        first.stream().mapToDouble(Turn::processorSeconds),
                        second.stream().mapToDouble(Turn::processorSeconds))
                .sum();
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> of) {
        double[] sorted = turns.stream().mapToDouble(of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
