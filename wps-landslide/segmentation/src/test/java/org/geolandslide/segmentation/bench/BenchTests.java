package org.geolandslide.segmentation.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench runs and says what it promises; what it measures here means nothing. */
class BenchTests {
    @TempDir
    private Path folder;

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        int code = new CommandLine(new BenchMain.Bench())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
        assertThat(code).as(out.toString()).isZero();
        return out.toString();
    }

    @Test
    void segment_compares_with_a_bare_loop() throws Exception {
        Path model = new ConvolutionalModel(2, 4, 64, 16).write(folder.resolve("model.zip"));
        Path json = folder.resolve("bench.json");
        String printed = run(
                "segment", "--model", model.toString(), "--size", "300", "--rounds", "2", "--json", json.toString());
        assertThat(printed).contains("GeoTIFF to GeoTIFF").contains("bare loop").contains("ratio");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        // 300 + 16 pixels in windows of 64 with a stride of 48: 7 on each side.
        assertThat(figures.get("windows").asLong()).isEqualTo(49);
        assertThat(figures.get("windowsPerSecond").asDouble()).isPositive();
        assertThat(figures.get("bareWindowsPerSecond").asDouble()).isPositive();
        assertThat(figures.get("ratioLeast").asDouble())
                .isLessThanOrEqualTo(figures.get("ratio").asDouble());
        assertThat(figures.get("ratio").asDouble())
                .isLessThanOrEqualTo(figures.get("ratioMost").asDouble());
        assertThat(figures.get("heapPeakMegabytes").asDouble()).isPositive();
    }

    @Test
    void segment_streams_a_raster_that_is_made_while_it_is_read() throws Exception {
        Path json = folder.resolve("bench.json");
        run("segment", "--synthetic", "1500", "--json", json.toString());
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        // Windows of 512 pixels with a stride of 496: 1500 + 16 pixels take 4 on each side, the last tile's corner 4 of
        // them.
        assertThat(figures.get("windows").asLong()).isEqualTo(16);
        assertThat(figures.get("cornerWindows").asLong()).isEqualTo(9);
        assertThat(figures.get("pixels").asLong()).isEqualTo(1500L * 1500);
    }

    @Test
    void seams_compares_two_window_grids() throws Exception {
        Path model = new ConvolutionalModel(1, 1, 64, 16).write(folder.resolve("model.zip"));
        Path scene = folder.resolve("scene.tif");
        BenchSegmentCommand.writeTexture(scene, 400);
        String printed = run("seams", "--model", model.toString(), "--input", "optical=" + scene);
        // One layer sees one pixel around: what differs are pixels at windows' edges, with next to no weight.
        assertThat(printed).contains("mean difference 0.00");
        String whole = run("seams", "--model", model.toString(), "--input", "optical=" + scene, "--overlap", "32");
        assertThat(whole).contains("mean difference 0.00");
    }
}
