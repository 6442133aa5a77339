package org.geolandslide.training.network;

import java.util.List;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Absolute;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Concatenate;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.Dilation;
import org.geolandslide.training.operator.Greater;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Power;
import org.geolandslide.training.operator.ReduceSum;
import org.geolandslide.training.operator.Slice;
import org.geolandslide.training.operator.Subtract;

/**
 * Edges (Canny 1986) of a gray image of 0 to 1: Gaussian smoothing, Sobel gradients, suppression of what is no maximum across the edge,
 * two thresholds, and hysteresis. Deviation and thresholds are those of scikit-image: 1 pixel, 0.1 and 0.2 of the Sobel sums, which are
 * 8 times the rise per pixel. A weak edge counts where up to 8 steps from pixel to pixel, along weak edges, lead to a strong one: without
 * this bound an edge would depend on pixels anywhere.
 */
final class CannyEdges {
    private static final int RADIUS = 4;
    private static final double DEVIATION = 1;
    private static final float LOW = 0.1f / 8;
    private static final float HIGH = 0.2f / 8;
    private static final int STEPS = 8;

    /** Where the direction of a gradient changes from an axis to a diagonal: the tangent of 22.5 degrees. */
    private static final float EIGHTH_TURN = (float) (Math.sqrt(2) - 1);

    /** Of two equal neighbours one is the maximum, whatever the order in which a processor adds. */
    private static final float EQUAL = 1e-5f;

    /**
     * Neighbours as places in a square of 3 x 3 pixels: right, lower right, bottom and lower left, then those on the opposite sides.
     */
    private static final int[] NEIGHBOURS = {5, 8, 7, 6, 3, 0, 1, 2};

    private static final int DIRECTIONS = NEIGHBOURS.length / 2;
    private static final List<Long> CHANNELS = List.of(1L);

    private CannyEdges() {}

    /**
     * Appends the edges.
     *
     * @param gray {@code [N, 1, H, W]}
     * @return {@code [N, 1, H, W]}, 1 on an edge, else 0
     */
    static Tensor append(Graph graph, Tensor gray) {
        Tensor smooth = GrayFilters.gaussianAround(graph, gray, RADIUS, DEVIATION);
        Tensor gradient = GrayFilters.gradient(graph, smooth);
        Tensor squares = graph.apply(new Multiply(), gradient, gradient);
        Tensor steepness =
                graph.apply(new Power(), ReduceSum.along(graph, squares, CHANNELS, true), graph.scalar(0.5f));
        Tensor maxima = graph.apply(new Multiply(), steepness, isMaximum(graph, steepness, gradient));
        Tensor weak = Greater.mask(graph, maxima, LOW);
        Tensor edges = Greater.mask(graph, maxima, HIGH);
        for (int step = 0; step < STEPS; step++) {
            Tensor wider = graph.applyAll(new Dilation(3), edges).get(0);
            edges = graph.apply(new Multiply(), weak, wider);
        }
        return edges;
    }

    /** 1 where the steepness is larger than at the next pixel along the gradient's axis and not smaller than at the one before. */
    private static Tensor isMaximum(Graph graph, Tensor steepness, Tensor gradient) {
        float[] picks = new float[NEIGHBOURS.length * 9];
        for (int i = 0; i < NEIGHBOURS.length; i++) {
            picks[i * 9 + NEIGHBOURS[i]] = 1;
        }
        // Beyond the image there is no edge: steepness 0.
        Tensor neighbours = graph.apply(
                Convolution.same(3), steepness, graph.constant(Shape.of(NEIGHBOURS.length, 1, 3, 3), picks));
        Tensor axis = axis(graph, gradient);
        Tensor next = along(graph, neighbours, 0, axis);
        Tensor previous = along(graph, neighbours, DIRECTIONS, axis);
        Tensor above = Greater.mask(graph, graph.apply(new Subtract(), steepness, next), EQUAL);
        Tensor notBelow = Greater.mask(graph, graph.apply(new Subtract(), steepness, previous), -EQUAL);
        return graph.apply(new Multiply(), above, notBelow);
    }

    /** The neighbour on one side along the axis. */
    private static Tensor along(Graph graph, Tensor neighbours, int first, Tensor axis) {
        Tensor side = Slice.of(graph, neighbours, 1, first, first + (long) DIRECTIONS);
        return ReduceSum.along(graph, graph.apply(new Multiply(), side, axis), CHANNELS, true);
    }

    /** Which of the four axes is next to the gradient's, {@code [N, 4, H, W]}: horizontal, falling, vertical, rising; 1 for it, else 0. */
    private static Tensor axis(Graph graph, Tensor gradient) {
        Tensor x = Slice.of(graph, gradient, 1, 0, 1);
        Tensor y = Slice.of(graph, gradient, 1, 1, 2);
        Tensor horizontal = isWithinEighthTurn(graph, x, y);
        Tensor vertical = isWithinEighthTurn(graph, y, x);
        Tensor diagonal = graph.apply(new Subtract(), graph.scalar(1), graph.apply(new Add(), horizontal, vertical));
        Tensor falling =
                graph.apply(new Multiply(), diagonal, Greater.mask(graph, graph.apply(new Multiply(), x, y), 0));
        Tensor rising = graph.apply(new Subtract(), diagonal, falling);
        return graph.apply(new Concatenate(), horizontal, falling, vertical, rising);
    }

    /** 1 where {@code |b| < tan(22.5 degrees) |a|}. */
    private static Tensor isWithinEighthTurn(Graph graph, Tensor a, Tensor b) {
        Tensor limit = graph.apply(new Multiply(), graph.apply(new Absolute(), a), graph.scalar(EIGHTH_TURN));
        return Greater.mask(graph, graph.apply(new Subtract(), limit, graph.apply(new Absolute(), b)), 0);
    }
}
