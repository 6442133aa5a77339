package org.geolandslide.geoserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.geolandslide.geoserver.rest.ModelsController;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.process.Models;
import org.geoserver.platform.GeoServerExtensions;
import org.geoserver.platform.GeoServerResourceLoader;
import org.geoserver.platform.ModuleStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.xml.XmlBeanDefinitionReader;
import org.springframework.context.support.GenericApplicationContext;

/** The binding in a Spring context with GeoServer's own resource loader. */
class BindingTests {
    @TempDir
    private Path dataDirectory;

    private Path settings;

    private final GenericApplicationContext geoserver = new GenericApplicationContext();

    @BeforeEach
    void writeModels() throws Exception {
        Path models = Files.createDirectories(dataDirectory.resolve("landslide/models"));
        TinyModel.RED.write(models.resolve("red.zip"), 64, 16);
        Files.writeString(models.resolve("broken.zip"), "no zip");
        settings = dataDirectory.resolve("landslide/landslide.properties");
    }

    private void start() {
        geoserver.registerBean(
                GeoServerResourceLoader.class, () -> new GeoServerResourceLoader(dataDirectory.toFile()));
        geoserver.registerBean(GeoServerExtensions.class);
        new XmlBeanDefinitionReader(geoserver).loadBeanDefinitions("applicationContext.xml");
        geoserver.refresh();
    }

    @AfterEach
    void stop() {
        geoserver.close();
        new GeoServerExtensions().setApplicationContext(new GenericApplicationContext());
    }

    private String message() {
        return geoserver.getBean(ModuleStatus.class).getMessage().orElseThrow();
    }

    @Test
    void the_models_lie_in_the_data_directory() throws Exception {
        start();
        assertThat(Models.registry().folder()).isEqualTo(dataDirectory.resolve("landslide/models"));
        assertThat(Models.registry().models()).containsOnlyKeys("red-share");
        assertThat(geoserver.getBean(ModelsController.class)).isNotNull();
    }

    @Test
    void the_first_start_writes_the_settings_and_a_later_one_leaves_them() throws Exception {
        start();
        assertThat(settings).hasContent(Models.settingsTemplate());
        Files.writeString(settings, "runs=2\n");
        new SettingsAtStart()
                .onApplicationEvent(new org.springframework.context.event.ContextRefreshedEvent(geoserver));
        assertThat(settings).hasContent("runs=2\n");
    }

    @Test
    void the_status_page_tells_version_runtime_models_problems_and_settings() throws Exception {
        Files.writeString(settings, "runs=2\ndevice=auto\n");
        start();
        ModuleStatus status = geoserver.getBean(ModuleStatus.class);
        assertThat(status.getVersion()).isPresent();
        assertThat(status.isAvailable()).isTrue();
        assertThat(status.isEnabled()).isTrue();
        assertThat(message())
                .contains(
                        "ONNX Runtime 1.",
                        "\nProviders: CPU",
                        "\nDevice: auto",
                        "\nModel: red-share",
                        "\nDefault model: red-share",
                        "\nCannot be used: broken.zip: ",
                        "\nSetting: runs = 2 (landslide.properties: runs)",
                        "\nSetting: queue = 32 (default)");
    }

    @Test
    void wrong_settings_do_not_stop_the_start_and_stand_on_the_status_page() throws Exception {
        Files.writeString(settings, "runs=many\n");
        start();
        assertThat(geoserver.getBean(ModuleStatus.class).isEnabled()).isFalse();
        assertThat(message())
                .contains(
                        "The processes refuse to work until the settings are right: landslide.properties: runs is 'many', expected a"
                                + " whole number");
        Files.writeString(settings, "runs=1\n");
        assertThat(geoserver.getBean(ModuleStatus.class).isEnabled()).isTrue();
    }

    @Test
    void a_folder_that_cannot_be_written_does_not_stop_the_start() throws Exception {
        Files.createDirectory(settings);
        start();
        assertThat(message()).contains("landslide.properties cannot be read");
    }
}
