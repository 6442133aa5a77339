package org.geolandslide.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.util.Map;
import java.util.SplittableRandom;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.GradientCheck;
import org.geolandslide.training.operator.GraphRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against their formulas in double precision, written without the graph. */
class LossTests {
    private static final int PIXELS = 2 * 5 * 7;

    private final double[] logits = random(1, -6, 6);
    private final double[] targets = labels(2);
    private final double[] weights = labels(3);

    private static double[] random(long seed, double least, double most) {
        return new SplittableRandom(seed).doubles(PIXELS, least, most).toArray();
    }

    private static double[] labels(long seed) {
        return new SplittableRandom(seed).ints(PIXELS, 0, 2).asDoubleStream().toArray();
    }

    private double inGraph(Loss loss, double[] target, double[] weight) throws OrtException {
        Graph graph = new Graph();
        Tensor z = graph.input("z", ElementType.FLOAT, Shape.of(2, 1, 5, 7));
        Tensor y = graph.input("y", ElementType.FLOAT, Shape.of(2, 1, 5, 7));
        Tensor w = graph.input("w", ElementType.FLOAT, Shape.of(2, 1, 5, 7));
        Tensor value = loss.append(graph, z, y, w);
        graph.output(value);
        return GraphRunner.run(graph, Map.of("z", logits, "y", target, "w", weight))
                .get(value.name())[0];
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** Lin et al. 2017, equation 4, without the class weight, over the weighted pixels and one more. */
    private double focal(double gamma) {
        double sum = 0;
        double count = 1;
        for (int i = 0; i < PIXELS; i++) {
            double p = sigmoid(logits[i]);
            double pt = targets[i] == 1 ? p : 1 - p;
            sum += weights[i] * -Math.pow(1 - pt, gamma) * Math.log(pt);
            count += weights[i];
        }
        return sum / count;
    }

    private double iou() {
        double intersection = 1;
        double union = 1;
        for (int i = 0; i < PIXELS; i++) {
            double p = sigmoid(logits[i]) * weights[i];
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
    void iou_loss_is_the_negative_logarithm_over_the_batch() throws OrtException {
        assertThat(inGraph(new IouLoss(), targets, weights)).isCloseTo(iou(), within(1e-5));
    }

    @Test
    void a_weighted_loss_is_the_weighted_sum() throws OrtException {
        Loss both = new WeightedLoss(new FocalLoss(2), 0.75, new IouLoss(), 0.25);
        assertThat(inGraph(both, targets, weights)).isCloseTo(0.75 * focal(2) + 0.25 * iou(), within(1e-5));
        assertThat(inGraph(new WeightedLoss(new FocalLoss(2), 2, new IouLoss(), 0), targets, weights))
                .isCloseTo(2 * focal(2), within(1e-5));
    }

    @Test
    void pixels_without_weight_take_no_part() throws OrtException {
        double[] flipped = targets.clone();
        for (int i = 0; i < PIXELS; i++) {
            flipped[i] = weights[i] == 0 ? 1 - targets[i] : targets[i];
        }
        Loss loss = new WeightedLoss(new FocalLoss(2), 1, new IouLoss(), 1);
        assertThat(inGraph(loss, flipped, weights)).isCloseTo(inGraph(loss, targets, weights), within(1e-6));
    }

    @Test
    void a_batch_without_labels_or_landslides_has_a_finite_loss() throws OrtException {
        Loss loss = new WeightedLoss(new FocalLoss(2), 1, new IouLoss(), 1);
        assertThat(inGraph(loss, targets, new double[PIXELS])).isCloseTo(0, within(1e-6));
        assertThat(inGraph(loss, new double[PIXELS], weights)).isFinite();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 2, 1.5})
    void gradients_with_blended_targets_agree_with_central_differences(double gamma) throws OrtException {
        GradientCheck check = new GradientCheck();
        Tensor z = check.operand(-3, 3, 2, 1, 3, 4);
        Tensor y = check.constant(0, 1, 2, 1, 3, 4);
        Tensor w = check.constant(0.2, 1, 2, 1, 3, 4);
        check.checkLoss(new WeightedLoss(new FocalLoss(gamma), 0.7, new IouLoss(), 0.3).append(check.graph(), z, y, w));
    }

    @Test
    void weights_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new WeightedLoss(new FocalLoss(2), 0, new IouLoss(), 0))
                .hasMessageContaining("not both 0");
        assertThatThrownBy(() -> new FocalLoss(-1)).hasMessageContaining("gamma -1.0 is below 0");
    }

    @Test
    void losses_have_no_weights_of_their_own() {
        Graph graph = new Graph();
        Tensor z = graph.input("z", ElementType.FLOAT, Shape.of(1, 1, 2, 2));
        new FocalLoss(2).append(graph, z, z, z);
        assertThat(graph.parameters()).isEqualTo(java.util.List.<Parameter>of());
    }
}
