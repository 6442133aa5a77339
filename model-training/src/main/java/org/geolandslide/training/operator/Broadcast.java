package org.geolandslide.training.operator;

import java.util.ArrayList;
import java.util.List;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/** The way back through multidirectional broadcasting. */
final class Broadcast {
    private Broadcast() {}

    /** Sums a gradient over the dimensions along which an operand of the given shape was repeated. */
    static Tensor reduceTo(Graph graph, Tensor gradient, Shape shape) {
        int leading = gradient.shape().rank() - shape.rank();
        List<Long> repeated = new ArrayList<>();
        for (int i = 0; i < shape.rank(); i++) {
            if (shape.size(i) == 1 && gradient.shape().size(i + leading) != 1) {
                repeated.add((long) i + leading);
            }
        }
        Tensor result = gradient;
        if (!repeated.isEmpty()) {
            result = ReduceSum.along(graph, result, repeated, true);
        }
        if (leading > 0) {
            List<Long> added = new ArrayList<>();
            for (long i = 0; i < leading; i++) {
                added.add(i);
            }
            result = ReduceSum.along(graph, result, added, false);
        }
        return result;
    }
}
