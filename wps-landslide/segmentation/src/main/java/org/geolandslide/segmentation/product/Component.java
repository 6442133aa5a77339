package org.geolandslide.segmentation.product;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Landslide pixels that hang together over their edges. */
final class Component {
    private final List<Run> runs = new ArrayList<>();
    private Component mergedInto = this;

    /** The component of which this one has become a part. */
    Component root() {
        Component root = this;
        while (root.mergedInto != root) {
            root = root.mergedInto;
        }
        mergedInto = root;
        return root;
    }

    void add(Run run) {
        runs.add(run);
    }

    /** Unites two roots and returns the one that remains. */
    static Component merge(Component a, Component b) {
        if (a.equals(b)) {
            return a;
        }
        Component larger = a.runs.size() >= b.runs.size() ? a : b;
        Component smaller = larger.equals(a) ? b : a;
        larger.runs.addAll(smaller.runs);
        smaller.mergedInto = larger;
        smaller.runs.clear();
        return larger;
    }

    /** Runs from top to bottom and left to right. */
    List<Run> runs() {
        runs.sort(Comparator.comparingInt(Run::row).thenComparingInt(Run::start));
        return Collections.unmodifiableList(runs);
    }

    long pixels() {
        return runs.stream().mapToLong(Run::length).sum();
    }

    double meanProbability() {
        return runs.stream().mapToDouble(Run::sum).sum() / pixels();
    }

    float maximumProbability() {
        return (float) runs.stream().mapToDouble(Run::maximum).max().orElse(Double.NaN);
    }
}
