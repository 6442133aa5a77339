package org.geolandslide.segmentation.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What GDAL's commands say about a file. Where they are not installed the test is skipped, loudly. */
final class Gdal {
    private Gdal() {}

    /** Metadata of a raster. */
    static JsonNode info(Path file) throws IOException {
        return new ObjectMapper().readTree(run("gdalinfo", "-json", file.toString()));
    }

    /** Value of the first band at a pixel. */
    static double value(Path file, int x, int y) throws IOException {
        return number("gdallocationinfo", "-valonly", file.toString(), x, y);
    }

    /** Value of the first band's overview, counted from 0, that holds a pixel of the raster. */
    static double overviewValue(Path file, int overview, int x, int y) throws IOException {
        return number("gdallocationinfo", "-valonly", "-overview", overview + 1, file.toString(), x, y);
    }

    /** Summary of all layers of a file of features. */
    static String layers(Path file) throws IOException {
        return run("ogrinfo", "-ro", "-al", "-so", file.toString());
    }

    private static double number(Object... command) throws IOException {
        return Double.parseDouble(
                run(Arrays.stream(command).map(Object::toString).toArray(String[]::new))
                        .strip());
    }

    /** Output of a command, which must go well and complain about nothing. */
    static String run(String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        // A side file would say what the file itself does not.
        builder.environment().put("GDAL_PAM_ENABLED", "NO");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            System.err.println("SKIPPED, for GDAL's " + command[0] + " is not installed: " + e.getMessage());
            return Assumptions.abort("GDAL's " + command[0] + " is not installed");
        }
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            // GDAL before 3.7 says of the newest GeoPackage only that it is newer.
            assertThat(output.lines().filter(line -> !line.contains("GeoPackage user_version")))
                    .noneMatch(line -> line.contains("Warning") || line.contains("ERROR"));
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
