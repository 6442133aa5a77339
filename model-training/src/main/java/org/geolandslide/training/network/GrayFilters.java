package org.geolandslide.training.network;

import java.util.List;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.EdgePadding;
import org.geolandslide.training.operator.ExtremeChannels;
import org.geolandslide.training.operator.ReduceMean;

/**
 * Filters of images {@code [N, 1, H, W]} that keep their size. Beyond its edges an image is continued by its outermost pixels. A square of
 * even side has no middle pixel: that of 10 x 10 reaches from 4 pixels above and to the left of a pixel to 5 below and to the right.
 */
final class GrayFilters {
    private static final int SIDE = 10;
    private static final int BEFORE = (SIDE - 1) / 2;
    private static final int AFTER = SIDE / 2;

    /** The deviation that OpenCV takes for a kernel of 10 pixels: 0.3 ((10 - 1) / 2 - 1) + 0.8. */
    private static final double DEVIATION = 1.85;

    private GrayFilters() {}

    /** Gaussian mean over 10 x 10 pixels; its peak lies in the middle of the square, half a pixel to the lower right. */
    static Tensor gaussian(Graph graph, Tensor image) {
        return gaussian(graph, EdgePadding.of(graph, image, BEFORE, AFTER), SIDE, DEVIATION);
    }

    /** Gaussian mean over an odd square around each pixel. */
    static Tensor gaussianAround(Graph graph, Tensor image, int radius, double deviation) {
        return gaussian(graph, EdgePadding.around(graph, image, radius), 2 * radius + 1, deviation);
    }

    private static Tensor gaussian(Graph graph, Tensor padded, int side, double deviation) {
        double[] weights = new double[side * side];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            int row = i / side;
            int column = i % side;
            double down = row - (side - 1) / 2.0;
            double right = column - (side - 1) / 2.0;
            weights[i] = Math.exp(-(down * down + right * right) / (2 * deviation * deviation));
            sum += weights[i];
        }
        float[] kernel = new float[weights.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (weights[i] / sum);
        }
        return graph.apply(new Convolution(1, 0), padded, graph.constant(Shape.of(1, 1, side, side), kernel));
    }

    /** Median over 10 x 10 pixels: the mean of the two middle ones of 100. */
    static Tensor median(Graph graph, Tensor image) {
        int count = SIDE * SIDE;
        float[] unit = new float[count * count];
        for (int i = 0; i < count; i++) {
            unit[i * count + i] = 1;
        }
        Tensor padded = EdgePadding.of(graph, image, BEFORE, AFTER);
        Tensor neighbours =
                graph.apply(new Convolution(1, 0), padded, graph.constant(Shape.of(count, 1, SIDE, SIDE), unit));
        int half = count / 2;
        Tensor upperHalf = ExtremeChannels.largest(graph, neighbours, half + 1);
        Tensor middle = ExtremeChannels.smallest(graph, upperHalf, 2);
        return graph.apply(new ReduceMean(List.of(1L)), middle);
    }

    /** Rise per pixel towards the right and towards the bottom (Sobel), {@code [N, 2, H, W]}. */
    static Tensor gradient(Graph graph, Tensor image) {
        float[] kernel = {-1, 0, 1, -2, 0, 2, -1, 0, 1, -1, -2, -1, 0, 0, 0, 1, 2, 1};
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= 8;
        }
        return graph.apply(
                new Convolution(1, 0),
                EdgePadding.around(graph, image, 1),
                graph.constant(Shape.of(2, 1, 3, 3), kernel));
    }
}
