package org.geolandslide.training.operator;

import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * The largest or the smallest values of each pixel, in no order: sorting them would take longer than finding them. Inputs: image
 * {@code [N, C, H, W]} and the number of values, as a vector of one number. Outputs: the values {@code [N, count, H, W]}, and the channel
 * of each.
 *
 * @param count how many values, at most as many as channels
 * @param largest whether the largest are wanted; else the smallest
 */
public record ExtremeChannels(long count, boolean largest) implements Operator {
    private static final int CHANNELS = 1;

    /** The largest values of each pixel, {@code [N, count, H, W]}. */
    public static Tensor largest(Graph graph, Tensor image, long count) {
        return graph.applyAll(new ExtremeChannels(count, true), image, graph.longs(count))
                .get(0);
    }

    /** The smallest values of each pixel, {@code [N, count, H, W]}. */
    public static Tensor smallest(Graph graph, Tensor image, long count) {
        return graph.applyAll(new ExtremeChannels(count, false), image, graph.longs(count))
                .get(0);
    }

    @Override
    public String type() {
        return "TopK";
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of("axis", (long) CHANNELS, "largest", largest ? 1L : 0L, "sorted", 0L);
    }

    @Override
    public List<Tensor> infer(List<Tensor> inputs) {
        Shape image = inputs.get(0).shape();
        if (image.rank() != 4 || count < 1 || count > image.size(CHANNELS)) {
            throw new IllegalArgumentException("there are no " + count + " channels in " + inputs.get(0));
        }
        Shape result = image.with(CHANNELS, count);
        return List.of(Operator.output(result), Operator.output(ElementType.INT64, result));
    }
}
