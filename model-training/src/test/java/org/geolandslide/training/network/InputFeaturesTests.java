package org.geolandslide.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.GraphRunner;
import org.geolandslide.training.operator.Identity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each feature against plain float64 arithmetic. */
class InputFeaturesTests {
    /** Not in the order of the features' own bands. */
    private static final List<String> BANDS = List.of("swir16", "blue", "nir", "red", "swir22", "green");

    private static final List<InputFeature> ALL = List.of(InputFeature.values());
    private static final int HEIGHT = 40;
    private static final int WIDTH = 52;

    /** Six bands of whole numbers up to 4000, one after the other. */
    private enum Picture {
        NOISE {
            @Override
            double value(int band, int y, int x, SplittableRandom random) {
                return random.nextInt(4000);
            }
        },
        /** A bright disc, a dark bar, a ramp and a corner without anything. */
        SHAPES {
            @Override
            double value(int band, int y, int x, SplittableRandom random) {
                if (y < 8 && x < 8) {
                    return 0;
                }
                boolean disc = (y - 22) * (y - 22) + (x - 16) * (x - 16) < 90;
                boolean bar = x > 34 && x < 39 && y > 5;
                return disc ? 3000 + 100 * band : bar ? 50 : 600 + 11 * x + 7 * y + 40 * band;
            }
        },
        /** A slope whose edge fades along its way, smooth noise on top. */
        FADING {
            @Override
            double value(int band, int y, int x, SplittableRandom random) {
                double edge = x > y / 2.0 + 14 ? 10.0 * y : 0;
                return Math.rint(1000 + edge + 60 * Math.sin(x / 3.0) + 50 * Math.cos(y / 4.0) + random.nextInt(20));
            }
        };

        abstract double value(int band, int y, int x, SplittableRandom random);

        double[][][] bands() {
            SplittableRandom random = new SplittableRandom(17);
            double[][][] bands = new double[BANDS.size()][HEIGHT][WIDTH];
            for (int band = 0; band < bands.length; band++) {
                for (int y = 0; y < HEIGHT; y++) {
                    for (int x = 0; x < WIDTH; x++) {
                        bands[band][y][x] = value(band, y, x, random);
                    }
                }
            }
            return bands;
        }
    }

    private static double[] flat(double[][]... bands) {
        return Arrays.stream(bands)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /** The features of one image by the graph that a model has, each {@code [H, W]}, without the bands. */
    private static List<float[]> computed(InputFeatures features, double[][][] bands) throws OrtException {
        Graph graph = new Graph();
        Tensor image = graph.input(
                "optical",
                ElementType.FLOAT,
                Shape.of(Shape.ANY, features.bands().size(), Shape.ANY, Shape.ANY));
        graph.output(graph.applyNamed("features", new Identity(), features.append(graph, image)));
        int height = bands[0].length;
        int width = bands[0][0].length;
        float[] values = GraphRunner.run(graph, Map.of("optical", flat(bands)), height, width)
                .get("features");
        assertThat(values).hasSize(features.channels() * height * width);
        List<float[]> channels = new ArrayList<>();
        for (int channel = 0; channel < features.channels(); channel++) {
            channels.add(Arrays.copyOfRange(values, channel * height * width, (channel + 1) * height * width));
        }
        for (int band = 0; band < bands.length; band++) {
            assertClose(channels.get(band), bands[band], 1e-9, "band " + band);
        }
        return channels.subList(bands.length, channels.size());
    }

    private static void assertClose(float[] found, double[][] expected, double tolerance, String what) {
        double[] values = flat(expected);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) found[i])
                    .as(what + " at row " + i / expected[0].length + ", column " + i % expected[0].length)
                    .isCloseTo(values[i], within(tolerance));
        }
    }

    private static double[][] band(double[][][] bands, String name) {
        return bands[BANDS.indexOf(name)];
    }

    @ParameterizedTest
    @EnumSource(Picture.class)
    void features_are_what_float64_arithmetic_says(Picture picture) throws OrtException {
        double[][][] bands = picture.bands();
        List<float[]> found = computed(new InputFeatures(BANDS, ALL), bands);
        double[][] red = band(bands, "red");
        double[][] green = band(bands, "green");
        double[][] blue = band(bands, "blue");
        double[][] nir = band(bands, "nir");
        double[][] gray = FeatureReference.gray(red, green, blue);
        assertThat(found).hasSize(12);
        assertClose(found.get(0), FeatureReference.scaled(red), 1e-6, "red");
        assertClose(found.get(1), FeatureReference.scaled(green), 1e-6, "green");
        assertClose(found.get(2), FeatureReference.scaled(blue), 1e-6, "blue");
        assertClose(found.get(3), FeatureReference.index(nir, red), 1e-6, "ndvi");
        assertClose(found.get(4), FeatureReference.index(nir, band(bands, "swir16")), 1e-6, "ndmi");
        assertClose(found.get(5), FeatureReference.index(nir, band(bands, "swir22")), 1e-6, "nbr");
        assertClose(found.get(6), gray, 1e-6, "gray");
        assertClose(found.get(7), FeatureReference.gaussian(gray), 1e-6, "gaussian");
        assertClose(found.get(8), FeatureReference.median(gray), 1e-6, "median");
        assertClose(found.get(9), FeatureReference.rise(gray, false), 1e-6, "gradient to the right");
        assertClose(found.get(10), FeatureReference.rise(gray, true), 1e-6, "gradient to the bottom");
        double[][] edges = FeatureReference.canny(gray);
        assertClose(found.get(11), edges, 0, "canny");
        // Neither everything nor nothing is an edge.
        assertThat(Arrays.stream(flat(edges)).average().orElseThrow()).isBetween(0.01, 0.5);
    }

    @Test
    void a_weak_edge_counts_as_far_as_a_strong_one_is_near() throws OrtException {
        // A step that grows from row to row, and a bright corner that gives the window its range.
        double[][][] bands = new double[BANDS.size()][HEIGHT][WIDTH];
        for (double[][] band : bands) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 26; x < WIDTH; x++) {
                    band[y][x] = x > 47 && y > 35 ? 1000 : 2.5 * y;
                }
            }
        }
        float[] edges = computed(new InputFeatures(BANDS, List.of(InputFeature.CANNY)), bands)
                .get(0);
        // Behind the smoothing a step of 1 rises by 0.32 per pixel: it is strong from row 32 on and weak from row 16
        // on.
        for (int y = 0; y < HEIGHT; y++) {
            int count = 0;
            for (int x = 0; x < 40; x++) {
                count += edges[y * WIDTH + x] > 0 ? 1 : 0;
            }
            assertThat(count).as("row " + y).isEqualTo(y < 32 - 8 ? 0 : 1);
        }
    }

    @Test
    void constant_bands_give_nothing_and_no_value_is_no_number() throws OrtException {
        for (double constant : new double[] {0, 4000}) {
            double[][][] bands = new double[BANDS.size()][HEIGHT][WIDTH];
            for (double[][] band : bands) {
                for (double[] row : band) {
                    Arrays.fill(row, constant);
                }
            }
            for (float[] channel : computed(new InputFeatures(BANDS, ALL), bands)) {
                assertThat(channel).containsOnly(0);
            }
        }
    }

    @Test
    void an_index_of_a_raster_with_values_below_nothing_stays_in_its_range() throws OrtException {
        double[][][] bands = {{{-3, 5, 1}}, {{3, -1, -1e-6}}};
        float[] ndvi = computed(new InputFeatures(List.of("nir", "red"), List.of(InputFeature.NDVI)), bands)
                .get(0);
        for (float value : ndvi) {
            assertThat(value).isBetween(-1f, 1f);
        }
    }

    @Test
    void least_and_largest_values_are_those_of_each_image_of_a_batch() throws OrtException {
        InputFeatures features = new InputFeatures(List.of("red", "green", "blue"), List.of(InputFeature.RGB_MINMAX));
        Graph graph = new Graph();
        Tensor image = graph.input("optical", ElementType.FLOAT, Shape.of(2, 3, 1, 2));
        graph.output(graph.applyNamed("features", new Identity(), features.append(graph, image)));
        double[] values = {10, 20, 5, 5, 0, 1, 200, 100, 7, 9, 3, 3};
        float[] found = GraphRunner.run(graph, Map.of("optical", values)).get("features");
        float[] expected = {10, 20, 5, 5, 0, 1, 0, 1, 0, 0, 0, 1, 200, 100, 7, 9, 3, 3, 1, 0, 0, 1, 0, 0};
        assertThat(found).containsExactly(expected, within(1e-5f));
    }

    @Test
    void features_come_in_the_order_in_which_they_are_named() throws OrtException {
        double[][][] bands = Picture.NOISE.bands();
        List<float[]> found = computed(new InputFeatures(BANDS, List.of(InputFeature.NBR, InputFeature.GRAY)), bands);
        assertThat(found).hasSize(2);
        double[][] nbr = FeatureReference.index(band(bands, "nir"), band(bands, "swir22"));
        assertClose(found.get(0), nbr, 1e-6, "nbr");
    }

    @Test
    void a_feature_without_its_band_is_refused() {
        assertThatThrownBy(
                        () -> new InputFeatures(List.of("red", "nir"), List.of(InputFeature.NDVI, InputFeature.NDMI)))
                .hasMessage("the feature ndmi needs the band swir16, the bands are [red, nir]");
        assertThatThrownBy(() -> new InputFeatures(List.of("red", "blue"), List.of(InputFeature.CANNY)))
                .hasMessage("the feature canny needs the band green, the bands are [red, blue]");
        assertThatThrownBy(() -> new InputFeatures(BANDS, List.of(InputFeature.GRAY, InputFeature.GRAY)))
                .hasMessage("features names one twice: [gray, gray]");
    }

    @Test
    void the_network_gets_bands_and_features() {
        assertThat(InputFeatures.none(5).channels()).isEqualTo(5);
        assertThat(new InputFeatures(BANDS, ALL).channels()).isEqualTo(18);
    }

    @Test
    void indices_look_at_single_pixels_edges_at_a_square_and_the_rest_at_the_whole_window() {
        assertThat(receptiveField(List.of(InputFeature.NDVI, InputFeature.NBR))).hasValue(1);
        assertThat(receptiveField(List.of(InputFeature.NDVI, InputFeature.RGB_MINMAX)))
                .isEmpty();
        Graph graph = new Graph();
        Tensor gray = graph.input("gray", ElementType.FLOAT, Shape.of(1, 1, Shape.ANY, Shape.ANY));
        Tensor edges = CannyEdges.append(graph, gray);
        // Smoothing 9, Sobel and neighbours 2 each, 8 dilations of 2.
        assertThat(ReceptiveField.of(graph, edges.name())).hasValue(29);
        assertThat(ReceptiveField.of(graph, GrayFilters.median(graph, gray).name()))
                .hasValue(10);
        assertThat(ReceptiveField.of(graph, GrayFilters.gaussian(graph, gray).name()))
                .hasValue(10);
    }

    private static java.util.OptionalInt receptiveField(List<InputFeature> features) {
        Graph graph = new Graph();
        Tensor image = graph.input("optical", ElementType.FLOAT, Shape.of(1, 6, Shape.ANY, Shape.ANY));
        Tensor appended = new InputFeatures(BANDS, features).append(graph, image);
        return ReceptiveField.of(graph, appended.name());
    }
}
