package org.geolandslide.training.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.loss.FocalLoss;
import org.geolandslide.training.loss.IouLoss;
import org.geolandslide.training.loss.WeightedSum;
import org.geolandslide.training.network.Backbone;
import org.geolandslide.training.network.FusionNetwork;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.network.Standardization;
import org.geolandslide.training.network.TerrainFeatures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSessionTests {
    private static final int BATCH = 4;
    private static final int SIDE = 32;

    @TempDir
    private Path folder;

    private static final List<String> INPUTS = List.of("optical", "dem", "target", "weight");

    private final SegmentationGraphs graphs = new SegmentationGraphs(
            new FusionNetwork(Backbone.RESIDUAL_UNET, 4, 2, true),
            3,
            Standardization.none(3),
            Standardization.none(TerrainFeatures.channels()),
            WeightedSum.of(new FocalLoss(2), 1, new IouLoss(), 1),
            0,
            1,
            List.of());
    private TrainingArtifacts artifacts;
    private Path initial;

    @BeforeEach
    void writeArtifacts() throws IOException {
        SegmentationGraphs.WithLoss training = graphs.training(BATCH, SIDE);
        initial = folder.resolve("initial.ckpt");
        Checkpoint.initial(training.graph()).write(initial);
        artifacts = TrainingArtifacts.write(
                folder,
                training.graph(),
                training.loss(),
                graphs.evaluation(64).graph(),
                new AdamW(0.9, 0.999, 1e-8, 0.01, 1));
    }

    private TrainingSession open(Path checkpoint) throws Exception {
        return TrainingSession.open(artifacts, checkpoint, graphs.inputs(), 2, 1);
    }

    /** Images whose left half is bright and labelled. */
    private static Map<String, TrainingSession.Feed> batch() {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, TrainingSession.Feed> feeds = new HashMap<>();
        for (String name : INPUTS) {
            int bands = name.equals(SegmentationGraphs.OPTICAL) ? 3 : 1;
            FloatBuffer values = ByteBuffer.allocateDirect(BATCH * bands * SIDE * SIDE * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int i = 0; i < values.capacity(); i++) {
                float left = i % SIDE < SIDE / 2 ? 1 : 0;
                values.put(
                        i,
                        switch (name) {
                            case SegmentationGraphs.TARGET -> left;
                            case SegmentationGraphs.WEIGHT -> 1;
                            default -> left + (float) random.nextDouble();
                        });
            }
            feeds.put(name, new TrainingSession.Feed(values, new long[] {BATCH, bands, SIDE, SIDE}));
        }
        return feeds;
    }

    @Test
    void the_loss_falls_to_next_to_nothing_on_one_batch() throws Exception {
        Map<String, TrainingSession.Feed> batch = batch();
        try (TrainingSession session = open(initial)) {
            double first = session.trainStep(batch, 0.01);
            double last = first;
            for (int step = 0; step < 40; step++) {
                last = session.trainStep(batch, 0.01);
            }
            assertThat(last).isLessThan(0.1 * first);
        }
    }

    @Test
    void gradient_descent_moves_against_the_gradient_and_goes_on_after_a_stop() throws Exception {
        SegmentationGraphs.WithLoss training = graphs.training(BATCH, SIDE);
        TrainingArtifacts descent = TrainingArtifacts.write(
                folder.resolve("sgd"),
                training.graph(),
                training.loss(),
                graphs.evaluation(64).graph(),
                new Sgd(1));
        Map<String, TrainingSession.Feed> batch = batch();
        Path saved = folder.resolve("sgd.ckpt");
        double next;
        try (TrainingSession session = TrainingSession.open(descent, initial, graphs.inputs(), 2, 1)) {
            double first = session.trainStep(batch, 0.1);
            for (int step = 0; step < 20; step++) {
                session.trainStep(batch, 0.1);
            }
            session.save(saved);
            next = session.trainStep(batch, 0.1);
            assertThat(next).isLessThan(0.7 * first);
        }
        try (TrainingSession session = TrainingSession.open(descent, saved, graphs.inputs(), 2, 1)) {
            assertThat(session.trainStep(batch, 0.1)).isCloseTo(next, within(1e-4));
        }
        // Clipped to a norm of 1, a step of length 0.1 moves all weights together by 0.1 at most.
        assertThat(distance(Checkpoint.read(initial), afterOneStep(descent, batch)))
                .isCloseTo(0.1, within(1e-3));
    }

    /** L2 norm of the difference of all trainable weights. */
    private static double distance(Checkpoint a, Checkpoint b) {
        double sum = 0;
        for (Map.Entry<String, Checkpoint.Weights> entry : a.trainable().entrySet()) {
            float[] other =
                    Objects.requireNonNull(b.trainable().get(entry.getKey())).values();
            for (int i = 0; i < other.length; i++) {
                sum += Math.pow(entry.getValue().values()[i] - other[i], 2);
            }
        }
        return Math.sqrt(sum);
    }

    private Checkpoint afterOneStep(TrainingArtifacts descent, Map<String, TrainingSession.Feed> batch)
            throws Exception {
        Path saved = folder.resolve("one.ckpt");
        try (TrainingSession session = TrainingSession.open(descent, initial, graphs.inputs(), 2, 1)) {
            session.trainStep(batch, 0.1);
            session.save(saved);
        }
        return Checkpoint.read(saved);
    }

    @Test
    void a_session_that_is_opened_again_goes_on_where_it_was() throws Exception {
        Map<String, TrainingSession.Feed> batch = batch();
        Path saved = folder.resolve("saved.ckpt");
        double[] uninterrupted = new double[4];
        try (TrainingSession session = open(initial)) {
            for (int step = 0; step < 5; step++) {
                session.trainStep(batch, 0.01);
            }
            session.save(saved);
            for (int step = 0; step < uninterrupted.length; step++) {
                uninterrupted[step] = session.trainStep(batch, 0.01);
            }
        }
        try (TrainingSession session = open(saved)) {
            for (double expected : uninterrupted) {
                // The moments, the step and the learning rate decide about all but the first.
                assertThat(session.trainStep(batch, 0.01)).isCloseTo(expected, within(1e-4 * expected));
            }
        }
    }

    @Test
    void the_learning_rate_is_the_one_that_is_asked_for() throws Exception {
        Map<String, TrainingSession.Feed> batch = batch();
        try (TrainingSession still = open(initial)) {
            double first = still.trainStep(batch, 1e-12);
            assertThat(still.trainStep(batch, 1e-12)).isCloseTo(first, within(1e-5 * first));
        }
    }

    @Test
    void batch_statistics_are_saved_with_the_checkpoint() throws Exception {
        Path saved = folder.resolve("saved.ckpt");
        try (TrainingSession session = open(initial)) {
            session.trainStep(batch(), 0.01);
            session.save(saved);
        }
        float before = Checkpoint.read(initial)
                .frozen()
                .get("optical.level0.1.normalization.mean")
                .values()[0];
        float after = Checkpoint.read(saved)
                .frozen()
                .get("optical.level0.1.normalization.mean")
                .values()[0];
        assertThat(before).isZero();
        assertThat(after).isNotZero();
        Checkpoint.read(saved).requireFits(graphs.evaluation(64).graph(), saved);
    }

    @Test
    void an_input_that_is_not_fed_is_named() throws Exception {
        Map<String, TrainingSession.Feed> batch = batch();
        batch.remove(SegmentationGraphs.DEM);
        try (TrainingSession session = open(initial)) {
            assertThatThrownBy(() -> session.trainStep(batch, 0.01)).hasMessage("nothing is fed to the input dem");
        }
    }

    @Test
    void graphs_of_different_networks_make_no_artifacts() {
        SegmentationGraphs.WithLoss training = graphs.training(BATCH, SIDE);
        Graph other = new SegmentationGraphs(
                        new FusionNetwork(Backbone.RESIDUAL_UNET, 6, 2, true),
                        3,
                        Standardization.none(3),
                        Standardization.none(TerrainFeatures.channels()),
                        new FocalLoss(2),
                        0,
                        1,
                        List.of())
                .evaluation(64)
                .graph();
        AdamW settings = new AdamW(0.9, 0.999, 1e-8, 0.01, 1);
        assertThatThrownBy(() -> TrainingArtifacts.write(folder, training.graph(), training.loss(), other, settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the training graph has the parameters");
    }
}
