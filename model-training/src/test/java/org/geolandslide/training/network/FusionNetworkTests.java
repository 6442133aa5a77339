package org.geolandslide.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.loss.FocalLoss;
import org.geolandslide.training.loss.IouLoss;
import org.geolandslide.training.loss.LabelledPrediction;
import org.geolandslide.training.loss.WeightedSum;
import org.geolandslide.training.operator.GradientCheck;
import org.geolandslide.training.operator.GraphRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FusionNetworkTests {

    private static SegmentationGraphs graphs(int width, int depth, boolean attention) {
        return graphs(new FusionNetwork(Backbone.RESIDUAL_UNET, width, depth, attention));
    }

    private static SegmentationGraphs graphs(FusionNetwork network) {
        return new SegmentationGraphs(
                network,
                3,
                new Standardization(List.of(100f, 110f, 90f), List.of(40f, 30f, 50f)),
                Standardization.none(TerrainFeatures.channels()),
                WeightedSum.of(new FocalLoss(2), 1, new IouLoss(), 1),
                0,
                5,
                List.of());
    }

    @ParameterizedTest
    @EnumSource
    void the_gradient_of_the_whole_network_agrees_with_central_differences(Backbone backbone) throws OrtException {
        GradientCheck check = new GradientCheck();
        Graph graph = check.graph();
        Tensor optical = check.constant(-1, 1, 2, 3, 8, 8);
        Tensor terrain = check.constant(-1, 1, 2, 4, 8, 8);
        Prediction prediction = new FusionNetwork(backbone, 2, 1, true)
                .append(new Layers(graph, true, 3, List.of()), optical, Optional.of(terrain));
        Prediction.Head head = prediction.heads().get(0);
        Tensor target = check.constant(0, 1, 2, 1, 8, 8);
        Tensor weight = check.constant(0.5, 1, 2, 1, 8, 8);
        check.checkLoss(WeightedSum.of(new FocalLoss(2), 1, new IouLoss(), 1)
                .append(graph, new LabelledPrediction(head.logits(), head.features(), target, weight)));
    }

    @Test
    void training_and_evaluation_have_the_same_parameters() {
        List<Parameter> training = graphs(4, 2, true).training(2, 16).graph().parameters();
        List<Parameter> evaluation = graphs(4, 2, true).evaluation(64).graph().parameters();
        assertThat(training.stream().map(Parameter::tensor).toList())
                .isEqualTo(evaluation.stream().map(Parameter::tensor).toList());
        for (int i = 0; i < training.size(); i++) {
            assertThat(training.get(i).initial()).isEqualTo(evaluation.get(i).initial());
        }
    }

    @Test
    void initial_weights_follow_from_the_seed_and_the_name() {
        SegmentationGraphs other = new SegmentationGraphs(
                new FusionNetwork(Backbone.RESIDUAL_UNET, 4, 2, true),
                3,
                Standardization.none(3),
                Standardization.none(4),
                new FocalLoss(2),
                0,
                6,
                List.of());
        float[] first =
                graphs(4, 2, true).evaluation(64).graph().parameters().get(0).initial();
        assertThat(other.evaluation(64).graph().parameters().get(0).initial()).isNotEqualTo(first);
        assertThat(graphs(4, 2, false)
                        .evaluation(64)
                        .graph()
                        .parameters()
                        .get(0)
                        .initial())
                .isEqualTo(first);
    }

    @Test
    void width_and_depth_and_attention_change_the_network() {
        long small = weights(graphs(4, 2, true));
        // Twice the width is nearly four times the weights.
        assertThat(weights(graphs(8, 2, true)) / (double) small).isBetween(3.5, 4.1);
        assertThat(weights(graphs(4, 3, true))).isGreaterThan(3 * small);
        assertThat(weights(graphs(4, 2, false))).isLessThan(small);
        assertThat(graphs(4, 2, false).outputs()).containsExactly("probability");
        assertThat(graphs(4, 2, true).outputs()).containsExactly("probability", "attention");
    }

    @Test
    void backbones_differ_in_their_convolutions() {
        Map<Backbone, List<String>> encoders = new EnumMap<>(Backbone.class);
        for (Backbone backbone : Backbone.values()) {
            encoders.put(
                    backbone,
                    graphs(new FusionNetwork(backbone, 4, 3, true)).evaluation(64).graph().parameters().stream()
                            .map(Parameter::name)
                            .filter(name -> name.matches("optical.*convolution.weight"))
                            .map(name -> name.replaceFirst("optical.level(.*).convolution.weight", "$1"))
                            .toList());
        }
        assertThat(encoders.get(Backbone.UNET)).containsExactly("0.1", "0.2", "1.1", "1.2", "2.1", "2.2", "3.1", "3.2");
        assertThat(encoders.get(Backbone.RESIDUAL_UNET))
                .containsAll(encoders.get(Backbone.UNET))
                .contains("0.shortcut", "3.shortcut")
                .hasSize(12);
        assertThat(encoders.get(Backbone.VGG))
                .containsExactly("0.1", "0.2", "1.1", "1.2", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3");
    }

    private static long weights(SegmentationGraphs graphs) {
        return graphs.evaluation(64).graph().parameters().stream()
                .mapToLong(parameter -> parameter.initial().length)
                .sum();
    }

    @Test
    void outputs_have_the_size_of_the_inputs_and_lie_between_0_and_1() throws OrtException {
        Map<String, float[]> outputs = run(graphs(4, 2, true), image(1), 24, 40);
        assertThat(outputs.get("probability")).hasSize(24 * 40);
        assertThat(outputs.get("attention")).hasSize(24 * 40);
        for (String name : List.of("probability", "attention")) {
            for (float value : outputs.get(name)) {
                assertThat(value).isBetween(0f, 1f);
            }
        }
    }

    @Test
    void lifting_the_terrain_changes_nothing() throws OrtException {
        SegmentationGraphs graphs = graphs(4, 2, true);
        Map<String, double[]> inputs = image(2);
        float[] before = run(graphs, inputs, 24, 40).get("probability");
        double[] lifted = inputs.get("dem").clone();
        for (int i = 0; i < lifted.length; i++) {
            lifted[i] += 4000;
        }
        inputs.put("dem", lifted);
        float[] after = run(graphs, inputs, 24, 40).get("probability");
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(2e-3f));
        }
    }

    @Test
    void nothing_beyond_the_receptive_field_has_an_effect() throws OrtException {
        SegmentationGraphs graphs = graphs(2, 1, true);
        int field =
                ReceptiveField.of(graphs.evaluation(64).graph(), "probability").orElseThrow();
        int side = 128;
        Map<String, double[]> inputs = image(3, side, side);
        float[] before = run(graphs, inputs, side, side).get("probability");
        int changed = 64 * side + 64;
        inputs.get("dem")[changed] += 100;
        inputs.get("optical")[changed] += 100;
        float[] after = run(graphs, inputs, side, side).get("probability");
        int farthest = 0;
        for (int i = 0; i < before.length; i++) {
            if (Math.abs(after[i] - before[i]) > 1e-7) {
                farthest = Math.max(farthest, Math.max(Math.abs(i % side - 64), Math.abs(i / side - 64)));
            }
        }
        assertThat(2 * farthest + 1).isLessThanOrEqualTo(field).isGreaterThan(field / 2);
    }

    @Test
    void impossible_sizes_are_refused() {
        assertThatThrownBy(() -> new FusionNetwork(Backbone.RESIDUAL_UNET, 1, 2, true))
                .hasMessageContaining("width 1 is not between 2 and 512");
        assertThatThrownBy(() -> new FusionNetwork(Backbone.RESIDUAL_UNET, 8, 0, true))
                .hasMessageContaining("depth 0 is not between 1 and 6");
        assertThatThrownBy(() -> graphs(4, 3, true).training(1, 20))
                .hasMessageContaining("is not a multiple of 2 pixels");
    }

    @Test
    void a_plane_has_a_constant_slope_and_no_relief() throws OrtException {
        Graph graph = new Graph();
        Tensor dem = graph.input("dem", ElementType.FLOAT, Shape.of(1, 1, 48, 48));
        Tensor features = TerrainFeatures.append(graph, dem);
        graph.output(features);
        double[] plane = new double[48 * 48];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = 1500 + 0.5 * (i % 48) - 0.25 * (i / 48);
        }
        float[] found = GraphRunner.run(graph, Map.of("dem", plane)).get(features.name());
        int middle = 24 * 48 + 24;
        assertThat(found[middle]).isCloseTo(0.5f, within(1e-3f));
        assertThat(found[48 * 48 + middle]).isCloseTo(-0.25f, within(1e-3f));
        assertThat(found[2 * 48 * 48 + middle]).isCloseTo(0, within(2e-3f));
        assertThat(found[3 * 48 * 48 + middle]).isCloseTo(0, within(2e-3f));
    }

    private static Map<String, double[]> image(long seed) {
        return image(seed, 24, 40);
    }

    private static Map<String, double[]> image(long seed, int height, int width) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, double[]> inputs = new HashMap<>();
        inputs.put("optical", random.doubles(3L * height * width, 0, 255).toArray());
        inputs.put("dem", random.doubles((long) height * width, 900, 910).toArray());
        inputs.put("target", new double[height * width]);
        inputs.put("weight", new double[height * width]);
        return inputs;
    }

    /** Runs the evaluation graph on one image. */
    private static Map<String, float[]> run(
            SegmentationGraphs graphs, Map<String, double[]> inputs, int height, int width) throws OrtException {
        return GraphRunner.run(graphs.evaluation(64).graph(), inputs, height, width);
    }
}
