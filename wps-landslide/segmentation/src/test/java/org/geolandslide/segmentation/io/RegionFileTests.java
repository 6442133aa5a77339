package org.geolandslide.segmentation.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Geometry;

class RegionFileTests {
    private static final String SQUARE =
            "{\"type\": \"Polygon\", \"coordinates\": [[[10, 46], [11, 46], [11, 47], [10, 47], [10, 46]]]}";

    @TempDir
    private Path folder;

    private Geometry read(String text) throws IOException {
        return RegionFile.read(Files.writeString(folder.resolve("region"), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SQUARE,
                "\uFEFF " + SQUARE,
                "{\"type\": \"Feature\", \"properties\": {\"name\": \"a\"}, \"geometry\": " + SQUARE + "}",
                "{\"type\": \"FeatureCollection\", \"features\": [{\"type\": \"Feature\", \"properties\": null,"
                        + " \"geometry\": " + SQUARE + "}]}",
                "{\"type\": \"GeometryCollection\", \"geometries\": [" + SQUARE + "]}",
            })
    void geojson_is_in_wgs_84(String text) throws IOException {
        Geometry region = read(text);
        assertThat(region.getGeometryType()).isEqualTo("Polygon");
        assertThat(region.getArea()).isEqualTo(1);
        assertThat(region.getEnvelopeInternal().getMinX()).isEqualTo(10);
        assertThat(region.getSRID()).isEqualTo(4326);
    }

    @ParameterizedTest
    @CsvSource({
        "urn:ogc:def:crs:OGC:1.3:CRS84, 4326",
        "urn:ogc:def:crs:EPSG::32632, 32632",
        "EPSG:3857, 3857",
    })
    void older_geojson_can_name_a_crs(String name, int srid) throws IOException {
        String crs = "\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"" + name + "\"}}, ";
        Geometry region = read("{" + crs + SQUARE.substring(1));
        assertThat(region.getSRID()).isEqualTo(srid);
        assertThat(region.getArea()).isEqualTo(1);
    }

    @Test
    void polygons_that_overlap_are_one_region() throws IOException {
        Geometry region = read("{\"type\": \"GeometryCollection\", \"geometries\": [" + SQUARE + ", "
                + SQUARE.replace("11,", "10.5,") + "]}");
        assertThat(region.getArea()).isEqualTo(1);
        assertThat(region.getNumGeometries()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POLYGON ((0 0, 2 0, 2 1, 0 1, 0 0)) | 0",
                "SRID=32632;POLYGON ((0 0, 2 0, 2 1, 0 1, 0 0)) | 32632",
                "SRID=4326; MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)), ((1 0, 2 0, 2 1, 1 1, 1 0))) | 4326",
            })
    void well_known_text_is_in_the_crs_of_its_srid_or_of_the_raster(String text, int srid) throws IOException {
        Geometry region = read(text);
        assertThat(region.getArea()).isEqualTo(2);
        assertThat(region.getSRID()).isEqualTo(srid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POINT (1 2) | holds a Point, expected polygons only",
                "GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0)), LINESTRING (0 0, 1 1)) | holds a LineString, expected polygons only",
                "POLYGON EMPTY | holds an empty Polygon, expected a polygon",
                "{\"type\": \"FeatureCollection\", \"features\": []} | holds an empty GeometryCollection, expected a polygon",
                "POLYGON ((0 0, 1 | is neither GeoJSON nor WKT",
                "SRID=abc;POLYGON ((0 0, 1 0, 1 1, 0 0)) | is neither GeoJSON nor WKT",
                "{\"type\": \"Polygon\"} | holds an empty Polygon, expected a polygon",
                "{\"type\": \"Polygon\", \"coordinates\": \"none\"} | is neither GeoJSON nor WKT",
                "{} | is neither GeoJSON nor WKT",
                "{\"type\": | is neither GeoJSON nor WKT",
                "{\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"EPSG:0\"}}, \"type\": \"Polygon\"} | has the CRS",
                "'' | is neither GeoJSON nor WKT",
            })
    void anything_but_polygons_is_refused(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }

    @Test
    void a_file_that_is_missing_or_no_text_is_refused() throws IOException {
        assertThatThrownBy(() -> RegionFile.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, 0, (byte) 0xFE});
        assertThatThrownBy(() -> RegionFile.read(binary))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no text; expected a polygon as GeoJSON or WKT");
    }
}
