package org.geolandslide.training.operator;

import java.util.List;

/**
 * Smallest element over some dimensions, which stay with size 1.
 *
 * @param axes dimensions to look through
 */
public record ReduceMin(List<Long> axes) implements Reduction {
    public ReduceMin {
        axes = List.copyOf(axes);
    }

    @Override
    public String type() {
        return "ReduceMin";
    }
}
