package org.geolandslide.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples in {@code geoserver-data/clients} run as they are, where what they need is installed. */
@ExtendWith(GeoServerExtension.class)
class ClientExamplesTests {
    private static final Path CLIENTS =
            Path.of("..", "..", "geoserver-data", "clients").toAbsolutePath();

    private final GeoServer server;

    ClientExamplesTests(GeoServer server) {
        this.server = server;
    }

    @Test
    void curl() throws Exception {
        require("curl", "--version");
        assertThat(run("sh", CLIENTS.resolve("segment.sh").toString(), "by-curl"))
                .contains("layers: landslide:by-curl,landslide:by-curl_polygons");
        requirePublished("by-curl");
        assertThat(Files.readString(server.folder().resolve("by-curl.geojson"))).contains("FeatureCollection");
    }

    @Test
    void owslib() throws Exception {
        require("/usr/bin/python3", "-c", "import owslib");
        assertThat(run("/usr/bin/python3", CLIENTS.resolve("segment.py").toString(), "by-owslib"))
                .contains("layers: landslide:by-owslib,landslide:by-owslib_polygons")
                .containsPattern("polygons: \\d+ with \\d+ m2");
        requirePublished("by-owslib");
    }

    @Test
    void javascript() throws Exception {
        require("node", "-e", "if (!globalThis.fetch) process.exit(1)");
        assertThat(run("node", CLIENTS.resolve("segment.mjs").toString(), "by-javascript"))
                .contains("layers: landslide:by-javascript,landslide:by-javascript_polygons")
                .containsPattern("polygons: \\d+ with \\d+ m2");
        requirePublished("by-javascript");
    }

    private void requirePublished(String name) throws Exception {
        assertThat(server.administrator()
                        .map("landslide:" + name, "", "EPSG:3857", "1224300,5934700,1225800,5936100", 100, 100)
                        .picture()
                        .getWidth())
                .isEqualTo(100);
    }

    /** Skips a test, loudly, whose example cannot run here. */
    private void require(String... command) throws Exception {
        try {
            if (start(command).waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            // Not installed.
        }
        System.err.println("SKIPPED, for it does not run here: " + String.join(" ", command));
        Assumptions.abort(String.join(" ", command) + " does not run here");
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(server.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(server.folder().resolve("client.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "GEOSERVER", server.address().toString(),
                        "GEOSERVER_USER", "admin",
                        "GEOSERVER_PASSWORD", "geoserver"));
        return builder.start();
    }

    private String run(String... command) throws Exception {
        Process process = start(command);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        String output = Files.readString(server.folder().resolve("client.log"), StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
