package org.geolandslide.training.config;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Some of the equal parts into which chips are divided by their names. A chip's part follows from its name, the number of parts and the
 * seed alone: it stays the same on every machine, and whatever other chips lie beside it.
 *
 * @param count number of parts, at least 2
 * @param take numbers of the parts that are taken, from 0
 * @param seed seed of the division
 */
public record Folds(int count, List<Integer> take, long seed) {
    public Folds {
        take = Parts.of(count, take);
    }

    /** Whether a chip is in a part that is taken. */
    public boolean holds(String name) {
        return take.contains(new SplittableRandom(seed * 31 + name.hashCode()).nextInt(count));
    }

    /** Whether a chip can be in both. */
    boolean overlaps(Folds other) {
        return count != other.count || seed != other.seed || !Collections.disjoint(take, other.take);
    }

    @Override
    public String toString() {
        return "parts " + String.join(", ", take.stream().map(String::valueOf).toList()) + " of " + count + ", seed "
                + seed;
    }
}
