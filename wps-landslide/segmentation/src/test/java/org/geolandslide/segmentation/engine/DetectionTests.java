package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.product.DetectedCell;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Geometry;

/** Detection with a model that says how red a window is in the mean. */
class DetectionTests {
    private static final int WINDOW = 32;
    private static final RasterGrid GRID = Rasters.utm(150, 90);

    @TempDir
    private Path folder;

    private final GridCoverage2D textured = Rasters.red(GRID, (x, y, band) -> texture(x, y));

    private static double texture(int x, int y) {
        return (x * 37 + y * 91 + x * y) % 251;
    }

    private ModelSession session(TinyModel model) throws Exception {
        Path file = folder.resolve(model.modelName() + ".zip");
        return ModelSession.open(ModelPackage.open(model.write(file, WINDOW, 8)), new Device.Cpu());
    }

    private Detection detect(GridCoverage2D optical, OptionalDouble cell, double threshold) throws Exception {
        GridCoverage2D flat = Rasters.floats(RasterGrid.of(optical), (x, y, band) -> 500);
        DetectionRequest request =
                new DetectionRequest(Map.of("optical", optical, "dem", flat), cell, OptionalDouble.of(threshold));
        return Detection.run(session(TinyModel.DETECTING), request, Monitor.NONE);
    }

    /** What the model says about a window of the textured raster, which is mirrored at its edges. */
    private static double meanRed(int left, int top) {
        double sum = 0;
        for (int y = top; y < top + WINDOW; y++) {
            for (int x = left; x < left + WINDOW; x++) {
                sum += texture(mirrored(x, GRID.width()), mirrored(y, GRID.height()));
            }
        }
        return sum / (WINDOW * WINDOW * 255);
    }

    private static int mirrored(int index, int length) {
        int inside = Math.abs(index);
        return inside < length ? inside : 2 * (length - 1) - inside;
    }

    private static DetectedCell cell(Detection detection, int column, int row) {
        return detection.cells().stream()
                .filter(cell -> cell.column() == column && cell.row() == row)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void without_a_size_a_cell_is_a_window() throws Exception {
        Detection detection = detect(textured, OptionalDouble.empty(), 0.5);
        assertThat(detection.cells()).hasSize(5 * 3);
        assertThat(cell(detection, 1, 1).pixels()).isEqualTo(new Rectangle(32, 32, 32, 32));
        assertThat(cell(detection, 1, 1).probability()).isCloseTo(meanRed(32, 32), within(1e-5));
        // 22 x 26 pixels are left: the window reaches 5 and 3 over each side, and over the raster's edge into its
        // mirror image.
        assertThat(cell(detection, 4, 2).pixels()).isEqualTo(new Rectangle(128, 64, 22, 26));
        assertThat(cell(detection, 4, 2).probability()).isCloseTo(meanRed(123, 61), within(1e-5));
        assertThat(detection.report().windows()).isEqualTo(15);
    }

    @Test
    void a_cell_below_a_window_is_judged_by_the_window_around_it() throws Exception {
        // 16 pixels of ten metres.
        Detection detection = detect(textured, OptionalDouble.of(160), 0.5);
        assertThat(detection.cells()).hasSize(10 * 6);
        assertThat(cell(detection, 3, 2).pixels()).isEqualTo(new Rectangle(48, 32, 16, 16));
        assertThat(cell(detection, 3, 2).probability()).isCloseTo(meanRed(40, 24), within(1e-5));
        assertThat(cell(detection, 0, 0).probability()).isCloseTo(meanRed(-8, -8), within(1e-5));
    }

    @Test
    void a_cell_above_a_window_has_the_largest_probability_of_its_windows() throws Exception {
        // 50 x 50 pixels: two windows each way, the second from the 18th pixel on.
        Detection detection = detect(textured, OptionalDouble.of(500), 0.5);
        assertThat(detection.cells()).hasSize(3 * 2);
        double expected =
                Math.max(Math.max(meanRed(50, 0), meanRed(68, 0)), Math.max(meanRed(50, 18), meanRed(68, 18)));
        assertThat(cell(detection, 1, 0).probability()).isCloseTo(expected, within(1e-5));
        assertThat(detection.report().windows()).isEqualTo(6 * 4);
    }

    @Test
    void metres_are_metres_in_a_geographic_crs_too() throws Exception {
        // At 60 degrees north a ten-thousandth of a degree is 5.6 m of longitude and 11.1 m of latitude.
        RasterGrid north = Rasters.grid(60, 40, 10, 60, 0.0001, "EPSG:4326");
        Detection detection = detect(Rasters.red(north, (x, y, band) -> 51), OptionalDouble.of(100), 0.5);
        assertThat(detection.cells().get(0).pixels()).isEqualTo(new Rectangle(0, 0, 18, 9));
        assertThat(detection.cells()).hasSize(4 * 5).allSatisfy(cell -> assertThat(cell.probability())
                .isCloseTo(0.2, within(1e-5)));
    }

    @Test
    void a_cell_without_data_is_left_out_and_one_with_some_says_how_much() throws Exception {
        GridCoverage2D holed = Rasters.colours(GRID, 0, (x, y, band) -> x < 40 ? 0 : 102);
        Detection detection = detect(holed, OptionalDouble.empty(), 0.3);
        assertThat(detection.cells()).hasSize(4 * 3).noneMatch(cell -> cell.column() == 0);
        assertThat(cell(detection, 1, 0).validShare()).isEqualTo(0.75);
        assertThat(cell(detection, 2, 0).validShare()).isEqualTo(1);
        // What is missing is continued from what is there.
        assertThat(cell(detection, 1, 0).probability()).isCloseTo(0.4, within(1e-5));
        JsonNode report = detection.report().toJson();
        assertThat(report.get("cells").get("total").asInt()).isEqualTo(15);
        assertThat(report.get("cells").get("valid").asInt()).isEqualTo(12);
        assertThat(report.get("cells").get("positive").asInt()).isEqualTo(12);
        assertThat(report.get("windows").asInt()).isEqualTo(12);
    }

    @Test
    void data_around_a_cell_does_not_make_it_one_with_data() throws Exception {
        // Every other column of cells of 16 pixels is empty; each window of 32 pixels holds data nevertheless.
        GridCoverage2D striped = Rasters.colours(GRID, 0, (x, y, band) -> x / 16 % 2 == 0 ? 0 : 100 + x / 16);
        Detection detection = detect(striped, OptionalDouble.of(160), 0.3);
        assertThat(detection.cells()).hasSize(5 * 6).allMatch(cell -> cell.column() % 2 == 1);
        // The window around column 1 is that column and, on each side, 8 pixels filled from it.
        assertThat(cell(detection, 1, 3).probability()).isCloseTo(101 / 255.0, within(1e-5));
        assertThat(cell(detection, 5, 3).probability()).isCloseTo(105 / 255.0, within(1e-5));
        assertThat(detection.report().windows()).isEqualTo(30);
    }

    @Test
    void large_cells_count_each_valid_pixel_once() throws Exception {
        GridCoverage2D holed = Rasters.colours(GRID, 0, (x, y, band) -> x < 30 ? 0 : 102);
        Detection detection = detect(holed, OptionalDouble.of(500), 0.3);
        assertThat(cell(detection, 0, 0).validShare()).isEqualTo(0.4);
        assertThat(cell(detection, 1, 1).validShare()).isEqualTo(1);
    }

    @Test
    void features_tile_the_raster_in_its_own_crs() throws Exception {
        Detection detection =
                detect(Rasters.red(GRID, (x, y, band) -> x < 32 && y < 32 ? 204 : 10), OptionalDouble.empty(), 0.5);
        double area = 0;
        int landslides = 0;
        try (var features = detection.features().features()) {
            while (features.hasNext()) {
                var feature = features.next();
                area += ((Geometry) feature.getDefaultGeometry()).getArea();
                landslides += ((Number) feature.getAttribute("landslide")).intValue();
                if (feature.getAttribute("landslide").equals(1.0)) {
                    assertThat(((Geometry) feature.getDefaultGeometry()).toText())
                            .isEqualTo("POLYGON ((600000 5200000, 600000 5199680, 600320 5199680, 600320 5200000,"
                                    + " 600000 5200000))");
                    assertThat((Double) feature.getAttribute("prob")).isCloseTo(0.8, within(1e-5));
                    assertThat(feature.getAttribute("valid")).isEqualTo(1.0);
                    assertThat(feature.getAttribute("row")).isEqualTo(0.0);
                    assertThat(feature.getAttribute("col")).isEqualTo(0.0);
                }
            }
        }
        assertThat(area).isCloseTo(150 * 90 * 100.0, within(1e-3));
        assertThat(landslides).isEqualTo(1);
        assertThat((Object) detection.features().getBounds())
                .isEqualTo(new ReferencedEnvelope(600_000, 601_500, 5_199_100, 5_200_000, GRID.crs()));
        assertThat(detection.positiveFeatures().size()).isEqualTo(1);
    }

    @Test
    void the_report_says_what_was_done() throws Exception {
        JsonNode report =
                detect(textured, OptionalDouble.of(500), 0.45).report().toJson();
        assertThat(report.get("model").get("name").asText()).isEqualTo("detecting");
        assertThat(report.get("device").asText()).isEqualTo("cpu");
        assertThat(report.get("seconds").asDouble()).isPositive();
        JsonNode parameters = report.get("parameters");
        assertThat(parameters.get("threshold").asDouble()).isEqualTo(0.45);
        assertThat(parameters.get("cellMetres").asDouble()).isEqualTo(500);
        assertThat(parameters.get("cellWidthPixels").asInt()).isEqualTo(50);
        assertThat(parameters.get("windowPixels").asInt()).isEqualTo(WINDOW);
        assertThat(report.get("inputs").get("dem").get("height").asInt()).isEqualTo(90);
        assertThat(report.get("versions").has("onnxruntime")).isTrue();
    }

    @Test
    void progress_counts_all_windows_and_cancelling_stops_within_one_batch() throws Exception {
        ModelSession session = session(TinyModel.DETECTING);
        GridCoverage2D holed = Rasters.colours(GRID, 0, (x, y, band) -> x < 70 ? 0 : 102);
        DetectionRequest request = new DetectionRequest(
                Map.of("optical", holed, "dem", Rasters.floats(GRID, (x, y, band) -> 500)),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        List<Long> counts = new ArrayList<>();
        Detection.run(session, request, (done, total) -> {
            assertThat(total).isEqualTo(15);
            counts.add(done);
        });
        assertThat(counts).isSorted();
        assertThat(counts.get(counts.size() - 1)).isEqualTo(15);
        counts.clear();
        assertThatThrownBy(() -> Detection.run(session, request, (done, total) -> {
                    counts.add(done);
                    throw new CancellationException("enough");
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(counts).singleElement().satisfies(done -> assertThat(done).isLessThanOrEqualTo(8));
    }

    @Test
    void a_model_without_a_detection_head_is_refused() throws Exception {
        ModelSession session = session(TinyModel.ATTENTIVE);
        DetectionRequest request = new DetectionRequest(
                Map.of("optical", textured, "dem", Rasters.floats(GRID, (x, y, band) -> 500)),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        assertThatThrownBy(() -> Detection.run(session, request, Monitor.NONE))
                .isInstanceOf(SegmentationException.class)
                .hasMessage("model 'attentive' has no output 'detection'; it has [probability, attention]."
                        + " Expected a network with a detection head");
    }

    @Test
    void a_cell_below_a_pixel_or_too_many_cells_are_refused() {
        assertThatThrownBy(() -> detect(textured, OptionalDouble.of(4), 0.5))
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("cell is 4.0 m, expected at least the size of a pixel, 10.0");
        // A grid is enough to see that; the image is never read.
        RasterGrid huge = Rasters.grid(60_000, 60_000, 600_000, 5_200_000, 10, "EPSG:32632");
        java.awt.image.BufferedImage small = new java.awt.image.BufferedImage(3, 3, 5);
        java.awt.image.RenderedImage wide = (java.awt.image.RenderedImage) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {java.awt.image.RenderedImage.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getWidth", "getHeight" -> 60_000;
                    default -> method.invoke(small, arguments);
                });
        GridCoverage2D optical = Rasters.coverage(huge, wide, Map.of());
        ModelSession[] session = new ModelSession[1];
        assertThatThrownBy(() -> {
                    session[0] = session(TinyModel.DETECTING);
                    DetectionRequest request = new DetectionRequest(
                            Map.of("optical", optical, "dem", optical), OptionalDouble.of(20), OptionalDouble.empty());
                    Detection.run(session[0], request, Monitor.NONE);
                })
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("has 900000000 cells of 2 x 2 pixels, expected at most 5000000");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -5, Double.NaN, Double.POSITIVE_INFINITY})
    void a_cell_that_is_no_length_is_refused(double cell) {
        assertThatThrownBy(() -> new DetectionRequest(Map.of(), OptionalDouble.of(cell), OptionalDouble.empty()))
                .isInstanceOf(SegmentationException.class)
                .hasMessage("cell is " + cell + ", expected a length in metres above 0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, Double.NaN})
    void a_threshold_that_is_no_probability_is_refused(double threshold) {
        assertThatThrownBy(() -> new DetectionRequest(Map.of(), OptionalDouble.empty(), OptionalDouble.of(threshold)))
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("threshold is " + threshold);
    }
}
