package org.geolandslide.segmentation.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.TinyModel;
import org.geolandslide.model.command.CapturedConsole;
import org.geolandslide.model.command.CommandRunner;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.segmentation.io.RegionFile;
import org.geotools.geometry.jts.JTS;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.geojson.GeoJsonWriter;
import picocli.CommandLine.Command;

class SegmentCommandTests {
    @RegisterExtension
    final CapturedConsole console = new CapturedConsole();

    @TempDir
    private Path folder;

    private Path results;

    @Command(name = "landslide", subcommands = SegmentCommand.class)
    private static final class Entry {}

    @BeforeEach
    void writeInputs() throws Exception {
        RasterGrid grid = Rasters.utm(150, 90);
        TinyModel.RED.write(folder.resolve("red.zip"), 64, 16);
        GeoTiffFile.write(
                Rasters.red(grid, (x, y, band) -> x < 20 && y < 10 ? 204 : 10), folder.resolve("optical.tif"));
        GeoTiffFile.write(Rasters.floats(grid, (x, y, band) -> 500), folder.resolve("dem.tif"));
        results = Files.createDirectory(folder.resolve("results"));
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "segment",
                "--model",
                folder.resolve("red.zip").toString(),
                "--input",
                "optical=" + folder.resolve("optical.tif"),
                "--input",
                "dem=" + folder.resolve("dem.tif")));
        arguments.addAll(List.of(more));
        return CommandRunner.run(new Entry(), arguments.toArray(String[]::new));
    }

    private String result(String name) {
        return results.resolve(name).toString();
    }

    private void assertFailed(int exitCode, String message) throws IOException {
        assertThat(exitCode).isEqualTo(1);
        assertThat(console.errLines())
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains(message);
        try (Stream<Path> left = Files.list(results)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void an_output_that_is_an_input_or_another_output_is_wrong_usage() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("optical.tif"));
        assertThat(run("--mask", folder.resolve("results/../optical.tif").toString()))
                .isEqualTo(2);
        assertThat(console.err()).contains("optical.tif is named twice");
        assertThat(Files.readAllBytes(folder.resolve("optical.tif"))).isEqualTo(before);
        assertThat(run("--mask", result("x.tif"), "--probability", result("x.tif")))
                .isEqualTo(2);
        assertThat(results.resolve("x.tif")).doesNotExist();
    }

    @Test
    void everything_that_is_asked_for_is_written() throws IOException {
        int exitCode = run(
                "--probability", result("p.tif"),
                "--mask", result("m.tif"),
                "--features", result("f.geojson"),
                "--report", result("r.json"),
                "--map", result("map.png"));
        assertThat(console.err()).isEmpty();
        assertThat(exitCode).isZero();
        try (GeoTiffFile probability = GeoTiffFile.open(results.resolve("p.tif"));
                GeoTiffFile mask = GeoTiffFile.open(results.resolve("m.tif"))) {
            assertThat(Rasters.samples(probability.coverage())[0]).isCloseTo(0.8f, within(Rasters.PRECISION));
            assertThat(Rasters.samples(mask.coverage())[0]).isEqualTo(1);
            assertThat(Rasters.samples(mask.coverage())[149]).isZero();
        }
        JsonNode report = new ObjectMapper().readTree(results.resolve("r.json").toFile());
        for (String key : List.of("pixels", "areaSquareMetres", "polygons", "windows", "seconds", "model", "device")) {
            assertThat(report.has(key)).as(key).isTrue();
        }
        assertThat(new ObjectMapper()
                        .readTree(results.resolve("f.geojson").toFile())
                        .get("features"))
                .hasSize(1);
        assertThat(ImageIO.read(results.resolve("map.png").toFile()).getWidth()).isGreaterThan(800);
        assertThat(console.out())
                .contains("13,500 of 13,500 pixels valid (100.0 %), 200 of them landslide")
                .contains("1 landslide(s)")
                .contains("(100 %)");
    }

    private JsonNode report(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--report", result("r.json")));
        arguments.addAll(List.of(more));
        assertThat(run(arguments.toArray(String[]::new))).as(console.err()).isZero();
        return new ObjectMapper().readTree(results.resolve("r.json").toFile());
    }

    @Test
    void a_region_limits_what_is_looked_at() throws Exception {
        Path wkt = Files.writeString(
                folder.resolve("region.wkt"),
                "POLYGON ((600100 5199900, 600300 5199900, 600300 5200000, 600100 5200000, 600100 5199900))");
        JsonNode pixels = report("--region", wkt.toString()).get("pixels");
        assertThat(pixels.get("total").asLong()).isEqualTo(200);
        assertThat(pixels.get("landslide").asLong()).isEqualTo(100);
        Geometry inWgs84 = JTS.transform(
                RegionFile.read(wkt),
                CRS.findMathTransform(Rasters.crs("EPSG:32632"), DefaultGeographicCRS.WGS84, true));
        inWgs84.setSRID(4326);
        Path json = Files.writeString(folder.resolve("region.geojson"), new GeoJsonWriter().write(inWgs84));
        assertThat(report("--region", json.toString())
                        .get("pixels")
                        .get("valid")
                        .asLong())
                .isEqualTo(200);
    }

    @Test
    void a_region_that_is_none_is_an_error() throws IOException {
        Path line = Files.writeString(folder.resolve("region.wkt"), "LINESTRING (0 0, 1 1)");
        assertFailed(
                run("--region", line.toString(), "--mask", result("m.tif")),
                "region.wkt holds a LineString, expected polygons only");
    }

    @Test
    void a_region_in_an_unknown_crs_is_an_error() throws IOException {
        Path region = Files.writeString(folder.resolve("region.wkt"), "SRID=999999;POLYGON ((0 0, 1 0, 1 1, 0 0))");
        assertFailed(
                run("--region", region.toString(), "--mask", result("m.tif")),
                "the region cannot be brought into the raster's CRS");
    }

    @Test
    void a_region_file_is_not_overwritten() throws IOException {
        Path region = Files.writeString(folder.resolve("region.geojson"), "{}");
        assertThat(run("--region", region.toString(), "--features", region.toString()))
                .isEqualTo(2);
        assertThat(region).hasContent("{}");
    }

    @Test
    void the_raster_is_resampled_to_the_pixels_of_the_model_if_that_is_asked_for() throws IOException {
        assertThat(report().get("parameters").get("resampled").asBoolean()).isFalse();
        JsonNode resampled = report("--resample");
        assertThat(resampled.get("parameters").get("resampled").asBoolean()).isTrue();
        assertThat(resampled.get("parameters").get("workingPixelMetres").toString())
                .isEqualTo("[2.0,2.0]");
        assertThat(resampled.get("pixels").get("total").asLong()).isEqualTo(13_500);
        assertThat(resampled.get("pixels").get("landslide").asLong()).isBetween(180L, 220L);
    }

    @Test
    void entropy_and_attention_are_written_with_what_made_them() throws Exception {
        TinyModel.ATTENTIVE.write(folder.resolve("red.zip"), 64, 16);
        assertThat(run("--entropy", result("e.tif"), "--attention", result("a.tif")))
                .isZero();
        try (GeoTiffFile entropy = GeoTiffFile.open(results.resolve("e.tif"));
                GeoTiffFile attention = GeoTiffFile.open(results.resolve("a.tif"))) {
            // Of a probability of 0.8.
            assertThat(Rasters.samples(entropy.coverage())[0]).isCloseTo(0.7219f, within(1e-3f));
            assertThat(Rasters.samples(attention.coverage())).containsOnly(0.5f);
        }
        String checksum = ModelPackage.open(folder.resolve("red.zip")).checksum();
        for (String name : List.of("entropy", "attention")) {
            String text = Files.readString(results.resolve(name.charAt(0) + ".tif"), StandardCharsets.ISO_8859_1);
            assertThat(text)
                    .contains("landslide " + name + " by the model attentive")
                    .contains("<Item name=\"LANDSLIDE_PRODUCT\">" + name + "</Item>")
                    .contains("<Item name=\"LANDSLIDE_MODEL_CHECKSUM\">" + checksum + "</Item>");
        }
    }

    @Test
    void attention_of_a_model_without_is_an_error_before_anything_is_computed() throws IOException {
        assertFailed(
                run("--probability", result("p.tif"), "--attention", result("a.tif")),
                "--attention asks for the attention of the model 'red-share', which has none");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void simplified_polygons_are_written_and_reported() throws IOException {
        GeoTiffFile.write(
                Rasters.red(Rasters.utm(150, 90), (x, y, band) -> x <= y ? 204 : 10), folder.resolve("optical.tif"));
        assertThat(run("--simplify", "10", "--features", result("f.geojson"), "--report", result("r.json")))
                .isZero();
        ObjectMapper json = new ObjectMapper();
        JsonNode polygon =
                json.readTree(results.resolve("f.geojson").toFile()).at("/features/0/geometry/coordinates/0");
        assertThat(polygon).hasSizeBetween(4, 12);
        JsonNode report = json.readTree(results.resolve("r.json").toFile());
        assertThat(report.at("/parameters/simplificationMetres").asDouble()).isEqualTo(10);
        // Of the pixels: 1 + 2 + ... + 90 of them.
        assertThat(report.get("areaSquareMetres").asDouble()).isCloseTo(409_500, within(500.0));
    }

    @Test
    void an_unknown_input_name_is_an_error() throws IOException {
        assertFailed(
                run("--input", "thermal=" + folder.resolve("dem.tif"), "--mask", result("m.tif")),
                "the model has no input 'thermal'; it takes [optical, dem]");
    }

    @Test
    void an_input_that_is_not_there_is_an_error() throws IOException {
        Files.delete(folder.resolve("dem.tif"));
        assertFailed(run("--mask", result("m.tif")), "there is no file " + folder.resolve("dem.tif"));
    }

    @Test
    void a_place_that_cannot_be_written_is_found_out_first() throws IOException {
        assertFailed(run("--mask", folder.resolve("red.zip").resolve("m.tif").toString()), "red.zip");
    }

    @Test
    void a_device_that_is_not_there_is_an_error() throws IOException {
        assertFailed(run("--device", "cuda", "--mask", result("m.tif")), "the device cuda:0 was asked for");
    }

    @Test
    void wrong_usage_has_the_exit_code_2() {
        assertThat(CommandRunner.run(new Entry(), "segment")).isEqualTo(2);
        assertThat(run("--features", result("f.shp"))).isEqualTo(2);
        assertThat(run("--threshold", "high")).isEqualTo(2);
    }
}
