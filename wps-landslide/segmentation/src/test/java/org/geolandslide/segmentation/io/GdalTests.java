package org.geolandslide.segmentation.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.DataBuffer;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ProjectVersion;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.AlignedInput;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.alignment.Nodata;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.product.LandslideFeatures;
import org.geolandslide.segmentation.product.LandslideInventory;
import org.geolandslide.segmentation.product.MaskImage;
import org.geolandslide.segmentation.product.Provenance;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.referencing.CRS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that are written, read by another hand: GDAL's commands. */
class GdalTests {
    private static final RasterGrid GRID = Rasters.utm(1700, 1101);
    private static final Provenance PROVENANCE = new Provenance("probability", "fusion-1.0", "1220abcd", 0.45);

    @TempDir
    private Path folder;

    /** From 0 in the west to 1 in the east, three columns without data. */
    private static GridCoverage2D probability(RasterGrid grid) {
        return Rasters.withNodata(
                grid, DataBuffer.TYPE_FLOAT, -9999, (x, y, band) -> x < 3 ? -9999 : x / (double) grid.width());
    }

    private Path written(GridCoverage2D coverage) throws IOException {
        Path file = folder.resolve("r.tif");
        GeoTiffFile.write(coverage, file, PROVENANCE);
        return file;
    }

    @Test
    void pixels_outside_of_the_mask_inside_of_a_tiff_are_missing() throws IOException {
        RasterGrid grid = Rasters.utm(90, 70);
        Path colours = folder.resolve("colours.tif");
        GeoTiffFile.write(Rasters.bytes(grid, 3, (x, y, band) -> 10 + x + band), colours);
        Path alpha = folder.resolve("alpha.tif");
        GeoTiffFile.write(Rasters.bytes(grid, 1, (x, y, band) -> x < 30 || y > 50 ? 0 : 255), alpha);
        List<String> stacking = new ArrayList<>(List.of("gdalbuildvrt", "-q", "-separate", "four.vrt"));
        for (int band = 1; band <= 3; band++) {
            String one = folder.resolve("band" + band + ".tif").toString();
            Gdal.run("gdal_translate", "-q", "-b", String.valueOf(band), colours.toString(), one);
            stacking.add(one);
        }
        String four = folder.resolve("four.vrt").toString();
        stacking.set(3, four);
        stacking.add(alpha.toString());
        Gdal.run(stacking.toArray(String[]::new));
        Path masked = folder.resolve("masked.tif");
        Gdal.run(
                "gdal_translate",
                "-q",
                "--config",
                "GDAL_TIFF_INTERNAL_MASK",
                "YES",
                "-b",
                "1",
                "-b",
                "2",
                "-b",
                "3",
                "-mask",
                "4",
                four,
                masked.toString());
        List<ModelInput> inputs =
                List.of(TinyModel.RED.description(32, 8).inputs().get(0));
        try (GeoTiffFile file = GeoTiffFile.open(masked)) {
            AlignedInputs own = AlignedInputs.align(inputs, Map.of("optical", file.coverage()), Optional.empty());
            boolean[] valid = own.participating(new Rectangle(0, 0, 90, 70));
            AlignedInput.Pixels pixels = own.inputs().get(0).read(new Rectangle(0, 0, 90, 70));
            for (int i = 0; i < valid.length; i++) {
                assertThat(valid[i]).as("pixel %d, %d", i % 90, i / 90).isEqualTo(i % 90 >= 30 && i / 90 <= 50);
                if (valid[i]) {
                    assertThat(pixels.values()[0][i]).isEqualTo(10 + i % 90);
                }
            }
        }
    }

    @Test
    void a_probability_has_place_tiles_nodata_overviews_and_tags() throws IOException {
        Path file = written(probability(GRID));
        JsonNode info = Gdal.info(file);
        assertThat(info.get("size")).hasToString("[1700,1101]");
        assertThat(info.get("geoTransform")).hasToString("[600000.0,10.0,0.0,5200000.0,0.0,-10.0]");
        assertThat(info.at("/coordinateSystem/wkt").asText()).endsWith("ID[\"EPSG\",32632]]");
        assertThat(info.at("/metadata/IMAGE_STRUCTURE/COMPRESSION").asText()).isEqualTo("DEFLATE");
        JsonNode band = info.at("/bands/0");
        assertThat(band.get("type").asText()).isEqualTo("Float32");
        assertThat(band.get("block")).hasToString("[512,512]");
        assertThat(band.get("noDataValue").asDouble()).isEqualTo(-9999);
        assertThat(band.get("description").asText()).isEqualTo("probability");
        assertThat(band.get("overviews")).hasToString("[{\"size\":[850,551]},{\"size\":[425,276]}]");
        JsonNode tags = info.at("/metadata").get("");
        assertThat(tags.get("LANDSLIDE_PRODUCT").asText()).isEqualTo("probability");
        assertThat(tags.get("LANDSLIDE_MODEL").asText()).isEqualTo("fusion-1.0");
        assertThat(tags.get("LANDSLIDE_MODEL_CHECKSUM").asText()).isEqualTo("1220abcd");
        assertThat(tags.get("LANDSLIDE_THRESHOLD").asDouble()).isEqualTo(0.45);
        assertThat(tags.get("TIFFTAG_SOFTWARE").asText()).isEqualTo("geolandslide " + ProjectVersion.get());
        assertThat(tags.get("TIFFTAG_IMAGEDESCRIPTION").asText())
                .isEqualTo("landslide probability by the model fusion-1.0");
        assertThat(tags.get("TIFFTAG_DATETIME").asText()).matches("\\d{4}:\\d\\d:\\d\\d \\d\\d:\\d\\d:\\d\\d");
        assertThat(tags.get("AREA_OR_POINT").asText()).isEqualTo("Area");
    }

    @Test
    void values_come_back_and_those_of_overviews_are_means_of_what_has_data() throws IOException {
        Path file = written(probability(GRID));
        assertThat(Gdal.value(file, 2, 1100)).isEqualTo(-9999);
        assertThat(Gdal.value(file, 3, 0)).isCloseTo(3 / 1700.0, within(1e-7));
        assertThat(Gdal.value(file, 1699, 1100)).isCloseTo(1699 / 1700.0, within(1e-7));
        // Columns 0 and 1, 2 and 3, 1000 and 1001; the last row has no other below it.
        assertThat(Gdal.overviewValue(file, 0, 0, 600)).isEqualTo(-9999);
        assertThat(Gdal.overviewValue(file, 0, 2, 600)).isCloseTo(3 / 1700.0, within(1e-7));
        assertThat(Gdal.overviewValue(file, 0, 1000, 1100)).isCloseTo(1000.5 / 1700, within(1e-7));
        // Columns 0 to 3, 1000 to 1003 and the last four.
        assertThat(Gdal.overviewValue(file, 1, 0, 600)).isCloseTo(3 / 1700.0, within(1e-7));
        assertThat(Gdal.overviewValue(file, 1, 1000, 1100)).isCloseTo(1001.5 / 1700, within(1e-7));
        assertThat(Gdal.overviewValue(file, 1, 1699, 0)).isCloseTo(1697.5 / 1700, within(1e-7));
    }

    @Test
    void a_mask_has_a_palette_and_overviews_of_what_most_pixels_are() throws IOException {
        RenderedImage probability = Rasters.image(GRID, DataBuffer.TYPE_FLOAT, 1, (x, y, band) -> {
            boolean three = x >= 700 && x < 702 && y >= 800 && y < 802 && !(x == 700 && y == 800);
            boolean two = x >= 900 && x < 902 && y == 800;
            boolean one = x == 1100 && y == 800;
            return x < 21 ? Double.NaN : three || two || one ? 0.9 : 0.1;
        });
        Path file = written(
                Rasters.coverage(GRID, new MaskImage(probability, 0.5, Optional.empty()), Nodata.properties(255)));
        JsonNode band = Gdal.info(file).at("/bands/0");
        assertThat(band.get("type").asText()).isEqualTo("Byte");
        assertThat(band.get("colorInterpretation").asText()).isEqualTo("Palette");
        assertThat(band.get("noDataValue").asDouble()).isEqualTo(255);
        assertThat(band.get("block")).hasToString("[512,512]");
        assertThat(band.get("overviews")).hasToString("[{\"size\":[850,551]},{\"size\":[425,276]}]");
        JsonNode colours = band.at("/colorTable/entries");
        assertThat(colours).hasSize(256);
        assertThat(colours.get(0)).hasToString("[255,255,255,255]");
        assertThat(colours.get(1)).hasToString("[215,48,31,255]");
        assertThat(colours.get(255)).hasToString("[200,200,200,0]");
        assertThat(Gdal.value(file, 20, 0)).isEqualTo(255);
        assertThat(Gdal.value(file, 21, 0)).isZero();
        assertThat(Gdal.value(file, 701, 801)).isEqualTo(1);
        assertThat(Gdal.overviewValue(file, 0, 18, 0)).isEqualTo(255);
        assertThat(Gdal.overviewValue(file, 0, 20, 0)).isZero();
        assertThat(Gdal.overviewValue(file, 0, 700, 800)).isEqualTo(1);
        assertThat(Gdal.overviewValue(file, 0, 900, 800)).isEqualTo(1);
        assertThat(Gdal.overviewValue(file, 0, 1100, 800)).isZero();
    }

    @Test
    void a_bigtiff_has_them_too() throws IOException {
        Path file = folder.resolve("big.tif");
        new GeoTiffEncoder(probability(GRID), 0).write(file, GeoTiffTags.of(PROVENANCE, Instant.EPOCH), true);
        assertThat(Files.readAllBytes(file)).startsWith('I', 'I', 43, 0);
        JsonNode info = Gdal.info(file);
        assertThat(info.at("/bands/0/overviews")).hasToString("[{\"size\":[850,551]},{\"size\":[425,276]}]");
        assertThat(info.at("/metadata").get("").get("TIFFTAG_DATETIME").asText())
                .isEqualTo("1970:01:01 00:00:00");
        assertThat(Gdal.value(file, 1699, 1100)).isCloseTo(1699 / 1700.0, within(1e-7));
        assertThat(Gdal.overviewValue(file, 0, 1000, 1100)).isCloseTo(1000.5 / 1700, within(1e-7));
        // A single tile, whose offset stands in the directory itself.
        assertThat(Gdal.overviewValue(file, 1, 1000, 1100)).isCloseTo(1001.5 / 1700, within(1e-7));
    }

    @Test
    void a_small_raster_has_no_overviews_and_a_narrow_one_has() throws IOException {
        assertThat(Gdal.info(written(probability(Rasters.utm(512, 300)))).at("/bands/0/overviews"))
                .isEmpty();
        assertThat(Gdal.info(written(probability(Rasters.utm(1100, 3)))).at("/bands/0/overviews"))
                .hasToString("[{\"size\":[550,2]},{\"size\":[275,1]}]");
    }

    @Test
    void degrees_and_turned_rasters_lie_where_they_shall() throws IOException {
        RasterGrid degrees = Rasters.grid(30, 20, 10.5, 47.25, 0.125, "EPSG:4326");
        JsonNode info = Gdal.info(written(probability(degrees)));
        assertThat(info.get("geoTransform")).hasToString("[10.5,0.125,0.0,47.25,0.0,-0.125]");
        assertThat(info.at("/coordinateSystem/wkt").asText()).endsWith("ID[\"EPSG\",4326]]");
        RasterGrid turned =
                new RasterGrid(30, 20, new AffineTransform(8, 6, 6, -8, 600_000, 5_200_000), Rasters.crs("EPSG:32632"));
        assertThat(Gdal.info(written(probability(turned))).get("geoTransform"))
                .hasToString("[600000.0,8.0,6.0,5200000.0,6.0,-8.0]");
    }

    @Test
    void latitude_comes_second_in_a_file_even_where_the_crs_has_it_first() throws Exception {
        RasterGrid latitudeFirst = new RasterGrid(
                30, 20, new AffineTransform(0, 0.125, -0.125, 0, 47.25, 10.5), CRS.decode("EPSG:4326", false));
        assertThat(Gdal.info(written(probability(latitudeFirst))).get("geoTransform"))
                .hasToString("[10.5,0.125,0.0,47.25,0.0,-0.125]");
    }

    private static LandslideFeatures features(RasterGrid grid, OptionalDouble simplification) {
        // Three blocks of 10 x 10 pixels, a hole in each.
        RenderedImage probability = Rasters.image(
                grid,
                DataBuffer.TYPE_FLOAT,
                1,
                (x, y, band) ->
                        x >= 100 && x < 110 && y < 300 && y % 100 >= 50 && y % 100 < 60 && !(x == 105 && y % 100 == 55)
                                ? 0.75
                                : 0.1);
        LandslideInventory inventory = LandslideInventory.of(probability, grid, 0.5, 0, simplification);
        return new LandslideFeatures(grid.crs(), () -> inventory);
    }

    @Test
    void a_geopackage_is_read() throws IOException {
        Path file = folder.resolve("f.gpkg");
        // The CRS as it comes from a file.
        try (GeoTiffFile raster = GeoTiffFile.open(written(probability(GRID)))) {
            GeoPackageFile.write(features(RasterGrid.of(raster.coverage()), OptionalDouble.empty()), file);
        }
        assertThat(Gdal.layers(file))
                .contains("using driver `GPKG' successful")
                .contains("Layer name: landslides")
                .contains("Geometry: Polygon")
                .contains("Feature Count: 3")
                .contains("Extent: (601000.000000, 5197400.000000) - (601100.000000, 5199500.000000)")
                .contains("ID[\"EPSG\",32632]]")
                .contains("Geometry Column = geom")
                .contains("area_m2: Real")
                .contains("perim_m: Real")
                .contains("prob_mean: Real")
                .contains("prob_max: Real");
        String first = Gdal.run("ogrinfo", "-ro", "-al", "-fid", "1", file.toString());
        assertThat(first).contains("prob_mean (Real) = 0.75").containsPattern("POLYGON \\(\\(.*\\),\\(.*\\)\\)");
    }

    @Test
    void a_geopackage_of_a_crs_without_a_code_is_read() throws Exception {
        RasterGrid grid = new RasterGrid(
                1700,
                1101,
                GRID.toWorld(),
                CRS.parseWKT("PROJCS[\"own\", GEOGCS[\"WGS 84\", DATUM[\"WGS_1984\", SPHEROID[\"WGS 84\", 6378137.0,"
                        + " 298.257223563]], PRIMEM[\"Greenwich\", 0.0], UNIT[\"degree\", 0.017453292519943295]],"
                        + " PROJECTION[\"Transverse_Mercator\"], PARAMETER[\"central_meridian\", 8.25],"
                        + " PARAMETER[\"latitude_of_origin\", 0.0], PARAMETER[\"scale_factor\", 1.0],"
                        + " PARAMETER[\"false_easting\", 500000.0], PARAMETER[\"false_northing\", 0.0],"
                        + " UNIT[\"m\", 1.0], AXIS[\"Easting\", EAST], AXIS[\"Northing\", NORTH]]"));
        Path file = folder.resolve("f.gpkg");
        GeoPackageFile.write(features(grid, OptionalDouble.empty()), file);
        assertThat(Gdal.layers(file))
                .contains("Feature Count: 3")
                .contains("PROJCRS[\"own\"")
                .containsPattern("\"Longitude of natural origin\",8\\.25");
    }

    @Test
    void geojson_is_read() throws IOException {
        Path file = folder.resolve("f.geojson");
        GeoJsonFile.write(features(GRID, OptionalDouble.of(20)), file);
        assertThat(Gdal.layers(file))
                .contains("using driver `GeoJSON' successful")
                .contains("Geometry: Polygon")
                .contains("Feature Count: 3")
                // By gdaltransform from the corners in UTM.
                .containsPattern("Extent: \\(10\\.326\\d+, 46\\.922\\d+\\) - \\(10\\.328\\d+, 46\\.941\\d+\\)")
                .contains("GEOGCRS[\"WGS 84\"")
                .contains("area_m2: Real")
                .contains("perim_m: Real")
                .contains("prob_mean: Real")
                .contains("prob_max: Real");
    }
}
