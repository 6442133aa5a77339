package org.geolandslide.geoserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.process.Models;
import org.geoserver.platform.GeoServerExtensions;
import org.geoserver.platform.GeoServerResourceLoader;
import org.geoserver.platform.ModuleStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The binding in a Spring context with GeoServer's own resource loader. */
class BindingTests {
    @TempDir
    private Path dataDirectory;

    private ClassPathXmlApplicationContext context = new ClassPathXmlApplicationContext();

    @BeforeEach
    void startContext() throws Exception {
        Path models = Files.createDirectories(dataDirectory.resolve("landslide/models"));
        TinyModel.RED.write(models.resolve("red.zip"), 64, 16);
        Files.writeString(models.resolve("broken.zip"), "no zip");
        GenericApplicationContext geoserver = new GenericApplicationContext();
        geoserver.registerBean(
                GeoServerResourceLoader.class, () -> new GeoServerResourceLoader(dataDirectory.toFile()));
        geoserver.refresh();
        context = new ClassPathXmlApplicationContext(new String[] {"applicationContext.xml"}, geoserver);
        new GeoServerExtensions().setApplicationContext(geoserver);
    }

    @AfterEach
    void stopContext() {
        context.close();
    }

    @Test
    void the_models_lie_in_the_data_directory() throws Exception {
        assertThat(Models.registry().folder()).isEqualTo(dataDirectory.resolve("landslide/models"));
        assertThat(Models.registry().models()).containsOnlyKeys("red-share");
    }

    @Test
    void the_status_page_tells_version_runtime_models_and_problems() {
        ModuleStatus status = context.getBean(ModuleStatus.class);
        assertThat(status.getVersion()).isPresent();
        assertThat(status.isAvailable()).isTrue();
        assertThat(status.getMessage().orElseThrow())
                .contains("ONNX Runtime 1.", "Model: red-share", "Default model: red-share", "broken.zip");
    }
}
