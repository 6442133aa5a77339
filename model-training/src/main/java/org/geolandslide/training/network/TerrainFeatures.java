package org.geolandslide.training.network;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Concatenate;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.EdgePadding;
import org.geolandslide.training.operator.Subtract;

/**
 * What the network sees of the DEM: slope along both axes and the height above the mean of the surroundings at two scales.
 * All four do not change when the whole terrain is lifted, and depend on a bounded neighbourhood only, so that neighbouring
 * windows agree where they overlap; absolute elevation would tell the network where it is, not what it sees.
 */
public final class TerrainFeatures {
    /** Radii in pixels of the squares over which the surroundings are averaged. */
    private static final int[] RADII = {4, 16};

    private TerrainFeatures() {}

    /** Number of channels. */
    public static int channels() {
        return 2 + RADII.length;
    }

    /**
     * Appends the features.
     *
     * @param elevation {@code [N, 1, H, W]} in metres
     * @return {@code [N, 4, H, W]}: rise per pixel towards the right and towards the bottom, relief at radius 4 and 16 pixels,
     *     in metres
     */
    public static Tensor append(Graph graph, Tensor elevation) {
        Tensor padded = EdgePadding.around(graph, elevation, 1);
        float eighth = 0.125f;
        Tensor sobel = graph.constant(
                Shape.of(2, 1, 3, 3),
                -eighth,
                0,
                eighth,
                -2 * eighth,
                0,
                2 * eighth,
                -eighth,
                0,
                eighth,
                -eighth,
                -2 * eighth,
                -eighth,
                0,
                0,
                0,
                eighth,
                2 * eighth,
                eighth);
        Tensor features = graph.apply(new Convolution(1, 0), padded, sobel);
        for (int radius : RADII) {
            features = graph.apply(new Concatenate(), features, relief(graph, elevation, radius));
        }
        return features;
    }

    private static Tensor relief(Graph graph, Tensor elevation, int radius) {
        int side = 2 * radius + 1;
        float[] mean = new float[side];
        java.util.Arrays.fill(mean, 1f / side);
        Tensor rows = graph.constant(Shape.of(1, 1, side, 1), mean);
        Tensor columns = graph.constant(Shape.of(1, 1, 1, side), mean);
        Tensor padded = EdgePadding.around(graph, elevation, radius);
        Tensor surroundings =
                graph.apply(new Convolution(1, 0), graph.apply(new Convolution(1, 0), padded, rows), columns);
        return graph.apply(new Subtract(), elevation, surroundings);
    }
}
