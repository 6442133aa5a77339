package org.geolandslide.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.loss.CenterLoss;
import org.geolandslide.training.loss.FocalLoss;
import org.geolandslide.training.loss.IouLoss;
import org.geolandslide.training.loss.LabelledPrediction;
import org.geolandslide.training.loss.WeightedSum;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.GradientCheck;
import org.geolandslide.training.operator.GraphRunner;
import org.geolandslide.training.operator.ReduceSum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RMAU-Net and its rivals. */
class NetworkTests {
    private static final int SIDE = 16;

    private static RmauNetwork rmau(int width, int depth, boolean residual, Attention attention, int heads) {
        return new RmauNetwork(width, 1, depth, residual, residual, attention, heads, true, 0);
    }

    static Stream<Network> networks() {
        return Stream.of(
                rmau(2, 2, true, Attention.MULTI_HEAD, 2),
                new RmauNetwork(2, 2, 2, true, true, Attention.MULTI_HEAD, 2, true, 0),
                rmau(2, 2, true, Attention.AXIAL, 2),
                rmau(2, 2, false, Attention.NONE, 1),
                rmau(2, 2, false, Attention.SQUEEZE_EXCITATION, 1),
                rmau(2, 2, false, Attention.CBAM, 2),
                new DeepLabNetwork(2, 2, 0),
                new MobileNetwork(MobileNetwork.Encoder.MOBILENET_V3, 2, 3, 0),
                new MobileNetwork(MobileNetwork.Encoder.EFFICIENTNET_V2, 2, 3, 0));
    }

    private static SegmentationGraphs graphs(Network network, int bands, boolean terrain) {
        return new SegmentationGraphs(
                network,
                bands,
                Standardization.none(bands),
                Standardization.none(terrain ? TerrainFeatures.channels() : 0),
                WeightedSum.of(new FocalLoss(2), 1, new IouLoss(), 1),
                0.2,
                5,
                List.of());
    }

    /** Along a random direction in all weights at once: one central difference tells whether every rule on the way is right. */
    @ParameterizedTest
    @MethodSource("networks")
    void the_gradient_of_the_whole_network_agrees_with_central_differences(Network network) throws OrtException {
        GradientCheck check = new GradientCheck();
        Graph graph = check.graph();
        Tensor optical = check.constant(-1, 1, 2, 3, SIDE, SIDE);
        Prediction prediction = network.append(new Layers(graph, true, 3, List.of()), optical, Optional.empty());
        Tensor total = null;
        for (Prediction.Head head : prediction.heads()) {
            long side = SIDE / head.reduction();
            Tensor target = check.constant(0, 1, 2, 1, side, side);
            Tensor weight = check.constant(0.5, 1, 2, 1, side, side);
            Tensor loss = WeightedSum.of(new FocalLoss(2), 1, new IouLoss(), 1)
                    .append(graph, new LabelledPrediction(head.logits(), head.features(), target, weight));
            total = total == null ? loss : graph.apply(new Add(), total, loss);
        }
        if (prediction.detection().isPresent()) {
            total = graph.apply(
                    new Add(),
                    total,
                    ReduceSum.total(graph, prediction.detection().get()));
        }
        check.checkDirection(total);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void training_and_evaluation_have_the_same_parameters(Network network) {
        for (boolean terrain : new boolean[] {false, true}) {
            SegmentationGraphs graphs = graphs(network, 5, terrain);
            List<Parameter> training = graphs.training(2, SIDE).graph().parameters();
            List<Parameter> evaluation = graphs.evaluation(SIDE).graph().parameters();
            assertThat(training.stream().map(Parameter::tensor).toList())
                    .isEqualTo(evaluation.stream().map(Parameter::tensor).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void outputs_are_probabilities_of_every_pixel(Network network) throws OrtException {
        SegmentationGraphs graphs = graphs(network, 3, false);
        int height = network.needsFixedSize() ? SIDE : 24;
        int width = network.needsFixedSize() ? SIDE : 32;
        Map<String, double[]> inputs = inputs(height, width);
        Map<String, float[]> outputs = GraphRunner.run(graphs.evaluation(SIDE).graph(), inputs, height, width);
        assertThat(outputs.keySet()).containsAll(graphs.outputs());
        for (String name : graphs.outputs()) {
            assertThat(outputs.get(name)).as(name).hasSize(name.equals("detection") ? 1 : height * width);
            for (float value : outputs.get(name)) {
                assertThat(value).isBetween(0f, 1f);
            }
        }
    }

    private static Map<String, double[]> inputs(int height, int width) {
        Map<String, double[]> inputs = new HashMap<>();
        inputs.put(
                "optical",
                new SplittableRandom(3).doubles(3L * height * width, 0, 2).toArray());
        inputs.put("target", new double[height * width]);
        inputs.put("weight", new double[height * width]);
        return inputs;
    }

    /** Its authors' earlier code has 24.9 million weights at this width and number of bands; docs/networks.md tells the difference. */
    @Test
    void rmau_net_has_the_size_of_its_authors_network() {
        RmauNetwork network = new RmauNetwork(128, 1, 4, true, true, Attention.MULTI_HEAD, 3, false, 0.25);
        assertThat(weights(network, 23, 128)).isEqualTo(25_097_582);
    }

    private static long weights(Network network, int bands, int side) {
        return graphs(network, bands, false).evaluation(side).graph().parameters().stream()
                .mapToLong(parameter -> parameter.initial().length)
                .sum();
    }

    @Test
    void every_part_of_rmau_net_can_be_switched_off() {
        RmauNetwork whole = new RmauNetwork(4, 1, 3, true, true, Attention.MULTI_HEAD, 3, true, 0.25);
        long all = weights(whole, 3, 32);
        assertThat(weights(new RmauNetwork(4, 1, 3, false, true, Attention.MULTI_HEAD, 3, true, 0), 3, 32))
                .isLessThan(all);
        assertThat(weights(new RmauNetwork(4, 1, 3, true, false, Attention.MULTI_HEAD, 3, true, 0), 3, 32))
                .isLessThan(all);
        assertThat(weights(new RmauNetwork(4, 1, 3, true, true, Attention.NONE, 3, true, 0), 3, 32))
                .isLessThan(all);
        assertThat(weights(new RmauNetwork(4, 1, 3, true, true, Attention.MULTI_HEAD, 1, true, 0), 3, 32))
                .isLessThan(all);
        assertThat(weights(new RmauNetwork(4, 1, 3, true, true, Attention.MULTI_HEAD, 3, false, 0), 3, 32))
                .isLessThan(all);
        assertThat(whole.title(false))
                .isEqualTo("RMAU-Net with multi-head attention, heads at 3 resolutions, detection head");
        assertThat(new RmauNetwork(4, 1, 3, false, false, Attention.NONE, 1, false, 0).title(false))
                .isEqualTo("U-Net");
    }

    @Test
    void dropout_is_for_training_only() {
        SegmentationGraphs graphs =
                graphs(new RmauNetwork(2, 1, 2, true, true, Attention.NONE, 1, true, 0.25), 3, false);
        assertThat(operators(graphs.training(2, SIDE).graph())).contains("Dropout");
        assertThat(operators(graphs.evaluation(SIDE).graph())).doesNotContain("Dropout");
    }

    private static List<String> operators(Graph graph) {
        return graph.nodes().stream().map(node -> node.operator().type()).toList();
    }

    @Test
    void the_center_loss_has_centres_of_its_own_for_each_head() {
        SegmentationGraphs graphs = new SegmentationGraphs(
                rmau(2, 3, true, Attention.NONE, 3),
                3,
                Standardization.none(3),
                Standardization.none(0),
                WeightedSum.of(new FocalLoss(2), 1, new CenterLoss(), 1),
                0.2,
                5,
                List.of());
        assertThat(graphs.training(2, SIDE).graph().parameters().stream()
                        .map(Parameter::name)
                        .filter(name -> name.startsWith("loss.center.landslide")))
                .containsExactly(
                        "loss.center.landslide", "loss.center.landslide.reduced2", "loss.center.landslide.reduced4");
    }

    @Test
    void every_pixel_sees_the_whole_window_through_attention() {
        Graph global = graphs(rmau(2, 2, true, Attention.MULTI_HEAD, 1), 3, false)
                .evaluation(SIDE)
                .graph();
        Graph local = graphs(rmau(2, 2, true, Attention.NONE, 1), 3, false)
                .evaluation(SIDE)
                .graph();
        assertThat(ReceptiveField.of(global, "probability")).isEmpty();
        assertThat(ReceptiveField.of(local, "probability")).isPresent();
    }

    @Test
    void impossible_settings_are_refused() {
        assertThatThrownBy(() -> new RmauNetwork(4, 2, 2, true, false, Attention.NONE, 1, false, 0))
                .hasMessageContaining("growth is 2, expected 1 where sampling is not learned");
        assertThatThrownBy(() -> new RmauNetwork(4, 1, 2, true, true, Attention.NONE, 3, false, 0))
                .hasMessageContaining("heads is 3, expected 1 to 2 for a network of depth 2");
        assertThatThrownBy(() -> new DeepLabNetwork(4, 2, 1)).hasMessageContaining("dropout 1.0 is not at least 0");
        assertThatThrownBy(() -> new MobileNetwork(MobileNetwork.Encoder.MOBILENET_V3, 1, 2, 0))
                .hasMessageContaining("width 1 is not between 2 and 512");
    }
}
