package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.geolandslide.training.trainer.ShortTraining.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.runtime.Checkpoint;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of four epochs whose weights are averaged; it is stopped after the third and goes on. */
class WeightAverageTests {
    private static final String WEIGHT = "optical.level1.1.convolution.weight";

    @TempDir
    private static Path folder;

    private static RunFolder run;
    private static final List<EpochMetrics> METRICS = new ArrayList<>();
    private static final List<Checkpoint> RAW = new ArrayList<>();

    @BeforeAll
    static void train() throws Exception {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(11, 256, 256)), folder.resolve("training"));
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(12, 192, 192)), folder.resolve("validation"));
        run = new RunFolder(folder.resolve("run"));
        TrainingConfig config = averaging();
        assertThatThrownBy(() -> Trainer.train(config, folder, run.root(), false, keeping(3)))
                .isInstanceOf(ShortTraining.PowerCut.class);
        Trainer.train(config, folder, run.root(), true, keeping(0));
    }

    private static TrainingConfig averaging() throws IOException {
        return config("epochs: 4\noptimizer: {learningRate: 0.01, schedule: constant, averageFrom: 0}\n");
    }

    /** Reads the weights of each epoch before the next one replaces them. */
    private static Trainer.Listener keeping(int stopAfter) {
        Trainer.Listener inner = ShortTraining.listener(METRICS, stopAfter);
        return new Trainer.Listener() {
            @Override
            public void startsFrom(Path source, int epoch, List<String> kept, List<String> anew) {
                inner.startsFrom(source, epoch, kept, anew);
            }

            @Override
            public void begins(RunState state, TrainingConfig config) {
                inner.begins(state, config);
            }

            @Override
            public void step(int epoch, long done, long total) {
                inner.step(epoch, done, total);
            }

            @Override
            public void epoch(EpochMetrics epoch, int epochs, double secondsLeft) {
                try {
                    RAW.add(Checkpoint.read(run.checkpoint(epoch.epoch())));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                inner.epoch(epoch, epochs, secondsLeft);
            }
        };
    }

    @Test
    void the_mean_is_that_of_the_epochs_also_across_a_stop() throws Exception {
        assertThat(METRICS).extracting(EpochMetrics::epoch).containsExactly(1, 2, 3, 4);
        Checkpoint mean = Checkpoint.read(run.average(4));
        float[] expected = new float[mean.trainable().get(WEIGHT).values().length];
        for (Checkpoint raw : RAW) {
            for (int i = 0; i < expected.length; i++) {
                expected[i] += raw.trainable().get(WEIGHT).values()[i] / 4;
            }
        }
        assertThat(mean.trainable().get(WEIGHT).values()).containsExactly(expected, within(1e-5f));
        assertThat(mean.trainable().get(WEIGHT).values())
                .isNotEqualTo(RAW.get(3).trainable().get(WEIGHT).values());
    }

    @Test
    void batch_normalisation_is_measured_anew() throws Exception {
        Map<String, Checkpoint.Weights> measured =
                Checkpoint.read(run.average(4)).frozen();
        assertThat(measured).isNotEmpty();
        Checkpoint mean =
                RAW.get(0).towards(RAW.get(1), 0.5).towards(RAW.get(2), 1.0 / 3).towards(RAW.get(3), 0.25);
        assertThat(measured.entrySet())
                .anySatisfy(entry -> assertThat(entry.getValue().values())
                        .isNotEqualTo(mean.frozen().get(entry.getKey()).values()));
    }

    @Test
    void the_mean_is_what_is_measured_and_exported() throws Exception {
        RunState state = run.readState();
        ModelPackage exported = Exporter.export(run.root(), folder.resolve("averaged.zip"));
        Checkpoint shipped = Checkpoint.ofModel(exported.model());
        assertThat(shipped.trainable().get(WEIGHT).values())
                .isEqualTo(Checkpoint.read(run.average(state.bestEpoch()))
                        .trainable()
                        .get(WEIGHT)
                        .values());
        assertThat(exported.description().hyperparameters()).containsEntry("average_from", 0.0);
    }

    @Test
    void only_what_is_needed_is_kept() throws Exception {
        Set<String> expected = new TreeSet<>(Set.of("epoch-0004.ckpt", "average-0004.ckpt"));
        expected.add(run.weights(run.readState().bestEpoch()).getFileName().toString());
        try (Stream<Path> files = Files.list(run.root())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith("ckpt")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
