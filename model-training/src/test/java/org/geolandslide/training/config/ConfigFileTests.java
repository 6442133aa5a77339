package org.geolandslide.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.geolandslide.model.Band;
import org.geolandslide.training.network.Backbone;
import org.geolandslide.training.network.DeepLabNetwork;
import org.geolandslide.training.network.FusionNetwork;
import org.geolandslide.training.runtime.AdamW;
import org.geolandslide.training.runtime.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTests {
    private static final String SMALL =
            """
            name: test
            data:
              training: [{format: chips, path: a}]
              validation: [{format: scene, path: b, scenes: [A]}]
            """;

    @Test
    void what_is_left_out_takes_its_default() throws IOException {
        TrainingConfig config = ConfigFile.parse(SMALL, "test.yaml");
        assertThat(config.window()).isEqualTo(256);
        assertThat(config.network().width()).isEqualTo(16);
        assertThat(config.optimizer().schedule()).isEqualTo(Schedule.COSINE);
        assertThat(config.augmentation().mixup()).isEqualTo(0.5);
        assertThat(config.input().groundSampleDistance()).isNull();
        assertThat(config.data().validation().get(0).title()).isEqualTo("b (A)");
    }

    @Test
    void nothing_can_be_declared_to_mark_missing_pixels() throws IOException {
        TrainingConfig config = ConfigFile.parse(SMALL + "input: {opticalNodata: null}\n", "test.yaml");
        assertThat(config.input().opticalNodata()).isNull();
        assertThat(ConfigFile.parse(ConfigFile.toYaml(config), "again")).isEqualTo(config);
        assertThat(ConfigFile.differences(config, ConfigFile.parse(SMALL, "test.yaml")))
                .containsOnlyKeys("input.opticalNodata");
    }

    @Test
    void the_imagery_is_red_green_and_blue_bytes_unless_it_is_said_otherwise() throws IOException {
        Imagery left = ConfigFile.parse(SMALL, "test.yaml").input();
        assertThat(left).isEqualTo(new Imagery(true, 0.0, null));
        assertThat(left.title()).isEqualTo("red, green, blue, 8 bits");
        TrainingConfig config = ConfigFile.parse(
                SMALL + "input: {bands: [blue, red, nir, slope, elevation], dataType: float32, dem: false}\n",
                "x.yaml");
        assertThat(ConfigFile.parse(ConfigFile.toYaml(config), "again")).isEqualTo(config);
        assertThat(config.input().title()).isEqualTo("blue, red, nir, slope, elevation, float32");
        assertThat(config.input().lightBands()).containsExactly(0, 1, 2);
        assertThat(config.input().modelInputs()).hasSize(1);
        List<Band> bands = config.input().modelInputs().get(0).bands();
        assertThat(bands).extracting(Band::name).containsExactly("blue", "red", "nir", "slope", "elevation");
        assertThat(bands).extracting(Band::unit).containsExactly("", "", "", "deg", "m");
        assertThat(bands).extracting(Band::dataType).containsOnly("float32");
        assertThat(bands).allMatch(band -> band.nodata().getAsDouble() == 0);
    }

    @Test
    void part_of_a_section_can_be_given() throws IOException {
        TrainingConfig config = ConfigFile.parse(SMALL + "network: {width: 8}\n", "test.yaml");
        assertThat(config.network().width()).isEqualTo(8);
        assertThat(config.network().depth()).isEqualTo(4);
    }

    @Test
    void a_written_configuration_reads_the_same() throws IOException {
        TrainingConfig config = ConfigFile.parse(SMALL, "test.yaml");
        assertThat(ConfigFile.parse(ConfigFile.toYaml(config), "again")).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windw: 128                        | the field 'windw': Unrecognized field",
                "window: 100                       | window is 100, expected a multiple of 16",
                "sceneWindow: 200                  | sceneWindow is 200, expected a multiple of 16",
                "sceneWindow: 0                    | sceneWindow is 0, expected 1 or more",
                "overlap: 500                      | overlap is 500, expected 0 to half the window of scenes",
                "batch: 0                          | batch is 0, expected 1 or more",
                "epochs: -1                        | epochs is -1",
                "input: {bands: []}                | bands is empty, expected the optical bands in their order",
                "input: {bands: [red, nir, red]}   | bands names one twice: [red, nir, red]",
                "input: {bands: [red, elevation]}  | bands names elevation, which is what the DEM holds",
                "input: {dataType: byte}           | band red: data type 'byte' is not one of",
                "input: {features: [ndvi]}         | the feature ndvi needs the band nir, the bands are [red, green, blue]",
                "input: {features: [gray, gray]}   | features names one twice: [gray, gray]",
                "input: {features: [texture]}      | the field 'input.features[0]'",
                "network: {width: 1}               | width 1 is not between 2 and 512",
                "network: {width: many}            | the field 'network.width'",
                "network: {attention: sometimes}   | the field 'network.attention'",
                "optimizer: {learningRate: 0}      | learningRate is 0.0, expected a positive number",
                "optimizer: {schedule: up}         | the field 'optimizer.schedule'",
                "optimizer: {weightDecay: -1}      | weightDecay is -1.0, expected 0 or more and below 1",
                "optimizer: {maxGradientNorm: 0}   | maxGradientNorm is 0.0, expected a positive number",
                "optimizer: {factor: 0.5}          | factor is given, only the schedule steps has it",
                "optimizer: {schedule: steps, factor: 0} | factor is 0.0, expected above 0 and at most 1",
                "optimizer: {schedule: steps, milestones: []} | milestones is empty",
                "optimizer: {schedule: steps, milestones: [0.6, 0.5]} | milestones are [0.6, 0.5], expected rising shares",
                "optimizer: {name: sgd, weightDecay: 0.1} | weightDecay is given, only the optimiser adamw has it",
                "optimizer: {name: lion}           | the field 'optimizer.name'",
                "patience: -1                      | patience is -1, expected 0 or more",
                "optimizer: {schedule: }           | the field 'optimizer.schedule' is empty",
                "optimizer:                        | the field 'optimizer' is empty",
                "augmentation: {mixup: 2}          | mixup 2.0 is not a probability",
                "augmentation: {colour: 0.9}       | colour is 0.9, expected a number from 0.0 to 0.5",
                "batch: 1                          | batch is 1, expected 2 or more for mosaics, Mixup and CutMix",
                "loss: [{name: focal, gamma: -1}]  | gamma -1.0 is below 0",
                "loss: [{name: iou, gamma: 2}]     | gamma is given, only the loss focal has it",
                "loss: [{name: iou, weight: 0}]    | weight is 0.0, expected a positive number",
                "loss: [{name: iou}, {name: iou}]  | a loss is named twice in [1.0 x iou, 1.0 x iou]",
                "loss: [{name: center}]            | expected at least one beside center and l2",
                "loss: []                          | expected at least one beside center and l2",
                "loss: [{name: hinge}]             | hinge",
                "loss: {focal: 1}                  | the field 'loss",
                "loss: [{weight: 1}]               | the field 'loss[0].name' is missing",
                "loss: [focal]                     | the field 'loss[0].name' is missing",
                "name: v1                          | model name 'v1' must have three characters or more",
            })
    void mistakes_are_named(String line, String message) {
        assertThatThrownBy(() -> ConfigFile.parse(SMALL + line + "\n", "test.yaml"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("test.yaml: ")
                .hasMessageContaining(message);
    }

    @Test
    void scenes_have_windows_of_their_own_unless_weights_belong_to_places() throws IOException {
        TrainingConfig config = ConfigFile.parse(SMALL + "window: 64\nsceneWindow: 256\noverlap: 128\n", "test.yaml");
        assertThat(config.servedWindow()).isEqualTo(256);
        assertThat(config.overlapFor(400)).isEqualTo(128);
        assertThat(ConfigFile.parse(SMALL + "window: 64\n", "test.yaml").servedWindow())
                .isEqualTo(64);
        String rmau = SMALL + "window: 64\nsceneWindow: 256\nnetwork: {architecture: rmau_net, attention: %s}\n";
        assertThat(ConfigFile.parse(String.format(rmau, "axial"), "test.yaml").servedWindow())
                .isEqualTo(256);
        assertThatThrownBy(() -> ConfigFile.parse(String.format(rmau, "multi_head"), "test.yaml"))
                .hasMessageContaining("sceneWindow is 256, expected 64 as in the training");
    }

    @Test
    void missing_fields_are_named() {
        assertThatThrownBy(() -> ConfigFile.parse("data: {}\n", "x.yaml"))
                .hasMessage("x.yaml: the field 'name' is missing");
        assertThatThrownBy(() -> ConfigFile.parse("name: test\n", "x.yaml"))
                .hasMessageContaining("data.training names no source");
        assertThatThrownBy(
                        () -> ConfigFile.parse("name: test\ndata: {training: [{format: chips, path: a}]}\n", "x.yaml"))
                .hasMessageContaining("data.validation names no source");
        assertThatThrownBy(() -> ConfigFile.parse("name: test\ndata: {training: [{path: a}]}\n", "x.yaml"))
                .hasMessage("x.yaml: the field 'data.training[0].format' is missing");
        assertThatThrownBy(() -> ConfigFile.parse("name: [\n", "x.yaml")).hasMessageContaining("x.yaml is not YAML");
    }

    @Test
    void a_place_cannot_serve_training_and_validation() {
        String same =
                """
                name: test
                data:
                  training: [{format: chips, path: a/b}]
                  validation: [{format: chips, path: ./a/b}]
                """;
        assertThatThrownBy(() -> ConfigFile.parse(same, "x.yaml")).hasMessageContaining("share samples of ./a/b");
        assertThatThrownBy(() -> ConfigFile.parse(SMALL.replace("path: a", "path: a, scenes: [A]"), "x.yaml"))
                .hasMessageContaining("scenes are named for a");
    }

    private static String folds(String training, String validation) {
        return String.format(
                """
                name: test
                data:
                  training: [{format: bijie, path: bijie, folds: %s}]
                  validation: [{format: bijie, path: bijie, folds: %s}]
                """,
                training, validation);
    }

    @Test
    void parts_of_one_set_serve_training_and_validation_if_they_differ() throws IOException {
        TrainingConfig config = ConfigFile.parse(
                folds("{count: 5, take: [0, 1, 2, 3], seed: 1}", "{count: 5, take: [4], seed: 1}"), "x.yaml");
        assertThat(config.data().validation().get(0).title()).isEqualTo("bijie (parts 4 of 5, seed 1)");
        assertThat(ConfigFile.parse(ConfigFile.toYaml(config), "y.yaml")).isEqualTo(config);
        for (String validation : List.of("{count: 5, take: [3, 4], seed: 1}", "{count: 6, take: [5], seed: 1}")) {
            assertThatThrownBy(() ->
                            ConfigFile.parse(folds("{count: 5, take: [0, 1, 2, 3], seed: 1}", validation), "x.yaml"))
                    .hasMessageContaining("share samples of bijie");
        }
        String other = "{count: 5, take: [4], seed: 1}";
        assertThatThrownBy(() -> ConfigFile.parse(folds("{count: 5, take: [5], seed: 1}", other), "x.yaml"))
                .hasMessageContaining("take names 5, expected numbers from 0 to 4");
        assertThatThrownBy(() -> ConfigFile.parse(folds("{count: 5, seed: 1}", other), "x.yaml"))
                .hasMessage("x.yaml: the field 'data.training[0].folds.take' is missing");
    }

    @Test
    void every_chip_is_in_one_part_and_parts_are_about_equal() {
        int[] sizes = new int[5];
        for (int chip = 0; chip < 2000; chip++) {
            for (int fold = 0; fold < 5; fold++) {
                sizes[fold] += new Folds(5, List.of(fold), 1).holds("chip_" + chip) ? 1 : 0;
            }
        }
        assertThat(java.util.Arrays.stream(sizes).sum()).isEqualTo(2000);
        for (int size : sizes) {
            assertThat(size).isBetween(340, 460);
        }
    }

    @Test
    void only_training_data_has_a_weight() throws IOException {
        String weighted = folds("{count: 2, take: [0], seed: 1}, weight: 2.5", "{count: 2, take: [1], seed: 1}");
        assertThat(ConfigFile.parse(weighted, "x.yaml").data().training().get(0).frequency())
                .isEqualTo(2.5);
        String both = folds("{count: 2, take: [0], seed: 1}", "{count: 2, take: [1], seed: 1}, weight: 2");
        assertThatThrownBy(() -> ConfigFile.parse(both, "x.yaml"))
                .hasMessageContaining("data.validation gives bijie a weight");
        assertThatThrownBy(() -> ConfigFile.parse(weighted.replace("2.5", "0"), "x.yaml"))
                .hasMessageContaining("weight is 0.0 for bijie, expected a positive number");
    }

    @Test
    void a_list_of_scenes_is_not_empty() {
        assertThatThrownBy(() -> ConfigFile.parse(SMALL.replace("[A]", "[]"), "x.yaml"))
                .hasMessageContaining("scenes is empty for b; leave it out to take all");
    }

    @Test
    void differences_are_told_with_both_values() throws IOException {
        TrainingConfig a = ConfigFile.parse(SMALL, "a");
        TrainingConfig b = ConfigFile.parse(SMALL + "network: {width: 8}\nseed: 2\n", "b");
        assertThat(ConfigFile.differences(a, b))
                .containsOnlyKeys("network.width", "seed")
                .containsEntry("network.width", "16 and 8");
        assertThat(ConfigFile.differences(a, a)).isEmpty();
    }

    @Test
    void the_cosine_rises_shortly_and_falls_to_nothing() {
        OptimizerConfig optimizer = scheduled(Schedule.COSINE);
        assertThat(optimizer.learningRateAt(0, 1000)).isCloseTo(0.01 / 30, within(1e-9));
        assertThat(optimizer.learningRateAt(29, 1000)).isCloseTo(0.01, within(1e-4));
        assertThat(optimizer.learningRateAt(515, 1000)).isCloseTo(0.005, within(1e-4));
        assertThat(optimizer.learningRateAt(999, 1000)).isCloseTo(0, within(1e-6));
    }

    private static OptimizerConfig scheduled(Schedule schedule) {
        return new OptimizerConfig(OptimizerName.ADAM, 0.01, schedule, null, null, null, 1, null);
    }

    @Test
    void weights_are_averaged_from_a_share_of_the_epochs_on() throws IOException {
        OptimizerConfig late =
                ConfigFile.parse(SMALL + "optimizer: {averageFrom: 0.6}\n", "a").optimizer();
        assertThat(late.averagedEpochs(6, 10)).isZero();
        assertThat(late.averagedEpochs(7, 10)).isEqualTo(1);
        assertThat(late.averagedEpochs(10, 10)).isEqualTo(4);
        assertThat(scheduled(Schedule.CONSTANT).averagedEpochs(10, 10)).isZero();
        assertThatThrownBy(() -> ConfigFile.parse(SMALL + "optimizer: {averageFrom: 1}\n", "a"))
                .hasMessageContaining("averageFrom is 1.0, expected 0 or more and below 1");
    }

    @Test
    void the_other_schedules_go_as_they_say() {
        assertThat(scheduled(Schedule.CONSTANT).learningRateAt(0, 1000)).isEqualTo(0.01);
        assertThat(scheduled(Schedule.CONSTANT).learningRateAt(999, 1000)).isEqualTo(0.01);
        OptimizerConfig linear = scheduled(Schedule.LINEAR);
        assertThat(linear.learningRateAt(0, 1000)).isCloseTo(0.01 / 30, within(1e-9));
        assertThat(linear.learningRateAt(514, 1000)).isCloseTo(0.005, within(1e-4));
        assertThat(linear.learningRateAt(999, 1000)).isCloseTo(0, within(1e-9));
        OptimizerConfig steps = scheduled(Schedule.STEPS);
        assertThat(steps.learningRateAt(499, 1000)).isEqualTo(0.01);
        assertThat(steps.learningRateAt(500, 1000)).isCloseTo(0.001, within(1e-12));
        assertThat(steps.learningRateAt(750, 1000)).isCloseTo(0.0001, within(1e-12));
        assertThat(steps.learningRateAt(999, 1000)).isCloseTo(0.0001, within(1e-12));
    }

    @Test
    void only_adamw_takes_weight_off() throws IOException {
        assertThat(ConfigFile.parse(SMALL, "a").optimizer().optimizer())
                .isEqualTo(new AdamW(0.9, 0.999, 1e-8, 0.01, 1));
        assertThat(ConfigFile.parse(SMALL + "optimizer: {name: adam}\n", "a")
                        .optimizer()
                        .optimizer())
                .isEqualTo(new AdamW(0.9, 0.999, 1e-8, 0, 1));
        assertThat(ConfigFile.parse(SMALL + "optimizer: {name: sgd}\n", "a")
                        .optimizer()
                        .optimizer())
                .isEqualTo(new Sgd(1));
    }

    @Test
    void the_configurations_that_ship_are_good() throws IOException {
        for (Path folder : List.of(Path.of("..", "experiments"), Path.of("..", "experiments", "models"))) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> configurations = files.filter(Files::isRegularFile)
                        .filter(file -> file.toString().endsWith(".yaml"))
                        .toList();
                assertThat(configurations).isNotEmpty();
                for (Path file : configurations) {
                    String name = file.getFileName().toString();
                    assertThat(ConfigFile.read(file).name() + ".yaml").isEqualTo(name);
                }
            }
        }
    }

    @Test
    void a_configuration_takes_what_it_leaves_out_from_the_one_it_extends(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), SMALL + "network: {width: 8, attention: false}\nepochs: 7\n");
        Files.createDirectory(folder.resolve("rows"));
        Files.writeString(folder.resolve("rows/row.yaml"), "extends: ../base.yaml\nname: row-a\nnetwork: {width: 4}\n");
        TrainingConfig row = ConfigFile.read(folder.resolve("rows/row.yaml"));
        assertThat(row.name()).isEqualTo("row-a");
        assertThat(row.epochs()).isEqualTo(7);
        assertThat(row.network()).isEqualTo(new FusionNetwork(Backbone.RESIDUAL_UNET, 4, 4, false));
        assertThat(ConfigFile.read(folder.resolve("rows/row.yaml"), "epochs: 2").epochs())
                .isEqualTo(2);
    }

    @Test
    void another_architecture_takes_none_of_the_settings_it_extends(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("base.yaml"), SMALL + "network: {width: 8, attention: false}\n");
        Files.writeString(folder.resolve("row.yaml"), "extends: base.yaml\nnetwork: {architecture: deeplab_v3}\n");
        assertThat(ConfigFile.read(folder.resolve("row.yaml")).network()).isEqualTo(new DeepLabNetwork(16, 3, 0));
    }

    @Test
    void a_configuration_that_extends_itself_is_refused(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "extends: b.yaml\n");
        Files.writeString(folder.resolve("b.yaml"), "extends: a.yaml\n");
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("a.yaml"))).hasMessageContaining("extends itself");
    }

    @Test
    void an_unknown_architecture_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> ConfigFile.parse(SMALL + "network: {architecture: vit}\n", "a"))
                .hasMessage("a: network.architecture is 'vit', expected one of"
                        + " [fusion, rmau_net, deeplab_v3, mobile_unet]");
    }

    @Test
    void only_a_network_with_a_detection_head_has_a_weight_for_it() throws IOException {
        assertThat(ConfigFile.parse(SMALL + "network: {architecture: rmau_net}\n", "a")
                        .detectionWeight())
                .isEqualTo(0.2);
        assertThat(ConfigFile.parse(SMALL, "a").detectionWeight()).isNull();
        assertThatThrownBy(() -> ConfigFile.parse(SMALL + "detectionWeight: 1\n", "a"))
                .hasMessageContaining("detectionWeight is given, only a network with a detection head has it");
    }
}
