package org.geolandslide.segmentation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.EngineSettings;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.settings.SettingReader;
import org.geolandslide.segmentation.settings.SettingSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings file in a data directory, and what goes before it. */
class ServiceSettingsTests {
    private static final List<String> PROPERTIES =
            List.of("GEOSERVER_DATA_DIR", "landslide.runs", "landslide.models", "landslide.models.default");

    @TempDir
    private Path data;

    private Path file;

    @BeforeEach
    void nameDataDirectory() throws IOException {
        System.setProperty("GEOSERVER_DATA_DIR", data.toString());
        Path folder = Files.createDirectories(data.resolve("landslide/models")).getParent();
        file = folder.resolve("landslide.properties");
    }

    @AfterEach
    void forget() {
        PROPERTIES.forEach(System::clearProperty);
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    @Test
    void without_a_file_the_defaults_hold() {
        ServiceSettings settings = Models.settings();
        assertThat(settings.engine()).isEqualTo(EngineSettings.DEFAULT);
        assertThat(settings.device()).isEqualTo(new Device.Cpu());
        assertThat(settings.defaultModel()).isEmpty();
        assertThat(settings.models()).isEmpty();
        assertThat(settings.maximumUploadMegabytes()).isEqualTo(512);
        assertThat(settings.inForce()).containsEntry("runs", "1 (default)");
    }

    @Test
    void the_data_directory_that_is_shipped_has_the_template_with_a_default_model() throws Exception {
        assertThat(Path.of("..", "..", "geoserver-data", "landslide", Models.SETTINGS_FILE))
                .hasContent(
                        Models.settingsTemplate().replace("#models.default=NAME", "models.default=rmau-net-optical"));
    }

    @Test
    void the_template_sets_nothing_and_shows_every_setting_with_its_default() throws Exception {
        assertThat(Models.settingsFile().orElseThrow().writeIfMissing(Models.settingsTemplate()))
                .isTrue();
        assertThat(Models.settings().engine()).isEqualTo(EngineSettings.DEFAULT);
        Properties shown = new Properties();
        Models.settingsTemplate()
                .lines()
                .filter(line -> line.matches("#[a-zA-Z.]+=.*"))
                .forEach(line -> {
                    String[] parts = line.substring(1).split("=", 2);
                    shown.setProperty(parts[0], parts[1]);
                });
        assertThat(new TreeSet<>(shown.stringPropertyNames()))
                .isEqualTo(new TreeSet<>(Models.settings().inForce().keySet()));
        Map.of("runs", "1", "queue", "32", "maximumPixels", "100000000000", "batch", "0", "threads", "0", "lanes", "0")
                .forEach((key, value) -> assertThat(shown.getProperty(key)).isEqualTo(value));
        for (String key : List.of(
                "runs",
                "queue",
                "maximumPixels",
                "batch",
                "threads",
                "lanes",
                "scratchMegabytes",
                "device",
                "maximumUploadMegabytes")) {
            assertThat(Models.settings().inForce()).containsEntry(key, shown.getProperty(key) + " (default)");
        }
    }

    @Test
    void every_line_of_the_file_takes_effect_from_the_next_request_on() throws Exception {
        Path elsewhere = Files.createDirectory(data.resolve("landslide/elsewhere"));
        TinyModel.RED.write(elsewhere.resolve("red.zip"), 32, 8);
        TinyModel.ELEVATION.write(elsewhere.resolve("elevation.zip"), 32, 8);
        assertThat(Models.registry().models()).isEmpty();
        write(
                "models=elsewhere",
                "models.default=elevation-share",
                "device=cuda:7",
                "runs=2",
                "queue=3",
                "maximumPixels=1000000",
                "batch=4",
                "threads=3",
                "lanes=2",
                "memoryMegabytes=5",
                "scratchMegabytes=6",
                "maximumUploadMegabytes=7");
        assertThat(Models.registry().folder()).isEqualTo(elsewhere);
        assertThat(Models.registry().defaultModel()).contains("elevation-share");
        assertThat(Models.settings().device()).isEqualTo(new Device.Cuda(7));
        assertThat(Models.settings().maximumUploadMegabytes()).isEqualTo(7);
        assertThatThrownBy(() -> Models.session(null, null)).hasMessageContaining("the device cuda:7");
        ModelSession session = Models.session(null, "cpu");
        assertThat(session.description().name()).isEqualTo("elevation-share");
        assertThat(session.settings()).isEqualTo(new EngineSettings(2, 3, 1_000_000, 4, 3, 2, 5, 6));
        assertThat(session.threads()).isEqualTo(3);
        assertThat(session.lanes()).isEqualTo(2);
        write("models=elsewhere", "models.default=red-share", "runs=4");
        ModelSession changed = Models.session(null, null);
        assertThat(changed.description().name()).isEqualTo("red-share");
        assertThat(changed.settings()).isEqualTo(EngineSettings.DEFAULT.withRuns(4, 32));
        assertThat(Models.session("red-share", "cpu")).isSameAs(changed);
    }

    @Test
    void a_system_property_goes_before_the_file() throws Exception {
        write("runs=2", "queue=3");
        System.setProperty("landslide.runs", "5");
        assertThat(Models.settings().engine()).isEqualTo(EngineSettings.DEFAULT.withRuns(5, 3));
        assertThat(Models.settings().inForce())
                .containsEntry("runs", "5 (the system property landslide.runs)")
                .containsEntry("queue", "3 (landslide.properties: queue)");
    }

    @Test
    void environment_variables_are_named_in_capitals() {
        Map<String, String> variables =
                Map.of("LANDSLIDE_MODELS_DEFAULT", "red-share", "LANDSLIDE_MAXIMUM_PIXELS", "9", "LANDSLIDE_RUNS", "x");
        SettingReader reader = new SettingReader(SettingSource.environment(variables::get));
        ServiceSettings settings = ServiceSettings.of(reader);
        assertThat(settings.defaultModel()).contains("red-share");
        assertThat(settings.engine().maximumPixels()).isEqualTo(9);
        assertThatThrownBy(reader::requireSound)
                .hasMessage(
                        "the environment variable LANDSLIDE_RUNS is 'x', expected a whole number from 1 to 2147483647");
    }

    @Test
    void all_mistakes_are_told_at_once_with_file_key_value_and_what_was_expected() throws Exception {
        write("runs=many", "quee=3", "device=gpu", "models.default=../x");
        assertThatThrownBy(Models::settings)
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("landslide.properties: models.default is '../x', expected the name of a model; ")
                .hasMessageContaining("landslide.properties: device is 'gpu', expected auto, cpu, cuda or cuda:n; ")
                .hasMessageContaining(
                        "landslide.properties: runs is 'many', expected a whole number from 1 to 2147483647; ")
                .hasMessageContaining("landslide.properties: there is no setting 'quee', expected one of [models, ");
        assertThatThrownBy(() -> new ListModelsProcess().execute()).hasMessageContaining("runs is 'many'");
        write("runs=1");
        assertThat(new ListModelsProcess().execute()).contains("\"models\" : [ ]");
    }

    @Test
    void the_default_model_is_written_into_the_file() throws Exception {
        Models.setDefaultModel(Optional.of("red-share"));
        assertThat(Models.settings().defaultModel()).contains("red-share");
        assertThat(file).content().contains("models.default=NAME\nmodels.default=red-share\n");
        Models.setDefaultModel(Optional.empty());
        assertThat(file).hasContent(Models.settingsTemplate());
        System.setProperty("landslide.models.default", "other");
        assertThatThrownBy(() -> Models.setDefaultModel(Optional.of("red-share")))
                .isInstanceOf(SegmentationException.class)
                .hasMessage(
                        "the system property landslide.models.default says that 'other' is the default model; it goes"
                                + " before landslide.properties");
    }
}
