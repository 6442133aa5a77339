package org.geolandslide.segmentation.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Rectangle;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.Nodata;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.segmentation.image.LazyImage;
import org.geolandslide.segmentation.product.LandslideFeatures;
import org.geolandslide.segmentation.product.LandslideInventory;
import org.geolandslide.segmentation.product.MaskImage;
import org.geolandslide.segmentation.product.Provenance;
import org.geotools.gce.geotiff.GeoTiffReader;
import org.geotools.referencing.CRS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;

class FilesTests {
    private static final RasterGrid GRID = Rasters.utm(700, 530);

    @TempDir
    private Path folder;

    @Test
    void a_float_raster_comes_back_with_crs_place_and_nodata() throws IOException {
        Path file = folder.resolve("p.tif");
        GeoTiffFile.write(
                Rasters.withNodata(GRID, DataBuffer.TYPE_FLOAT, -9999, (x, y, band) -> x == 3 ? -9999 : x / 700.0),
                file);
        try (GeoTiffFile read = GeoTiffFile.open(file)) {
            assertThat(CRS.equalsIgnoreMetadata(
                            read.coverage().getCoordinateReferenceSystem2D(), Rasters.crs("EPSG:32632")))
                    .isTrue();
            assertThat(RasterGrid.of(read.coverage()).isSame(GRID)).isTrue();
            assertThat(Nodata.of(read.coverage())).hasValue(-9999);
            float[] samples = Rasters.samples(read.coverage());
            assertThat(samples[3]).isEqualTo(-9999);
            assertThat(samples[699]).isCloseTo(699 / 700f, within(1e-6f));
            assertThat(read.coverage().getRenderedImage().getTileWidth()).isEqualTo(512);
        }
    }

    @Test
    void a_mask_keeps_its_palette_and_nodata() throws IOException {
        var probability =
                Rasters.image(GRID, DataBuffer.TYPE_FLOAT, 1, (x, y, band) -> x < 10 ? Double.NaN : x > 600 ? 1 : 0);
        Path file = folder.resolve("m.tif");
        GeoTiffFile.write(
                Rasters.coverage(GRID, new MaskImage(probability, 0.5, Optional.empty()), Nodata.properties(255)),
                file);
        try (GeoTiffFile read = GeoTiffFile.open(file)) {
            float[] samples = Rasters.samples(read.coverage());
            assertThat(samples[0]).isEqualTo(255);
            assertThat(samples[10]).isZero();
            assertThat(samples[699]).isEqualTo(1);
            assertThat(Nodata.of(read.coverage())).hasValue(255);
            var colours = (IndexColorModel) read.coverage().getRenderedImage().getColorModel();
            assertThat(colours.getRGB(1) & 0xFFFFFF).isEqualTo(0xD7301F);
        }
    }

    private static final Provenance PROVENANCE = new Provenance("probability", "fusion", "1220ab", 0.5);

    @Test
    void overviews_are_made_of_the_file_so_that_every_tile_is_computed_once() throws IOException {
        RasterGrid grid = Rasters.utm(2100, 1100);
        List<Rectangle> computed = new ArrayList<>();
        LazyImage image = new LazyImage(2100, 1100, ColorModels.floats(), 1) {
            @Override
            protected void compute(WritableRaster tile, Rectangle pixels) {
                computed.add(pixels);
            }
        };
        Path file = folder.resolve("p.tif");
        GeoTiffFile.write(Rasters.coverage(grid, image, Nodata.properties(-9999)), file, PROVENANCE);
        assertThat(computed).hasSize(15).doesNotHaveDuplicates();
        GeoTiffReader reader = new GeoTiffReader(file.toFile());
        try {
            assertThat(reader.getDatasetLayout().getNumInternalOverviews()).isEqualTo(3);
        } finally {
            reader.dispose();
        }
    }

    @Test
    void a_product_that_cannot_be_computed_leaves_no_file() throws IOException {
        LazyImage image = new LazyImage(2100, 1100, ColorModels.floats(), 1) {
            @Override
            protected void compute(WritableRaster tile, Rectangle pixels) {
                if (pixels.y > 0) {
                    throw new IllegalStateException("out of ideas");
                }
            }
        };
        var coverage = Rasters.coverage(Rasters.utm(2100, 1100), image, Nodata.properties(-9999));
        assertThatThrownBy(() -> GeoTiffFile.write(coverage, folder.resolve("p.tif"), PROVENANCE))
                .hasMessage("out of ideas");
        assertThat(list()).isEmpty();
    }

    @Test
    void overviews_of_several_bands_are_refused() throws IOException {
        assertThatThrownBy(() ->
                        GeoTiffFile.write(Rasters.red(GRID, (x, y, band) -> 1), folder.resolve("p.tif"), PROVENANCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 bands, expected one");
        assertThat(list()).isEmpty();
    }

    @Test
    void what_is_no_geotiff_is_an_error() throws IOException {
        Path text = Files.writeString(folder.resolve("x.tif"), "no tiff");
        assertThatThrownBy(() -> GeoTiffFile.open(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("x.tif");
        assertThatThrownBy(() -> GeoTiffFile.open(folder.resolve("none.tif"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void geojson_is_in_wgs_84_with_rings_in_order() throws IOException {
        // A block with a hole.
        var probability = Rasters.image(
                GRID,
                DataBuffer.TYPE_FLOAT,
                1,
                (x, y, band) -> x >= 100 && x < 110 && y >= 50 && y < 60 && !(x == 105 && y == 55) ? 0.75 : 0.1);
        LandslideInventory inventory = LandslideInventory.of(probability, GRID, 0.5, 0);
        Path file = folder.resolve("f.geojson");
        GeoJsonFile.write(new LandslideFeatures(GRID.crs(), () -> inventory), file);
        JsonNode root = new ObjectMapper().readTree(file.toFile());
        assertThat(root.get("type").asText()).isEqualTo("FeatureCollection");
        assertThat(root.has("crs")).isFalse();
        JsonNode feature = root.get("features").get(0);
        assertThat(feature.get("geometry").get("type").asText()).isEqualTo("Polygon");
        JsonNode rings = feature.get("geometry").get("coordinates");
        assertThat(rings).hasSize(2);
        assertThat(Orientation.isCCW(ring(rings.get(0)))).isTrue();
        assertThat(Orientation.isCCW(ring(rings.get(1)))).isFalse();
        // 601000, 5199500 in UTM 32 north, by gdaltransform.
        assertThat(rings.get(0).get(0).get(0).asDouble()).isCloseTo(10.3264, within(0.002));
        assertThat(rings.get(0).get(0).get(1).asDouble()).isCloseTo(46.9426, within(0.002));
        assertThat(feature.get("properties").get("area_m2").asDouble()).isCloseTo(9900, within(10.0));
        assertThat(feature.get("properties").get("prob_mean").asDouble()).isCloseTo(0.75, within(1e-6));
    }

    @Test
    void a_geopackage_holds_the_polygons_in_their_crs() throws Exception {
        var probability = Rasters.image(
                GRID,
                DataBuffer.TYPE_FLOAT,
                1,
                (x, y, band) -> x >= 100 && x < 110 && y % 100 >= 50 && y % 100 < 60 ? 0.75 : 0.1);
        LandslideInventory inventory = LandslideInventory.of(probability, GRID, 0.5, 0);
        Path file = folder.resolve("f.gpkg");
        GeoPackageFile.write(new LandslideFeatures(GRID.crs(), () -> inventory), file);
        // Again over the first: it is replaced.
        GeoPackageFile.write(new LandslideFeatures(GRID.crs(), () -> inventory), file);
        assertThat(list()).containsExactly(file);
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(
                    "select count(*), sum(area_m2), avg(prob_mean), min(length(geom)) from landslides")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(5);
                assertThat(rows.getDouble(2)).isCloseTo(50_000, within(50.0));
                assertThat(rows.getDouble(3)).isCloseTo(0.75, within(1e-6));
                assertThat(rows.getInt(4)).isGreaterThan(80);
            }
            try (var rows = statement.executeQuery(
                    "select srs_id, min_x, max_y from gpkg_contents where table_name = 'landslides'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(32632);
                assertThat(rows.getDouble(2)).isEqualTo(601_000);
                assertThat(rows.getDouble(3)).isEqualTo(5_199_500);
            }
            try (var rows = statement.executeQuery("select count(*) from rtree_landslides_geom")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(5);
            }
        }
    }

    @Test
    void geojson_is_cut_at_longitude_180() throws IOException {
        // A strip of 2,000 x 50 m on both sides of longitude 180 south of Fiji, in the UTM zone that ends there.
        RasterGrid grid = Rasters.grid(200, 20, 812_800, 7_785_000, 10, "EPSG:32760");
        var probability = Rasters.image(grid, DataBuffer.TYPE_FLOAT, 1, (x, y, band) -> y < 5 ? 0.75 : 0.1);
        LandslideInventory inventory = LandslideInventory.of(probability, grid, 0.5, 0);
        Path file = folder.resolve("f.geojson");
        GeoJsonFile.write(new LandslideFeatures(grid.crs(), () -> inventory), file);
        JsonNode geometry = new ObjectMapper()
                .readTree(file.toFile())
                .get("features")
                .get(0)
                .get("geometry");
        assertThat(geometry.get("type").asText()).isEqualTo("MultiPolygon");
        assertThat(geometry.get("coordinates")).hasSize(2);
        for (JsonNode polygon : geometry.get("coordinates")) {
            Coordinate[] shell = ring(polygon.get(0));
            assertThat(Orientation.isCCW(shell)).isTrue();
            double west = Arrays.stream(shell).mapToDouble(c -> c.x).min().orElseThrow();
            double east = Arrays.stream(shell).mapToDouble(c -> c.x).max().orElseThrow();
            assertThat(east - west).isPositive().isLessThan(0.02);
            assertThat(Math.abs(west)).isBetween(179.98, 180.0);
        }
    }

    private JsonNode degrees(double west) throws IOException {
        // A strip of 0.2 by 0.05 degree with a hole near its western end.
        RasterGrid grid = Rasters.grid(20, 20, west, -17, 0.01, "EPSG:4326");
        var probability = Rasters.image(
                grid, DataBuffer.TYPE_FLOAT, 1, (x, y, band) -> y < 5 && !(x == 2 && y == 2) ? 0.75 : 0.1);
        LandslideInventory inventory = LandslideInventory.of(probability, grid, 0.5, 0);
        Path file = folder.resolve("f.geojson");
        GeoJsonFile.write(new LandslideFeatures(grid.crs(), () -> inventory), file);
        return new ObjectMapper().readTree(file.toFile()).at("/features/0/geometry");
    }

    private static void assertExtent(JsonNode polygon, double west, double east) {
        double[] longitudes = Arrays.stream(ring(polygon.get(0)))
                .mapToDouble(Coordinate::getX)
                .sorted()
                .toArray();
        assertThat(longitudes[0]).isCloseTo(west, within(1e-6));
        assertThat(longitudes[longitudes.length - 1]).isCloseTo(east, within(1e-6));
    }

    @Test
    void longitudes_beyond_180_come_back_from_the_other_side() throws IOException {
        for (double west : new double[] {179.9, -180.1}) {
            JsonNode crossing = degrees(west);
            assertThat(crossing.get("type").asText()).isEqualTo("MultiPolygon");
            JsonNode parts = crossing.get("coordinates");
            assertThat(parts).hasSize(2);
            assertExtent(parts.get(0), 179.9, 180);
            assertThat(parts.get(0)).hasSize(2);
            assertExtent(parts.get(1), -180, -179.9);
            assertThat(parts.get(1)).hasSize(1);
        }
        JsonNode beyond = degrees(180.5);
        assertThat(beyond.get("type").asText()).isEqualTo("Polygon");
        assertThat(beyond.get("coordinates")).hasSize(2);
        assertExtent(beyond.get("coordinates"), -179.5, -179.3);
        assertExtent(degrees(179.8).get("coordinates"), 179.8, 180);
        assertExtent(degrees(-0.1).get("coordinates"), -0.1, 0.1);
    }

    @Test
    void a_geopackage_without_landslides_has_no_extent() throws Exception {
        var probability = Rasters.image(GRID, DataBuffer.TYPE_FLOAT, 1, (x, y, band) -> 0.1);
        LandslideInventory inventory = LandslideInventory.of(probability, GRID, 0.5, 0);
        Path file = folder.resolve("f.gpkg");
        GeoPackageFile.write(new LandslideFeatures(GRID.crs(), () -> inventory), file);
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select min_x, max_y from gpkg_contents")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isNull();
            assertThat(rows.getObject(2)).isNull();
        }
    }

    private static Coordinate[] ring(JsonNode ring) {
        Coordinate[] coordinates = new Coordinate[ring.size()];
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = new Coordinate(
                    ring.get(i).get(0).asDouble(), ring.get(i).get(1).asDouble());
        }
        return coordinates;
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
