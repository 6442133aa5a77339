package org.geolandslide.training.config;

import java.util.SplittableRandom;

/**
 * A share of chips. Each chip has a number from 0 to below 1 that follows from its name and the seed alone, evenly spread; those from
 * {@code from} to below {@code to} are taken. A chip keeps its number on every machine, and whatever other chips lie beside it: 0 to 0.7
 * and 0.7 to 1 of one seed are a division of any set.
 *
 * @param from least number that is taken, 0 or more
 * @param to the first number above that is not, more than {@code from}, at most 1
 * @param seed seed of the numbers
 */
public record Share(double from, double to, long seed) {
    public Share {
        if (!(from >= 0 && from < to && to <= 1)) {
            throw new IllegalArgumentException(
                    "from is " + from + " and to is " + to + ", expected 0 <= from < to <= 1");
        }
    }

    /** Whether a chip is taken. */
    public boolean holds(String name) {
        double number = new SplittableRandom(seed * 31 + name.hashCode()).nextDouble();
        return from <= number && number < to;
    }

    /** Whether a chip can be in both. */
    boolean overlaps(Share other) {
        return seed != other.seed || (from < other.to && other.from < to);
    }

    @Override
    public String toString() {
        return "share " + from + " to " + to + ", seed " + seed;
    }
}
