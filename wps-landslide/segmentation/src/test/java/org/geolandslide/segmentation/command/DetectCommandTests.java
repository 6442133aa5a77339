package org.geolandslide.segmentation.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mil.nga.geopackage.GeoPackage;
import mil.nga.geopackage.GeoPackageManager;
import mil.nga.geopackage.features.user.FeatureResultSet;
import org.geolandslide.model.TinyModel;
import org.geolandslide.model.command.CapturedConsole;
import org.geolandslide.model.command.CommandRunner;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

class DetectCommandTests {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @RegisterExtension
    final CapturedConsole console = new CapturedConsole();

    @TempDir
    private Path folder;

    @Command(name = "landslide", subcommands = DetectCommand.class)
    private static final class Entry {}

    @BeforeEach
    void writeInputs() throws Exception {
        RasterGrid grid = Rasters.utm(128, 64);
        TinyModel.DETECTING.write(folder.resolve("detecting.zip"), 32, 8);
        TinyModel.RED.write(folder.resolve("red.zip"), 32, 8);
        GeoTiffFile.write(
                Rasters.red(grid, (x, y, band) -> x < 32 && y >= 32 ? 204 : 10), folder.resolve("optical.tif"));
        GeoTiffFile.write(Rasters.floats(grid, (x, y, band) -> 500), folder.resolve("dem.tif"));
    }

    private int run(String model, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "detect",
                "--model",
                result(model),
                "--input",
                "optical=" + folder.resolve("optical.tif"),
                "--input",
                "dem=" + folder.resolve("dem.tif")));
        arguments.addAll(List.of(more));
        return CommandRunner.run(new Entry(), arguments.toArray(String[]::new));
    }

    private String result(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void all_cells_are_written_as_geojson() throws Exception {
        int exitCode = run("detecting.zip", "--features", result("f.geojson"), "--report", result("r.json"));
        assertThat(console.err()).isEmpty();
        assertThat(exitCode).isZero();
        JsonNode features =
                MAPPER.readTree(folder.resolve("f.geojson").toFile()).get("features");
        assertThat(features).hasSize(8);
        JsonNode found = features.get(4);
        assertThat(found.get("id").asText()).isEqualTo("cell.1.0");
        JsonNode properties = found.get("properties");
        assertThat(properties.get("prob").asDouble()).isCloseTo(0.8, within(1e-5));
        assertThat(properties.get("landslide").asInt()).isEqualTo(1);
        assertThat(properties.get("valid").asDouble()).isEqualTo(1);
        assertThat(properties.get("row").asInt()).isEqualTo(1);
        assertThat(properties.get("col").asInt()).isZero();
        assertThat(found.get("geometry").get("type").asText()).isEqualTo("Polygon");
        assertThat(features.get(5).get("properties").get("landslide").asInt()).isZero();
        JsonNode report = MAPPER.readTree(folder.resolve("r.json").toFile());
        assertThat(report.get("cells").get("positive").asInt()).isEqualTo(1);
        assertThat(console.out())
                .contains("8 of 8 cells with data, 1 of them with landslide; threshold 0.50")
                .contains("8 windows in ")
                .contains("wrote " + result("f.geojson"))
                .contains("(100 %)");
    }

    @Test
    void positive_cells_alone_are_written_as_a_geopackage() {
        int exitCode = run(
                "detecting.zip", "--features", result("f.gpkg"), "--positive", "--cell", "640", "--threshold", "0.7");
        assertThat(console.err()).isEmpty();
        assertThat(exitCode).isZero();
        try (GeoPackage cells = GeoPackageManager.open(folder.resolve("f.gpkg").toFile(), false)) {
            FeatureResultSet rows = cells.getFeatureDao("cells").queryForAll();
            assertThat(rows.getCount()).isEqualTo(1);
            assertThat(rows.moveToNext()).isTrue();
            assertThat(((Number) rows.getRow().getValue("landslide")).intValue())
                    .isEqualTo(1);
            assertThat(((Number) rows.getRow().getValue("prob")).doubleValue()).isCloseTo(0.8, within(1e-5));
            var envelope = rows.getRow().getGeometry().getGeometry().getEnvelope();
            assertThat(envelope.getMinX()).isEqualTo(600_000);
            assertThat(envelope.getMaxX()).isEqualTo(600_640);
            rows.close();
        }
    }

    @Test
    void a_model_without_a_detection_head_is_an_error_and_leaves_nothing() {
        assertThat(run("red.zip", "--features", result("f.geojson"))).isEqualTo(1);
        assertThat(console.errLines())
                .singleElement()
                .asString()
                .startsWith("error: model 'red-share' has no output 'detection'; it has [probability]");
        assertThat(folder.resolve("f.geojson")).doesNotExist();
    }

    @Test
    void wrong_usage_has_the_exit_code_2() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("optical.tif"));
        assertThat(run("detecting.zip", "--features", result("f.shp"))).isEqualTo(2);
        assertThat(run("detecting.zip", "--report", result("optical.tif"))).isEqualTo(2);
        assertThat(run("detecting.zip", "--cell", "wide")).isEqualTo(2);
        assertThat(Files.readAllBytes(folder.resolve("optical.tif"))).isEqualTo(before);
    }
}
