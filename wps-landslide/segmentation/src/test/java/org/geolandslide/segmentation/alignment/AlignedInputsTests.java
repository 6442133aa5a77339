package org.geolandslide.segmentation.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultEngineeringCRS;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlignedInputsTests {
    private static final List<ModelInput> INPUTS =
            TinyModel.RED.description(64, 16).inputs();
    private static final RasterGrid GRID = Rasters.utm(60, 40);
    private static final Rectangle ALL = new Rectangle(0, 0, 60, 40);

    private final GridCoverage2D optical = Rasters.red(GRID, (x, y, band) -> x + y);

    /** A terrain that bilinear interpolation reproduces exactly. */
    private static double plane(double east, double north) {
        return 500 + 0.02 * (east - 600_000) - 0.01 * (north - 5_200_000);
    }

    private static AlignedInputs align(GridCoverage2D optical, GridCoverage2D dem) {
        return AlignedInputs.align(INPUTS, Map.of("optical", optical, "dem", dem), Optional.empty());
    }

    /** The plane above, seen in another CRS: heights at pixel centres. */
    private static GridCoverage2D planeIn(RasterGrid grid, int dataType, OptionalDouble nodata, Rasters.Content gaps)
            throws Exception {
        MathTransform toUtm = CRS.findMathTransform(grid.crs(), GRID.crs(), true);
        AffineTransform toWorld = grid.toWorld();
        Rasters.Content content = (x, y, band) -> {
            double gap = gaps.at(x, y, band);
            if (!Double.isNaN(gap)) {
                return gap;
            }
            double[] point = {x + 0.5, y + 0.5};
            toWorld.transform(point, 0, point, 0, 1);
            try {
                toUtm.transform(point, 0, point, 0, 1);
            } catch (org.geotools.api.referencing.operation.TransformException e) {
                throw new IllegalStateException(e);
            }
            return plane(point[0], point[1]);
        };
        return nodata.isPresent()
                ? Rasters.withNodata(grid, dataType, nodata.getAsDouble(), content)
                : Rasters.coverage(grid, Rasters.image(grid, dataType, 1, content), Map.of());
    }

    private static void assertIsPlane(AlignedInput.Pixels pixels, double tolerance) {
        for (int y = 0; y < ALL.height; y++) {
            for (int x = 0; x < ALL.width; x++) {
                double expected = plane(600_000 + 10 * (x + 0.5), 5_200_000 - 10 * (y + 0.5));
                assertThat(pixels.valid()[y * ALL.width + x]).isTrue();
                assertThat((double) pixels.values()[0][y * ALL.width + x])
                        .as("pixel %d, %d", x, y)
                        .isCloseTo(expected, within(tolerance));
            }
        }
    }

    @Test
    void the_first_input_gives_the_grid_and_keeps_its_values() {
        AlignedInputs aligned = align(optical, Rasters.floats(GRID, (x, y, band) -> x));
        assertThat(aligned.grid()).isEqualTo(GRID);
        AlignedInput.Pixels pixels = aligned.inputs().get(0).read(new Rectangle(10, 20, 2, 1));
        assertThat(pixels.values()[0]).containsExactly(30, 31);
        assertThat(pixels.values()[1]).containsExactly(7, 7);
        assertThat(pixels.valid()).containsExactly(true, true);
    }

    /** A grid in another CRS that reaches over the optical raster on all sides. */
    private static RasterGrid around(String code, double pixel) throws Exception {
        ReferencedEnvelope envelope = GRID.envelope().transform(Rasters.crs(code), true);
        envelope.expandBy(5 * pixel);
        return Rasters.grid(
                (int) Math.ceil(envelope.getWidth() / pixel),
                (int) Math.ceil(envelope.getHeight() / pixel),
                envelope.getMinX(),
                envelope.getMaxY(),
                pixel,
                code);
    }

    @ParameterizedTest(name = "{0} at {1} per pixel")
    @CsvSource({
        "EPSG:32632, 25",
        "EPSG:32632, 7",
        "EPSG:32633, 30",
        "EPSG:3035, 25",
        "EPSG:3857, 40",
        "EPSG:4326, 0.0003",
    })
    void a_dem_in_another_crs_and_resolution_lies_where_it_belongs(String code, double pixel) throws Exception {
        GridCoverage2D dem =
                planeIn(around(code, pixel), DataBuffer.TYPE_FLOAT, OptionalDouble.empty(), (x, y, band) -> Double.NaN);
        assertIsPlane(align(optical, dem).inputs().get(1).read(ALL), 0.05);
    }

    @Test
    void whole_numbers_are_interpolated_as_numbers() throws Exception {
        RasterGrid grid = Rasters.grid(30, 25, 599_900, 5_200_100, 25, "EPSG:32632");
        GridCoverage2D dem =
                planeIn(grid, DataBuffer.TYPE_SHORT, OptionalDouble.of(-32768), (x, y, band) -> Double.NaN);
        assertIsPlane(align(optical, dem).inputs().get(1).read(ALL), 1.0);
    }

    @Test
    void latitude_first_is_understood() throws Exception {
        // Axes as EPSG has them: the first coordinate is the latitude.
        CoordinateReferenceSystem latitudeFirst = CRS.decode("EPSG:4326", false);
        ReferencedEnvelope envelope = GRID.envelope().transform(latitudeFirst, true);
        double pixel = 0.0003;
        envelope.expandBy(5 * pixel);
        RasterGrid grid = new RasterGrid(
                (int) Math.ceil(envelope.getHeight() / pixel),
                (int) Math.ceil(envelope.getWidth() / pixel),
                new AffineTransform(0, pixel, -pixel, 0, envelope.getMaxX(), envelope.getMinY()),
                latitudeFirst);
        GridCoverage2D dem = planeIn(grid, DataBuffer.TYPE_FLOAT, OptionalDouble.empty(), (x, y, band) -> Double.NaN);
        assertIsPlane(align(optical, dem).inputs().get(1).read(ALL), 0.05);
    }

    @ParameterizedTest
    @ValueSource(ints = {DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_SHORT, DataBuffer.TYPE_INT, DataBuffer.TYPE_DOUBLE})
    void nodata_is_not_interpolated(int dataType) throws Exception {
        RasterGrid grid = Rasters.grid(30, 25, 599_900, 5_200_100, 25, "EPSG:32632");
        GridCoverage2D dem =
                planeIn(grid, dataType, OptionalDouble.of(-9999), (x, y, band) -> x < 12 ? -9999 : Double.NaN);
        AlignedInput.Pixels pixels = align(optical, dem).inputs().get(1).read(ALL);
        assertThat(pixels.valid()[0]).isFalse();
        assertThat(pixels.valid()[59]).isTrue();
        for (int i = 0; i < pixels.valid().length; i++) {
            if (pixels.valid()[i]) {
                assertThat(pixels.values()[0][i]).isBetween(480f, 530f);
            }
        }
        // Column 12 of the DEM begins at 600200, which is column 20.
        assertThat(firstValid(pixels)).isBetween(18, 22);
    }

    private static int firstValid(AlignedInput.Pixels pixels) {
        int first = 0;
        while (!pixels.valid()[first]) {
            first++;
        }
        return first;
    }

    @Test
    void not_a_number_is_nodata_even_if_nothing_is_declared() throws Exception {
        RasterGrid grid = Rasters.grid(30, 25, 599_900, 5_200_100, 25, "EPSG:32632");
        GridCoverage2D dem = Rasters.floats(grid, (x, y, band) -> x < 12 ? Double.NaN : 500);
        AlignedInput.Pixels pixels = align(optical, dem).inputs().get(1).read(ALL);
        for (int i = 0; i < pixels.valid().length; i++) {
            assertThat(pixels.valid()[i]).isEqualTo(pixels.values()[0][i] == 500);
        }
        assertThat(firstValid(pixels)).isBetween(18, 22);
    }

    @ParameterizedTest(name = "moved by {0}, {1} pixels")
    @CsvSource({"1, 1", "-1, 0", "0, -1", "10, -5", "-10, -10", "59, 39"})
    void a_dem_of_the_same_size_moved_by_whole_pixels_lies_where_it_belongs(int right, int down) throws Exception {
        RasterGrid moved = GRID.part(new Rectangle(right, down, 60, 40));
        GridCoverage2D dem = planeIn(moved, DataBuffer.TYPE_FLOAT, OptionalDouble.empty(), (x, y, band) -> Double.NaN);
        Rectangle covered = new Rectangle(right, down, 60, 40).intersection(ALL);
        assertCovers(align(optical, dem).inputs().get(1).read(ALL), covered, 0.001);
    }

    /** The plane inside of a rectangle, no data elsewhere. */
    private static void assertCovers(AlignedInput.Pixels pixels, Rectangle covered, double tolerance) {
        for (int y = 0; y < ALL.height; y++) {
            for (int x = 0; x < ALL.width; x++) {
                int i = y * ALL.width + x;
                assertThat(pixels.valid()[i]).as("pixel %d, %d", x, y).isEqualTo(covered.contains(x, y));
                if (pixels.valid()[i]) {
                    double expected = plane(600_000 + 10 * (x + 0.5), 5_200_000 - 10 * (y + 0.5));
                    assertThat((double) pixels.values()[0][i])
                            .as("pixel %d, %d", x, y)
                            .isCloseTo(expected, within(tolerance));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {100, 20, 5, 8})
    void a_dem_of_the_same_extent_covers_all(double pixel) throws Exception {
        RasterGrid grid =
                Rasters.grid((int) (600 / pixel), (int) (400 / pixel), 600_000, 5_200_000, pixel, "EPSG:32632");
        GridCoverage2D dem = planeIn(grid, DataBuffer.TYPE_FLOAT, OptionalDouble.empty(), (x, y, band) -> Double.NaN);
        // The outermost half pixels of the DEM are not interpolated: 0.02 and 0.01 m per metre.
        assertCovers(align(optical, dem).inputs().get(1).read(ALL), ALL, 0.03 * pixel / 2 + 0.001);
    }

    @Test
    void beyond_the_edges_of_the_dem_there_is_no_data() throws Exception {
        // From column 5 and row 8 to column 45 and row 28.
        RasterGrid grid = Rasters.grid(16, 8, 600_050, 5_199_920, 25, "EPSG:32632");
        GridCoverage2D dem = planeIn(grid, DataBuffer.TYPE_FLOAT, OptionalDouble.empty(), (x, y, band) -> Double.NaN);
        assertCovers(align(optical, dem).inputs().get(1).read(ALL), new Rectangle(5, 8, 40, 20), 0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-Double.MAX_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, -3.4028234663852886e38})
    void nodata_at_the_end_of_the_range_is_no_height(double nodata) throws Exception {
        RasterGrid grid = Rasters.grid(30, 25, 599_900, 5_200_100, 25, "EPSG:32632");
        GridCoverage2D dem = planeIn(
                grid, DataBuffer.TYPE_DOUBLE, OptionalDouble.of(nodata), (x, y, band) -> x < 12 ? nodata : Double.NaN);
        assertCovers(align(optical, dem).inputs().get(1).read(ALL), new Rectangle(20, 0, 40, 40), 0.5);
    }

    @Test
    void a_dem_of_the_whole_world_serves_a_raster_in_mercator() {
        RasterGrid mercator = Rasters.grid(60, 40, 1_000_000, 6_000_000, 10, "EPSG:3857");
        RasterGrid world = Rasters.grid(720, 360, -180, 90, 0.5, "EPSG:4326");
        AlignedInputs aligned =
                align(Rasters.red(mercator, (x, y, band) -> x), Rasters.floats(world, (x, y, band) -> 1000 + x));
        AlignedInput.Pixels pixels = aligned.inputs().get(1).read(ALL);
        // Longitude 8.98 lies in column 378.
        assertThat(pixels.values()[0][0]).isBetween(1376f, 1379f);
        for (boolean valid : pixels.valid()) {
            assertThat(valid).isTrue();
        }
    }

    @Test
    void transparent_pixels_are_missing() {
        BufferedImage image = new BufferedImage(60, 40, BufferedImage.TYPE_4BYTE_ABGR);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 60; x++) {
                image.setRGB(x, y, x < 2 ? 0x00FFFFFF : 0xFF102030);
            }
        }
        AlignedInputs aligned = align(Rasters.coverage(GRID, image, Map.of()), Rasters.floats(GRID, (x, y, band) -> 1));
        AlignedInput.Pixels pixels = aligned.inputs().get(0).read(new Rectangle(0, 0, 4, 1));
        assertThat(pixels.valid()).containsExactly(false, false, true, true);
        assertThat(pixels.values()[0][2]).isEqualTo(0x10);
    }

    @Test
    void an_optical_pixel_is_missing_where_all_bands_are() {
        GridCoverage2D colours = Rasters.colours(GRID, 0, (x, y, band) -> x == 0 ? 0 : x == 1 && band < 2 ? 0 : 9);
        AlignedInput.Pixels pixels = align(colours, Rasters.floats(GRID, (x, y, band) -> 1))
                .inputs()
                .get(0)
                .read(new Rectangle(0, 0, 3, 1));
        assertThat(pixels.valid()).containsExactly(false, true, true);
    }

    @Test
    void the_nodata_value_of_the_model_counts_where_the_raster_declares_none() {
        Band red = new Band("red", "uint8", "", OptionalDouble.of(0), OptionalDouble.empty());
        AlignedInputs aligned = AlignedInputs.align(
                List.of(new ModelInput("optical", List.of(red), "")),
                Map.of("optical", Rasters.bytes(GRID, 1, (x, y, band) -> x)),
                Optional.empty());
        assertThat(aligned.inputs().get(0).read(new Rectangle(0, 0, 2, 1)).valid())
                .containsExactly(false, true);
    }

    @Nested
    class Refusals {
        private final GridCoverage2D dem = Rasters.floats(GRID, (x, y, band) -> 1);

        @Test
        void a_raster_without_crs() {
            RasterGrid nowhere = new RasterGrid(60, 40, new AffineTransform(), DefaultEngineeringCRS.GENERIC_2D);
            assertRefused(
                    Map.of("optical", Rasters.red(nowhere, (x, y, band) -> x), "dem", dem),
                    "input 'optical' has no coordinate reference system");
        }

        @Test
        void too_few_bands() {
            assertRefused(
                    Map.of("optical", Rasters.bytes(GRID, 1, (x, y, band) -> x), "dem", dem),
                    "input 'optical' has 1 band(s), the model takes 3: [red, green, blue]");
        }

        @Test
        void a_missing_input() {
            assertRefused(Map.of("optical", optical), "the input 'dem' is missing; the model takes [optical, dem]");
        }

        @Test
        void an_unknown_input() {
            assertRefused(
                    Map.of("optical", optical, "dem", dem, "thermal", dem),
                    "the model has no input 'thermal'; it takes [optical, dem]");
        }

        @Test
        void rasters_that_do_not_overlap() {
            RasterGrid elsewhere = Rasters.grid(60, 40, 700_000, 5_200_000, 10, "EPSG:32632");
            assertRefused(
                    Map.of("optical", optical, "dem", Rasters.floats(elsewhere, (x, y, band) -> 1)),
                    "input 'dem' does not overlap input 'optical'");
        }

        private void assertRefused(Map<String, GridCoverage2D> given, String message) {
            assertThatThrownBy(() -> AlignedInputs.align(INPUTS, given, Optional.empty()))
                    .isInstanceOf(SegmentationException.class)
                    .hasMessageContaining(message);
        }
    }
}
