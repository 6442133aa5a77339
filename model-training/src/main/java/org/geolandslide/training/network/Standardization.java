package org.geolandslide.training.network;

import java.util.List;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Divide;
import org.geolandslide.training.operator.Subtract;

/**
 * Shift and scale that give the training set's features mean 0 and deviation 1.
 *
 * @param mean mean per channel
 * @param deviation standard deviation per channel, positive
 */
public record Standardization(List<Float> mean, List<Float> deviation) {
    public Standardization {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != deviation.size()) {
            throw new IllegalArgumentException(mean.size() + " means but " + deviation.size() + " deviations");
        }
        for (float value : deviation) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("deviations " + deviation + " are not all positive");
            }
        }
    }

    /** No change to so many channels. */
    public static Standardization none(int channels) {
        return new Standardization(
                java.util.Collections.nCopies(channels, 0f), java.util.Collections.nCopies(channels, 1f));
    }

    /** Standardises an image {@code [N, C, H, W]}. */
    Tensor apply(Graph graph, Tensor image) {
        Tensor centred = graph.apply(new Subtract(), image, perChannel(graph, mean));
        return graph.apply(new Divide(), centred, perChannel(graph, deviation));
    }

    private static Tensor perChannel(Graph graph, List<Float> values) {
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return graph.constant(Shape.of(1, array.length, 1, 1), array);
    }
}
