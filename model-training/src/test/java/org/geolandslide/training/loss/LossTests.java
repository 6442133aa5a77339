package org.geolandslide.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.GradientCheck;
import org.geolandslide.training.operator.GraphRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against their formulas in double precision, written without the graph. */
class LossTests {
    private static final int IMAGES = 2;
    private static final int HEIGHT = 5;
    private static final int WIDTH = 7;
    private static final int PIXELS = IMAGES * HEIGHT * WIDTH;
    private static final int FEATURES = 3;

    private final double[] logits = random(1, PIXELS, -6, 6);
    private final double[] targets = labels(2);
    private final double[] weights = labels(3);
    private final double[] features = random(4, PIXELS * FEATURES, -1, 1);

    private static double[] random(long seed, int size, double least, double most) {
        return new SplittableRandom(seed).doubles(size, least, most).toArray();
    }

    private static double[] labels(long seed) {
        return new SplittableRandom(seed).ints(PIXELS, 0, 2).asDoubleStream().toArray();
    }

    private double inGraph(Loss loss, double[] target, double[] weight) throws OrtException {
        Graph graph = new Graph();
        Shape pixels = Shape.of(IMAGES, 1, HEIGHT, WIDTH);
        Tensor z = graph.input("z", ElementType.FLOAT, pixels);
        Tensor f = graph.input("f", ElementType.FLOAT, Shape.of(IMAGES, FEATURES, HEIGHT, WIDTH));
        Tensor y = graph.input("y", ElementType.FLOAT, pixels);
        Tensor w = graph.input("w", ElementType.FLOAT, pixels);
        Tensor value = loss.append(graph, new LabelledPrediction(z, f, y, w));
        graph.output(value);
        return GraphRunner.run(graph, Map.of("z", logits, "f", features, "y", target, "w", weight))
                .get(value.name())[0];
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private double probability(int pixel) {
        return sigmoid(logits[pixel]);
    }

    private interface PerPixel {
        double at(int pixel);
    }

    private double mean(PerPixel value) {
        double sum = 0;
        double count = 1;
        for (int i = 0; i < PIXELS; i++) {
            sum += weights[i] * value.at(i);
            count += weights[i];
        }
        return sum / count;
    }

    /** Lin et al. 2017, equation 4, without the class weight, over the weighted pixels and one more. */
    private double focal(double gamma) {
        return mean(i -> {
            double pt = targets[i] == 1 ? probability(i) : 1 - probability(i);
            return -Math.pow(1 - pt, gamma) * Math.log(pt);
        });
    }

    private double iou() {
        double intersection = 1;
        double union = 1;
        for (int i = 0; i < PIXELS; i++) {
            double p = probability(i) * weights[i];
            double y = targets[i] * weights[i];
            intersection += p * y;
            union += p + y - p * y;
        }
        return -Math.log(intersection / union);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2, 3})
    void focal_loss_is_that_of_lin_for_hard_labels(double gamma) throws OrtException {
        assertThat(inGraph(new FocalLoss(gamma), targets, weights)).isCloseTo(focal(gamma), within(1e-5));
    }

    @Test
    void cross_entropy_is_the_negative_logarithm_of_the_true_class() throws OrtException {
        assertThat(inGraph(new CrossEntropyLoss(), targets, weights)).isCloseTo(focal(0), within(1e-5));
    }

    @Test
    void log_cosh_loss_is_the_mean_logarithm() throws OrtException {
        double expected = mean(i -> Math.log(Math.cosh(probability(i) - targets[i])));
        assertThat(inGraph(new LogCoshLoss(), targets, weights)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void iou_loss_is_the_negative_logarithm_over_the_batch() throws OrtException {
        assertThat(inGraph(new IouLoss(), targets, weights)).isCloseTo(iou(), within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "0.3, 0.7", "1, 1", "0, 1"})
    void tversky_loss_weighs_the_errors(double alpha, double beta) throws OrtException {
        double hits = 1;
        double invented = 0;
        double missed = 0;
        for (int i = 0; i < PIXELS; i++) {
            hits += weights[i] * probability(i) * targets[i];
            invented += weights[i] * probability(i) * (1 - targets[i]);
            missed += weights[i] * (1 - probability(i)) * targets[i];
        }
        assertThat(inGraph(new TverskyLoss(alpha, beta), targets, weights))
                .isCloseTo(1 - hits / (hits + alpha * invented + beta * missed), within(1e-5));
    }

    /** Jaccard loss when the given labelled pixels are mispredicted (Berman et al. 2018). */
    private double jaccardLoss(List<Integer> mispredicted) {
        double truth = 0;
        for (int i = 0; i < PIXELS; i++) {
            truth += weights[i] * targets[i];
        }
        double missed = mispredicted.stream().mapToDouble(i -> targets[i]).sum();
        return 1 - (truth - missed) / (truth + mispredicted.size() - missed);
    }

    @Test
    void lovasz_loss_is_the_extension_of_the_jaccard_loss() throws OrtException {
        List<Integer> worstFirst = IntStream.range(0, PIXELS)
                .filter(i -> weights[i] == 1)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(probability(i) - targets[i])))
                .toList();
        double expected = 0;
        List<Integer> mispredicted = new ArrayList<>();
        for (int pixel : worstFirst) {
            double before = jaccardLoss(mispredicted);
            mispredicted.add(pixel);
            expected += Math.abs(probability(pixel) - targets[pixel]) * (jaccardLoss(mispredicted) - before);
        }
        assertThat(inGraph(new LovaszLoss(), targets, weights)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void lovasz_loss_of_decisions_is_the_jaccard_loss() throws OrtException {
        for (int i = 0; i < PIXELS; i++) {
            logits[i] = Math.signum(logits[i]) * 40;
        }
        List<Integer> mispredicted = IntStream.range(0, PIXELS)
                .filter(i -> weights[i] == 1 && (logits[i] > 0) != (targets[i] == 1))
                .boxed()
                .toList();
        assertThat(mispredicted).isNotEmpty();
        assertThat(inGraph(new LovaszLoss(), targets, weights)).isCloseTo(jaccardLoss(mispredicted), within(1e-5));
    }

    /** Largest value in the square of the given side around a pixel. */
    private static double[] widened(double[] image, int side) {
        double[] result = new double[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            int n = i / (HEIGHT * WIDTH);
            int y = i / WIDTH % HEIGHT;
            int x = i % WIDTH;
            double largest = Double.NEGATIVE_INFINITY;
            for (int dy = -side / 2; dy <= side / 2; dy++) {
                for (int dx = -side / 2; dx <= side / 2; dx++) {
                    if (y + dy >= 0 && y + dy < HEIGHT && x + dx >= 0 && x + dx < WIDTH) {
                        largest = Math.max(largest, image[(n * HEIGHT + y + dy) * WIDTH + x + dx]);
                    }
                }
            }
            result[i] = largest;
        }
        return result;
    }

    private double[] outline(double[] landslide) {
        double[] background = new double[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            background[i] = 1 - landslide[i];
        }
        double[] result = widened(background, 3);
        for (int i = 0; i < PIXELS; i++) {
            result[i] = (result[i] - background[i]) * weights[i];
        }
        return result;
    }

    private static double covered(double[] outline, double[] cover) {
        double sum = 1;
        double all = 1;
        for (int i = 0; i < PIXELS; i++) {
            sum += outline[i] * cover[i];
            all += outline[i];
        }
        return sum / all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void boundary_loss_is_the_f1_of_the_outlines(int tolerance) throws OrtException {
        double[] predicted = outline(
                IntStream.range(0, PIXELS).mapToDouble(this::probability).toArray());
        double[] truth = outline(targets);
        double precision = covered(predicted, widened(truth, tolerance));
        double recall = covered(truth, widened(predicted, tolerance));
        assertThat(inGraph(new BoundaryLoss(tolerance), targets, weights))
                .isCloseTo(1 - 2 * precision * recall / (precision + recall), within(1e-5));
    }

    @Test
    void center_loss_is_half_the_squared_distance_from_the_class_centre() throws OrtException {
        // The centres start at the origin.
        double expected = mean(i -> {
            double squared = 0;
            for (int f = 0; f < FEATURES; f++) {
                int n = i / (HEIGHT * WIDTH);
                double value = features[(n * FEATURES + f) * HEIGHT * WIDTH + i % (HEIGHT * WIDTH)];
                squared += value * value;
            }
            return squared / 2;
        });
        assertThat(inGraph(new CenterLoss(), targets, weights)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void l2_penalty_is_half_the_sum_of_the_squared_parameters() throws OrtException {
        Graph graph = new Graph();
        parameter(graph, "a", true, 1, -2);
        parameter(graph, "b", true, 3);
        parameter(graph, "frozen", false, 100);
        Tensor x = graph.input("x", ElementType.FLOAT, Shape.of(1, 1, 1, 1));
        Tensor value = new L2Penalty().append(graph, new LabelledPrediction(x, x, x, x));
        graph.output(value);
        assertThat(GraphRunner.run(graph, Map.of("x", new double[1])).get(value.name())[0])
                .isEqualTo(7);
    }

    private static void parameter(Graph graph, String name, boolean trainable, float... values) {
        graph.parameter(new Parameter(new Tensor(name, ElementType.FLOAT, Shape.of(values.length)), values, trainable));
    }

    @Test
    void a_weighted_sum_adds_what_has_a_weight() throws OrtException {
        assertThat(inGraph(WeightedSum.pair(0.75, new FocalLoss(2), new IouLoss()), targets, weights))
                .isCloseTo(0.75 * focal(2) + 0.25 * iou(), within(1e-5));
        assertThat(inGraph(WeightedSum.of(new FocalLoss(2), 2, new IouLoss(), 0), targets, weights))
                .isCloseTo(2 * focal(2), within(1e-5));
    }

    private static Stream<Loss> ofPixels() {
        return Stream.of(
                new CrossEntropyLoss(),
                new FocalLoss(2),
                new LogCoshLoss(),
                new IouLoss(),
                new TverskyLoss(0.3, 0.7),
                new LovaszLoss(),
                new CenterLoss());
    }

    @ParameterizedTest
    @MethodSource("ofPixels")
    void pixels_without_weight_take_no_part(Loss loss) throws OrtException {
        double[] flipped = targets.clone();
        for (int i = 0; i < PIXELS; i++) {
            flipped[i] = weights[i] == 0 ? 1 - targets[i] : targets[i];
        }
        assertThat(inGraph(loss, flipped, weights)).isCloseTo(inGraph(loss, targets, weights), within(1e-6));
    }

    private static Stream<Loss> all() {
        return Stream.concat(ofPixels(), Stream.of(new BoundaryLoss(5)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_batch_without_labels_or_landslides_has_a_finite_loss(Loss loss) throws OrtException {
        assertThat(inGraph(loss, targets, new double[PIXELS])).isCloseTo(0, within(1e-6));
        assertThat(inGraph(loss, new double[PIXELS], weights)).isFinite().isNotNegative();
    }

    @ParameterizedTest
    @MethodSource("ofOutput")
    void a_perfect_prediction_costs_nothing_and_an_empty_one_does(Loss loss) throws OrtException {
        for (int i = 0; i < PIXELS; i++) {
            logits[i] = targets[i] == 1 ? 30 : -30;
        }
        assertThat(inGraph(loss, targets, weights)).isCloseTo(0, within(1e-5));
        Arrays.fill(logits, -30);
        assertThat(inGraph(loss, targets, weights)).isGreaterThan(0.1);
    }

    private static Stream<Loss> ofOutput() {
        return all().filter(loss -> !(loss instanceof CenterLoss));
    }

    @ParameterizedTest
    @MethodSource("all")
    void gradients_with_blended_targets_agree_with_central_differences(Loss loss) throws OrtException {
        checkGradient(loss);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1.5})
    void gradients_of_other_exponents_agree_with_central_differences(double gamma) throws OrtException {
        checkGradient(WeightedSum.pair(0.7, new FocalLoss(gamma), new L2Penalty()));
    }

    private static void checkGradient(Loss loss) throws OrtException {
        GradientCheck check = new GradientCheck();
        Tensor features = check.operand(-3, 3, 2, 1, 4, 5);
        Tensor y = check.constant(0, 1, 2, 1, 4, 5);
        Tensor w = check.constant(0.2, 1, 2, 1, 4, 5);
        check.checkLoss(loss.append(check.graph(), new LabelledPrediction(features, features, y, w)));
    }

    @Test
    void weights_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> WeightedSum.of(new FocalLoss(2), 0, new IouLoss(), 0))
                .hasMessageContaining("no loss has a weight");
        assertThatThrownBy(() -> WeightedSum.of(new FocalLoss(2), -1, new IouLoss(), 1))
                .hasMessageContaining("is -1.0, expected 0 or more");
        assertThatThrownBy(() -> new FocalLoss(-1)).hasMessageContaining("gamma -1.0 is below 0");
        assertThatThrownBy(() -> new TverskyLoss(0, 0)).hasMessageContaining("not both 0");
        assertThatThrownBy(() -> new BoundaryLoss(4)).hasMessageContaining("tolerance 4 is not a positive odd number");
    }

    @Test
    void only_the_center_loss_has_weights_of_its_own() {
        Graph graph = new Graph();
        Tensor z = graph.input("z", ElementType.FLOAT, Shape.of(1, 1, 2, 2));
        LabelledPrediction prediction = new LabelledPrediction(z, z, z, z);
        ofOutput().forEach(loss -> loss.append(graph, prediction));
        assertThat(graph.parameters()).isEmpty();
        new CenterLoss().append(graph, prediction);
        assertThat(graph.parameters())
                .extracting(Parameter::name)
                .containsExactly("loss.center.background", "loss.center.landslide");
    }
}
