package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.geolandslide.training.trainer.ShortTraining.best;
import static org.geolandslide.training.trainer.ShortTraining.config;
import static org.geolandslide.training.trainer.ShortTraining.listener;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real, short training on synthetic scenery, and its going on after a stop. */
class TrainerTests {
    @TempDir
    private static Path folder;

    private static Path run;
    private static List<EpochMetrics> metrics;

    @BeforeAll
    static void train() throws Exception {
        metrics = new ArrayList<>();
        run = ShortTraining.train(folder, metrics);
    }

    @Test
    void the_loss_falls() {
        assertThat(metrics).hasSize(ShortTraining.EPOCHS);
        assertThat(metrics.get(ShortTraining.EPOCHS - 1).trainingLoss())
                .isLessThan(0.8 * metrics.get(0).trainingLoss());
        assertThat(metrics.get(ShortTraining.EPOCHS - 1).validationLoss())
                .isLessThan(metrics.get(0).validationLoss());
        // Chance is the share of landslides, an F1 of about 0.13.
        assertThat(metrics.get(ShortTraining.EPOCHS - 1).bestF1()).isGreaterThan(0.3);
    }

    @Test
    void the_run_folder_holds_what_it_should() throws IOException {
        RunFolder written = new RunFolder(run);
        assertThat(written.readConfig()).isEqualTo(config(""));
        assertThat(written.readMetrics()).isEqualTo(metrics);
        assertThat(Files.readAllLines(written.metrics()).get(0)).startsWith("epoch,learningRate,trainingLoss,");
        assertThat(written.readState().epochs()).isEqualTo(ShortTraining.EPOCHS);
        assertThat(written.readState().bestEpoch()).isBetween(1, ShortTraining.EPOCHS);
        for (String picture : List.of("loss.png", "f1.png")) {
            assertThat(ImageIO.read(run.resolve(picture).toFile()).getWidth()).isEqualTo(900);
        }
        Set<String> expected =
                new TreeSet<>(Set.of("artifacts", "config.yaml", "f1.png", "loss.png", "metrics.csv", "run.json"));
        expected.add("samples.csv");
        expected.add("epoch-0008.ckpt");
        expected.add(best(run).getFileName().toString());
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void a_stopped_training_goes_on_as_if_it_had_not_been_stopped() throws Exception {
        Path stopped = folder.resolve("stopped");
        List<EpochMetrics> seen = new ArrayList<>();
        assertThatThrownBy(() -> Trainer.train(config(""), folder, stopped, false, listener(seen, 2)))
                .isInstanceOf(ShortTraining.PowerCut.class);
        Trainer.train(config(""), folder, stopped, true, listener(seen, 0));
        assertThat(seen).hasSize(ShortTraining.EPOCHS);
        for (int i = 0; i < ShortTraining.EPOCHS; i++) {
            assertThat(seen.get(i).epoch()).isEqualTo(i + 1);
            if (i < 4) {
                // Steps are not repeatable to the last bit, and small differences grow.
                assertThat(seen.get(i).trainingLoss()).isCloseTo(metrics.get(i).trainingLoss(), withinPercentage(10));
            }
            assertThat(seen.get(i).learningRate()).isEqualTo(metrics.get(i).learningRate());
        }
        assertThat(new RunFolder(stopped).readMetrics()).isEqualTo(seen);
    }

    @Test
    void a_finished_run_that_is_resumed_does_nothing() throws Exception {
        List<EpochMetrics> seen = new ArrayList<>();
        RunState state = Trainer.train(config(""), folder, run, true, listener(seen, 0));
        assertThat(seen).isEmpty();
        assertThat(state.epochs()).isEqualTo(ShortTraining.EPOCHS);
    }

    @Test
    void a_run_is_not_overwritten() {
        assertThatThrownBy(() -> Trainer.train(config(""), folder, run, false, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds a run already");
    }

    @Test
    void a_run_does_not_go_on_with_another_configuration() {
        assertThatThrownBy(() -> Trainer.train(
                        config("network: {width: 8}\n"), folder, run, true, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another configuration")
                .hasMessageContaining("network.width");
    }

    @Test
    void a_run_does_not_go_on_with_other_data() throws Exception {
        Path other = folder.resolve("other-data");
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(11, 256, 256)), other.resolve("training"));
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(12, 192, 192)), other.resolve("validation"));
        assertThatThrownBy(() -> Trainer.train(config(""), other, run, true, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessage("the run was begun with 36 training windows, the data has 16 now");
    }

    @Test
    void a_run_that_was_cut_off_between_its_files_goes_on_from_the_last_whole_epoch() throws Exception {
        Path copy = copyOfRun("cut-off");
        Path left = Files.writeString(copy.resolve("epoch-0099.ckpt"), "from an epoch that run.json does not know");
        String all = Files.readString(copy.resolve("metrics.csv"));
        String first = all.lines().skip(1).findFirst().orElseThrow();
        Files.writeString(copy.resolve("metrics.csv"), all + first.replaceFirst("1", "9"));
        String longer = Files.readString(copy.resolve("config.yaml")).replace("epochs: 8", "epochs: 9");
        Files.writeString(copy.resolve("config.yaml"), longer);
        List<EpochMetrics> seen = new ArrayList<>();
        Trainer.train(ConfigFile.parse(longer, "longer"), folder, copy, true, listener(seen, 0));
        assertThat(seen).extracting(EpochMetrics::epoch).containsExactly(9);
        assertThat(new RunFolder(copy).readMetrics())
                .hasSize(9)
                .endsWith(seen.get(0))
                .extracting(EpochMetrics::epoch)
                .isSorted();
        assertThat(left).doesNotExist();
        assertThat(best(copy)).exists();
    }

    @Test
    void training_stops_early_when_nothing_gets_better() throws Exception {
        Path copy = copyOfRun("stalled");
        String patient = Files.readString(copy.resolve("config.yaml"))
                .replace("epochs: 8", "epochs: 20")
                .replace("patience: 0", "patience: 2");
        Files.writeString(copy.resolve("config.yaml"), patient);
        // Nothing is better than perfect.
        RunFolder written = new RunFolder(copy);
        Files.copy(written.checkpoint(8), copy.resolve("epoch-0007.ckpt"), StandardCopyOption.REPLACE_EXISTING);
        ObjectNode state = (ObjectNode)
                new ObjectMapper().readTree(copy.resolve("run.json").toFile());
        state.put("bestF1", 1.0).put("bestEpoch", 7);
        Files.writeString(copy.resolve("run.json"), state.toString());
        List<EpochMetrics> seen = new ArrayList<>();
        RunState end = Trainer.train(ConfigFile.parse(patient, "patient"), folder, copy, true, listener(seen, 0));
        assertThat(seen).extracting(EpochMetrics::epoch).containsExactly(9);
        assertThat(end.bestEpoch()).isEqualTo(7);
        assertThat(best(copy)).exists();
        // It stays stopped.
        assertThat(Trainer.train(ConfigFile.parse(patient, "patient"), folder, copy, true, listener(seen, 0)))
                .isEqualTo(end);
    }

    @Test
    void data_without_landslide_is_refused() throws Exception {
        Path barren = folder.resolve("barren");
        for (String kind : List.of("image", "dem", "mask")) {
            int type = kind.equals("image") ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY;
            Path chips = Files.createDirectories(barren.resolve("training").resolve(kind));
            ImageIO.write(
                    new BufferedImage(64, 64, type),
                    "png",
                    chips.resolve("a.png").toFile());
        }
        TrainingConfig ofChips = ConfigFile.parse(
                ConfigFile.toYaml(config(""))
                        .replace("SCENE", "CHIPS")
                        .replace("opticalNodata: 0.0", "opticalNodata: null"),
                "chips.yaml");
        assertThatThrownBy(() ->
                        Trainer.train(ofChips, barren, folder.resolve("none"), false, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the training data has no pixel that is labelled as landslide");
    }

    @Test
    void a_checkpoint_of_another_network_is_refused() throws Exception {
        Path copy = copyOfRun("foreign");
        // The files of another network around the checkpoint of this one.
        String yaml = Files.readString(copy.resolve("config.yaml")).replace("width: 6", "width: 4");
        Files.writeString(copy.resolve("config.yaml"), yaml);
        TrainingConfig other = ConfigFile.parse(yaml, "other");
        assertThatThrownBy(() -> Trainer.train(other, folder, copy, true, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("epoch-0008.ckpt is a checkpoint of another network")
                .hasMessageContaining("instead of");
        Path target = folder.resolve("foreign.zip");
        assertThatThrownBy(() -> Exporter.export(copy, target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(best(copy).getFileName() + " is a checkpoint of another network");
        assertThat(target).doesNotExist();
    }

    private static Path copyOfRun(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        Set<String> files = new TreeSet<>(Set.of("config.yaml", "epoch-0008.ckpt", "metrics.csv", "run.json"));
        files.add(best(run).getFileName().toString());
        for (String file : files) {
            Files.copy(run.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    @Test
    void there_must_be_data_for_a_batch() throws Exception {
        TrainingConfig tooMuch = config("batch: 64\n");
        assertThatThrownBy(() ->
                        Trainer.train(tooMuch, folder, folder.resolve("none"), false, listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("fewer than a batch of 64");
        assertThatThrownBy(() -> Trainer.train(
                        config(""),
                        folder.resolve("nowhere"),
                        folder.resolve("none"),
                        false,
                        listener(new ArrayList<>(), 0)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no folder");
    }
}
