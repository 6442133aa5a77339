package org.geolandslide.training.config;

import java.util.List;
import java.util.TreeSet;

/** Numbers of the parts that are taken of several. */
final class Parts {
    private Parts() {}

    /**
     * The numbers in order, each once.
     *
     * @param count number of parts, at least 2
     * @throws IllegalArgumentException if there are fewer than two parts, or none is taken, or one that is not there
     */
    static List<Integer> of(int count, List<Integer> take) {
        if (count < 2) {
            throw new IllegalArgumentException("count is " + count + ", expected 2 parts or more");
        }
        if (take.isEmpty()) {
            throw new IllegalArgumentException("take is empty, expected numbers from 0 to " + (count - 1));
        }
        for (int part : take) {
            if (part < 0 || part >= count) {
                throw new IllegalArgumentException(
                        "take names " + part + ", expected numbers from 0 to " + (count - 1));
            }
        }
        return List.copyOf(new TreeSet<>(take));
    }
}
