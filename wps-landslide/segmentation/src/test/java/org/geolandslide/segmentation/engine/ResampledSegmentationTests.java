package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.geom.AffineTransform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.PackageWriter;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.referencing.CRS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Models of tests, trained with pixels of two metres, over rasters of other pixel sizes. */
class ResampledSegmentationTests {
    @TempDir
    private Path folder;

    private static RasterGrid grid(int width, int height, double pixel) {
        return Rasters.grid(width, height, 600_000, 5_200_000, pixel, "EPSG:32632");
    }

    private static GridCoverage2D flat(RasterGrid grid) {
        return Rasters.floats(grid, (x, y, band) -> 500);
    }

    private static SegmentationRequest request(GridCoverage2D optical, GridCoverage2D dem, Geometry... region) {
        return new SegmentationRequest(
                Map.of("optical", optical, "dem", dem),
                OptionalDouble.empty(),
                region.length == 0 ? Optional.empty() : Optional.of(region[0]),
                0,
                OptionalInt.empty(),
                false,
                new Resolution.OfModel(),
                true,
                OptionalDouble.empty());
    }

    private Segmentation segment(TinyModel model, SegmentationRequest request) throws Exception {
        ModelPackage opened = ModelPackage.open(model.write(folder.resolve(model.modelName() + ".zip"), 64, 16));
        return Segmentation.of(ModelSession.open(opened, new Device.Cpu()), request, Monitor.NONE);
    }

    @ParameterizedTest(name = "pixels of {0} m")
    @CsvSource({"0.5, 400, 300", "1.3, 170, 120", "3, 70, 50", "10, 30, 20"})
    void the_model_sees_pixels_of_its_own_size(double pixel, int width, int height) throws Exception {
        RasterGrid grid = grid(width, height, pixel);
        GridCoverage2D dem = Rasters.floats(
                Rasters.grid(60, 60, 599_800, 5_200_200, 20, "EPSG:32632"), (x, y, band) -> 100 + 4 * x + 2 * y);
        GridCoverage2D probability = segment(TinyModel.ELEVATION, request(Rasters.red(grid, (x, y, band) -> 9), dem))
                .probability();
        assertThat(RasterGrid.of(probability)).isEqualTo(grid);
        float[] values = Rasters.samples(probability);
        for (int i = 0; i < values.length; i++) {
            double east = pixel * (i % width + 0.5);
            double south = pixel * (i / width + 0.5);
            double elevation = 100 + 4 * ((east + 200) / 20 - 0.5) + 2 * ((south + 200) / 20 - 0.5);
            // A slope of 0.2 and 0.1: outermost pixels are half a pixel of the model's off.
            assertThat((double) values[i])
                    .as("pixel %d, %d", i % width, i / width)
                    .isCloseTo(elevation / 1000, within(0.0005));
        }
    }

    @Test
    void a_feature_keeps_its_size_in_metres() throws Exception {
        // 60 x 40 m of landslide in pixels of 0.5 m.
        GridCoverage2D optical =
                Rasters.red(grid(400, 300, 0.5), (x, y, band) -> x >= 100 && x < 220 && y >= 120 && y < 200 ? 204 : 10);
        Segmentation segmentation = segment(TinyModel.RED, request(optical, flat(grid(10, 10, 25))));
        JsonNode report = segmentation.report().toJson();
        assertThat(report.get("areaSquareMetres").asDouble()).isCloseTo(2400, within(100.0));
        assertThat(report.get("pixels").get("total").asLong()).isEqualTo(120_000);
        assertThat(report.get("pixels").get("valid").asLong()).isEqualTo(120_000);
        assertThat(report.get("parameters").get("resampled").asBoolean()).isTrue();
        assertThat(report.get("parameters").get("workingPixelMetres").toString())
                .isEqualTo("[2.0,2.0]");
        // 3 x 2 windows of 64 over 100 x 75 pixels; over 400 x 300 they would be many more.
        assertThat(report.get("windows").asLong()).isEqualTo(6);
        assertThat(segmentation.features().size()).isEqualTo(1);
        assertThat(Rasters.samples(segmentation.mask())[150 * 400 + 150]).isEqualTo(1);
        assertThat(Rasters.samples(segmentation.entropy())[150 * 400 + 150]).isCloseTo(0.7219f, within(1e-3f));
    }

    @Test
    void fine_texture_is_averaged_and_not_sampled() throws Exception {
        // Checks of 0.5 m: their mean is one half in pixels of two metres, which single samples cannot be.
        GridCoverage2D optical = Rasters.red(grid(200, 200, 0.5), (x, y, band) -> (x + y) % 2 == 0 ? 0 : 255);
        float[] values = Rasters.samples(segment(TinyModel.RED, request(optical, flat(grid(100, 100, 1))))
                .probability());
        for (float value : values) {
            assertThat(value).isCloseTo(0.5f, within(1e-3f));
        }
    }

    @Test
    void missing_pixels_stay_missing_and_are_not_mixed_in() throws Exception {
        RasterGrid grid = grid(200, 160, 0.5);
        GridCoverage2D optical = Rasters.colours(grid, 0, (x, y, band) -> x < 61 || (x == 150 && y == 70) ? 0 : 102);
        Segmentation segmentation = segment(TinyModel.RED, request(optical, flat(grid(100, 100, 1))));
        float[] values = Rasters.samples(segmentation.probability());
        for (int i = 0; i < values.length; i++) {
            boolean missing = i % 200 < 61 || i == 70 * 200 + 150;
            assertThat(values[i] == -9999).as("pixel %d", i).isEqualTo(missing);
            if (!missing) {
                assertThat(values[i]).isCloseTo(0.4f, within(Rasters.PRECISION));
            }
        }
    }

    @Test
    void attention_is_brought_back_too() throws Exception {
        RasterGrid grid = grid(100, 80, 1);
        Segmentation segmentation =
                segment(TinyModel.ATTENTIVE, request(Rasters.red(grid, (x, y, band) -> 9), flat(grid)));
        segmentation.computeIfItFits();
        GridCoverage2D attention = segmentation.attention().orElseThrow();
        assertThat(RasterGrid.of(attention)).isEqualTo(grid);
        assertThat(Rasters.samples(attention)).containsOnly(0.5f);
        assertThat(segmentation.map("map").getWidth()).isPositive();
    }

    @Test
    void a_region_limits_the_results_but_not_what_lies_between_them() throws Exception {
        RasterGrid grid = grid(400, 300, 0.5);
        // A strip of one metre, in which no pixel of two metres need have its centre.
        Geometry strip = new GeometryFactory().toGeometry(new Envelope(600_010, 600_090, 5_199_950.2, 5_199_951.2));
        Segmentation segmentation =
                segment(TinyModel.RED, request(Rasters.red(grid, (x, y, band) -> 51), flat(grid), strip));
        float[] values = Rasters.samples(segmentation.probability());
        int valid = 0;
        for (float value : values) {
            if (value != -9999) {
                assertThat(value).isCloseTo(0.2f, within(Rasters.PRECISION));
                valid++;
            }
        }
        assertThat(valid).isEqualTo(160 * 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 2.015, 1.985})
    void pixels_of_about_that_size_are_left_as_they_are(double pixel) throws Exception {
        RasterGrid grid = grid(150, 90, pixel);
        GridCoverage2D optical = Rasters.red(grid, (x, y, band) -> (x * 37 + y * 91) % 251);
        Segmentation segmentation = segment(TinyModel.RED, request(optical, flat(grid)));
        float[] values = Rasters.samples(segmentation.probability());
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo((i % 150 * 37 + i / 150 * 91) % 251 / 255f, within(Rasters.PRECISION));
        }
        assertThat(segmentation
                        .report()
                        .toJson()
                        .get("parameters")
                        .get("resampled")
                        .asBoolean())
                .isFalse();
        assertThat(segmentation.report().toJson().get("parameters").has("workingPixelMetres"))
                .isFalse();
    }

    @Test
    void a_raster_in_degrees_with_the_latitude_first_is_resampled_in_metres() throws Exception {
        // At latitude 47 a degree is 76.1 km long and 111.2 km high.
        RasterGrid swapped = new RasterGrid(
                120, 160, new AffineTransform(0, 0.00001, -0.00001, 0, 47, 10), CRS.decode("EPSG:4326", false));
        GridCoverage2D optical = Rasters.red(swapped, (x, y, band) -> 51);
        GridCoverage2D dem = flat(Rasters.grid(100, 100, 9.99, 47.01, 0.0005, "EPSG:4326"));
        Segmentation segmentation = segment(TinyModel.RED, request(optical, dem));
        float[] values = Rasters.samples(segmentation.probability());
        assertThat(values).hasSize(120 * 160);
        for (float value : values) {
            assertThat(value).isCloseTo(0.2f, within(Rasters.PRECISION));
        }
        JsonNode sizes = segmentation.report().toJson().get("parameters").get("workingPixelMetres");
        assertThat(sizes.get(0).asDouble()).isCloseTo(2, within(0.001));
        assertThat(sizes.get(1).asDouble()).isCloseTo(2, within(0.001));
    }

    @Test
    void a_model_that_does_not_say_its_pixel_size_cannot_be_asked_for_it() throws Exception {
        List<ModelInput> unknown = TinyModel.RED.inputs().stream()
                .map(input -> new ModelInput(
                        input.name(),
                        input.bands().stream()
                                .map(band -> new org.geolandslide.model.Band(
                                        band.name(),
                                        band.dataType(),
                                        band.unit(),
                                        band.nodata(),
                                        OptionalDouble.empty()))
                                .toList(),
                        input.description()))
                .toList();
        ModelDescription description = TinyModel.RED.description("red-share", unknown, 64, 16);
        Path file = folder.resolve("unknown.zip");
        PackageWriter.write(file, description, TinyModel.RED.onnx(), TinyModel.RED.golden(), "# red\n");
        ModelSession session = ModelSession.open(ModelPackage.open(file), new Device.Cpu());
        RasterGrid grid = grid(20, 20, 1);
        assertThatThrownBy(() -> Segmentation.of(
                        session, request(Rasters.red(grid, (x, y, band) -> 1), flat(grid)), Monitor.NONE))
                .isInstanceOf(SegmentationException.class)
                .hasMessage(
                        "the model 'red-share' does not say which ground sample distance its input 'optical' has, so"
                                + " nothing can be resampled to it");
    }
}
