package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;

/** A real, short training on synthetic scenery. */
final class ShortTraining {
    static final int EPOCHS = 8;

    private ShortTraining() {}

    /** Generates scenes in the folders {@code training} and {@code validation} and trains into {@code run}. */
    static Path train(Path folder, List<EpochMetrics> seen) throws Exception {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(11, 384, 384)), folder.resolve("training"));
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(12, 192, 192)), folder.resolve("validation"));
        Path run = folder.resolve("run");
        Trainer.train(config(""), folder, run, false, listener(seen, 0));
        return run;
    }

    /** A small network, quickly trained. */
    static TrainingConfig config(String more) throws IOException {
        return ConfigFile.parse(
                """
                name: test-model
                seed: 3
                network: {width: 6, depth: 2}
                window: 64
                batch: 4
                epochs: 8
                threads: 2
                optimizer: {learningRate: 0.01}
                augmentation: {mixup: 0, colour: 0.1}
                data:
                  training: [{format: scene, path: training}]
                  validation: [{format: scene, path: validation}]
                """
                        + more,
                "test.yaml");
    }

    /** Stops a training, as a power cut would. */
    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Collects the metrics and stops after so many epochs. */
    static Trainer.Listener listener(List<EpochMetrics> seen, int stopAfter) {
        return new Trainer.Listener() {
            @Override
            public void startsFrom(Path source, int epoch, List<String> kept, List<String> anew) {
                throw new AssertionError("no other run was named");
            }

            @Override
            public void begins(RunState state, TrainingConfig config) {
                assertThat(state.parameters()).isPositive();
            }

            @Override
            public void step(int epoch, long done, long total) {
                assertThat(done).isBetween(1L, total);
            }

            @Override
            public void epoch(EpochMetrics epoch, int epochs, double secondsLeft) {
                assertThat(secondsLeft).isNotNegative();
                seen.add(epoch);
                if (epoch.epoch() == stopAfter) {
                    throw new PowerCut();
                }
            }
        };
    }

    /** Checkpoint of the best epoch. */
    static Path best(Path folder) throws IOException {
        RunFolder written = new RunFolder(folder);
        return written.checkpoint(written.readState().bestEpoch());
    }
}
