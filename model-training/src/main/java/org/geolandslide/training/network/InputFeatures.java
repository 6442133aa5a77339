package org.geolandslide.training.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Clip;
import org.geolandslide.training.operator.Concatenate;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.Divide;
import org.geolandslide.training.operator.ReduceMax;
import org.geolandslide.training.operator.ReduceMin;
import org.geolandslide.training.operator.Slice;
import org.geolandslide.training.operator.Subtract;

/**
 * What the network sees of the optical raster: its bands, and features of them (table V of Pham et al. 2025). They are part of the graph,
 * so that training and serving cannot drift. All features but the indices begin with the least and the largest value of a window, which
 * depend on every pixel of it: neighbouring windows can disagree where they overlap.
 *
 * @param bands names of the optical bands in their order
 * @param features what is appended to them, in this order
 */
public record InputFeatures(List<String> bands, List<InputFeature> features) {
    /** Keeps 0 / 0 from being no number; far below the steps of any raster. */
    private static final float TINY = 1e-6f;

    /** Weights of red, green and blue in the luma of ITU-R BT.601. */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    private static final int CHANNELS = 1;

    public InputFeatures {
        bands = List.copyOf(bands);
        features = List.copyOf(features);
        requireBands(bands, features);
    }

    /**
     * Refuses features that cannot be computed from the bands.
     *
     * @throws IllegalArgumentException naming the feature and the band that is missing
     */
    public static void requireBands(List<String> bands, List<InputFeature> features) {
        if (new HashSet<>(features).size() < features.size()) {
            throw new IllegalArgumentException("features names one twice: " + titles(features));
        }
        for (InputFeature feature : features) {
            for (String band : feature.bands()) {
                if (!bands.contains(band)) {
                    throw new IllegalArgumentException(
                            "the feature " + feature.title() + " needs the band " + band + ", the bands are " + bands);
                }
            }
        }
    }

    /** So many bands as they are. */
    public static InputFeatures none(int bands) {
        return new InputFeatures(
                IntStream.rangeClosed(1, bands)
                        .mapToObj(number -> "band" + number)
                        .toList(),
                List.of());
    }

    private static List<String> titles(List<InputFeature> features) {
        return features.stream().map(InputFeature::title).toList();
    }

    /** Number of channels that the network gets: bands and features. */
    public int channels() {
        return bands.size() + features.stream().mapToInt(InputFeature::channels).sum();
    }

    /**
     * Appends the features to the bands.
     *
     * @param image raw values {@code [N, bands, H, W]}
     * @return {@code [N, channels, H, W]}
     */
    public Tensor append(Graph graph, Tensor image) {
        if (features.isEmpty()) {
            return image;
        }
        Optional<Colours> colours = features.stream().allMatch(InputFeature::isIndex)
                ? Optional.empty()
                : Optional.of(Colours.of(
                        graph, band(graph, image, "red"), band(graph, image, "green"), band(graph, image, "blue")));
        List<Tensor> parts = new ArrayList<>(List.of(image));
        for (InputFeature feature : features) {
            parts.add(
                    feature.isIndex()
                            ? index(graph, image, feature)
                            : colours.orElseThrow().feature(graph, feature));
        }
        return graph.apply(new Concatenate(), parts.toArray(Tensor[]::new));
    }

    private Tensor band(Graph graph, Tensor image, String name) {
        int place = bands.indexOf(name);
        return Slice.of(graph, image, CHANNELS, place, place + 1L);
    }

    /** {@code (a - b) / (a + b)}, 0 where both are 0; -1 to 1 even where a raster has values below 0. */
    private Tensor index(Graph graph, Tensor image, InputFeature feature) {
        Tensor a = band(graph, image, feature.bands().get(0));
        Tensor b = band(graph, image, feature.bands().get(1));
        Tensor sum = graph.apply(new Add(), graph.apply(new Add(), a, b), graph.scalar(TINY));
        Tensor share = graph.apply(new Divide(), graph.apply(new Subtract(), a, b), sum);
        return graph.apply(new Clip(), share, graph.scalar(-1), graph.scalar(1));
    }

    /**
     * What the other features begin with.
     *
     * @param scaled red, green and blue, each 0 to 1 {@code [N, 3, H, W]}
     * @param gray their luma {@code [N, 1, H, W]}, 0 to 1
     */
    private record Colours(Tensor scaled, Tensor gray) {
        static Colours of(Graph graph, Tensor red, Tensor green, Tensor blue) {
            List<Long> pixels = List.of(2L, 3L);
            Tensor image = graph.apply(new Concatenate(), red, green, blue);
            Tensor least = graph.apply(new ReduceMin(pixels), image);
            Tensor range = graph.apply(new Subtract(), graph.apply(new ReduceMax(pixels), image), least);
            Tensor scaled = graph.apply(
                    new Divide(),
                    graph.apply(new Subtract(), image, least),
                    graph.apply(new Add(), range, graph.scalar(TINY)));
            Tensor luma = graph.constant(Shape.of(1, LUMA.length, 1, 1), LUMA);
            return new Colours(scaled, graph.apply(new Convolution(1, 0), scaled, luma));
        }

        Tensor feature(Graph graph, InputFeature feature) {
            return switch (feature) {
                case RGB_MINMAX -> scaled;
                case GRAY -> gray;
                case GAUSSIAN -> GrayFilters.gaussian(graph, gray);
                case MEDIAN -> GrayFilters.median(graph, gray);
                case GRADIENT -> GrayFilters.gradient(graph, gray);
                case CANNY -> CannyEdges.append(graph, gray);
                case NDVI, NDMI, NBR -> throw new IllegalArgumentException(feature.title() + " is no feature of gray");
            };
        }
    }
}
