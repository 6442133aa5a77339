package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.coverage.grid.GridCoverage2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;

/** The engine with models whose output is known by arithmetic. */
class SegmentationTests {
    private static final RasterGrid GRID = Rasters.utm(150, 90);

    @TempDir
    private Path folder;

    private final GridCoverage2D flat = Rasters.floats(GRID, (x, y, band) -> 500);

    private static double texture(int x, int y) {
        return (x * 37 + y * 91 + x * y) % 251;
    }

    private final GridCoverage2D textured = Rasters.red(GRID, (x, y, band) -> texture(x, y));

    private ModelSession session(TinyModel model, int window, int overlap) throws Exception {
        Path file = folder.resolve(model.modelName() + window + "-" + overlap + ".zip");
        return ModelSession.open(ModelPackage.open(model.write(file, window, overlap)), new Device.Cpu());
    }

    private static SegmentationRequest request(GridCoverage2D optical, GridCoverage2D dem) {
        return SegmentationRequest.of(Map.of("optical", optical, "dem", dem));
    }

    private static Segmentation segment(ModelSession session, SegmentationRequest request) {
        return Segmentation.of(session, request, Monitor.NONE);
    }

    @ParameterizedTest(name = "window {0}, overlap {1}")
    @CsvSource({"64, 0", "64, 16", "64, 32", "32, 8", "16, 8", "256, 64"})
    void a_model_of_single_pixels_gives_the_same_whatever_the_windows(int window, int overlap) throws Exception {
        float[] probability = Rasters.samples(segment(session(TinyModel.RED, window, overlap), request(textured, flat))
                .probability());
        for (int i = 0; i < probability.length; i++) {
            assertThat(probability[i]).isCloseTo((float) texture(i % 150, i / 150) / 255, within(Rasters.PRECISION));
        }
    }

    @Test
    void the_order_in_which_tiles_are_asked_for_does_not_matter() throws Exception {
        RasterGrid large = Rasters.utm(1100, 700);
        GridCoverage2D optical = Rasters.red(large, (x, y, band) -> texture(x, y));
        GridCoverage2D dem = Rasters.floats(large, (x, y, band) -> 500);
        ModelSession session = session(TinyModel.BLURRED_RED, 64, 16);
        float[] forward =
                Rasters.samples(segment(session, request(optical, dem)).probability());
        var backward = segment(session, request(optical, dem)).probability().getRenderedImage();
        for (int tileY = 1; tileY >= 0; tileY--) {
            for (int tileX = 2; tileX >= 0; tileX--) {
                backward.getTile(tileX, tileY);
            }
        }
        assertThat(Rasters.samples(backward)).isEqualTo(forward);
        var corner = segment(session, request(optical, dem)).probability().getRenderedImage();
        float[] part =
                corner.getData(new Rectangle(700, 300, 200, 100)).getSamples(700, 300, 200, 100, 0, (float[]) null);
        for (int y = 0; y < 100; y++) {
            for (int x = 0; x < 200; x++) {
                assertThat(part[y * 200 + x]).isEqualTo(forward[(y + 300) * 1100 + x + 700]);
            }
        }
    }

    @Test
    void the_edge_is_continued_by_reflection() throws Exception {
        // A bright raster stays bright up to its edge: zeros around it would darken the blur.
        GridCoverage2D bright = Rasters.red(GRID, (x, y, band) -> 204);
        float[] probability = Rasters.samples(segment(session(TinyModel.BLURRED_RED, 64, 32), request(bright, flat))
                .probability());
        assertThat(probability[0]).isCloseTo(0.8f, within(Rasters.PRECISION));
        assertThat(probability[150 * 90 - 1]).isCloseTo(0.8f, within(Rasters.PRECISION));
    }

    @Test
    void windows_are_blended_without_seams() throws Exception {
        // The model says where in its window a pixel lies; blended, no step between pixels is larger than a flank
        // explains.
        float[] probability = Rasters.samples(segment(session(TinyModel.COLUMN, 64, 32), request(textured, flat))
                .probability());
        for (int x = 1; x < 150; x++) {
            assertThat(Math.abs(probability[x] - probability[x - 1])).isLessThan(0.06f);
        }
        float[] hard = Rasters.samples(segment(session(TinyModel.COLUMN, 64, 0), request(textured, flat))
                .probability());
        float largest = 0;
        for (int x = 1; x < 150; x++) {
            largest = Math.max(largest, Math.abs(hard[x] - hard[x - 1]));
        }
        assertThat(largest).isGreaterThan(0.9f);
    }

    @Test
    void augmentation_averages_over_the_symmetries() throws Exception {
        ModelSession session = session(TinyModel.COLUMN, 64, 16);
        SegmentationRequest augmented = new SegmentationRequest(
                Map.of("optical", textured, "dem", flat),
                OptionalDouble.empty(),
                Optional.empty(),
                0,
                OptionalInt.empty(),
                true,
                new Resolution.OfRaster(),
                true,
                OptionalDouble.empty());
        // Column c of 64 is (c + 1) / 64; over mirrored columns and rows the mean is 65 / 128 everywhere.
        for (float value : Rasters.samples(segment(session, augmented).probability())) {
            assertThat(value).isCloseTo(65f / 128, within(Rasters.PRECISION));
        }
        // What the model says of a turned window is turned back: of a single pixel it says the same however it lies.
        float[] ofPixels = Rasters.samples(
                segment(session(TinyModel.RED, 64, 16), augmented).probability());
        for (int i = 0; i < ofPixels.length; i++) {
            assertThat(ofPixels[i]).isCloseTo((float) texture(i % 150, i / 150) / 255, within(Rasters.PRECISION));
        }
    }

    @Test
    void after_a_failure_the_same_segmentation_is_right() throws Exception {
        // The input fails once, in the middle of a batch of windows.
        AtomicInteger reads = new AtomicInteger();
        RenderedImage image = textured.getRenderedImage();
        RenderedImage failing = (RenderedImage) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RenderedImage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getTile") && reads.incrementAndGet() == 3) {
                        throw new IllegalStateException("the disk is on fire");
                    }
                    return method.invoke(image, arguments);
                });
        Segmentation segmentation =
                segment(session(TinyModel.RED, 64, 16), request(Rasters.coverage(GRID, failing, Map.of()), flat));
        assertThatThrownBy(() -> Rasters.samples(segmentation.probability())).hasMessage("the disk is on fire");
        float[] probability = Rasters.samples(segmentation.probability());
        for (int i = 0; i < probability.length; i++) {
            assertThat(probability[i]).isCloseTo((float) texture(i % 150, i / 150) / 255, within(Rasters.PRECISION));
        }
    }

    @Test
    void attention_comes_from_the_same_run_as_probability() throws Exception {
        Segmentation segmentation = segment(
                session(TinyModel.ATTENTIVE, 64, 16), request(textured, flat).withAttention(true));
        segmentation.computeIfItFits();
        long run = segmentation.report().windows();
        assertThat(Rasters.samples(segmentation.attention().orElseThrow())).containsOnly(0.5f);
        assertThat(segmentation.report().windows()).isEqualTo(run).isEqualTo(8);
        assertThat(segment(
                                session(TinyModel.RED, 64, 16),
                                request(textured, flat).withAttention(true))
                        .attention())
                .isEmpty();
        // Who does not ask for it does not pay for it.
        assertThat(segment(session(TinyModel.ATTENTIVE, 64, 16), request(textured, flat))
                        .attention())
                .isEmpty();
    }

    @Test
    void the_dem_is_used_where_it_lies() throws Exception {
        RasterGrid coarse = Rasters.grid(80, 60, 599_900, 5_200_100, 25, "EPSG:32632");
        GridCoverage2D dem = Rasters.floats(coarse, (x, y, band) -> 100 + 5 * x);
        float[] probability = Rasters.samples(segment(session(TinyModel.ELEVATION, 64, 16), request(textured, dem))
                .probability());
        for (int x = 0; x < 150; x++) {
            double column = (600_000 + 10 * (x + 0.5) - 599_900) / 25 - 0.5;
            assertThat(probability[x]).isCloseTo((float) (100 + 5 * column) / 1000, within(1e-4f + Rasters.PRECISION));
        }
    }

    @Test
    void without_data_there_is_no_result_and_with_data_there_is() throws Exception {
        GridCoverage2D holed = Rasters.colours(GRID, 0, (x, y, band) -> x < 40 ? 0 : 102);
        GridCoverage2D dem = Rasters.withNodata(
                GRID, java.awt.image.DataBuffer.TYPE_FLOAT, -9999, (x, y, band) -> y < 30 ? -9999 : 500);
        Segmentation segmentation = segment(session(TinyModel.BLURRED_RED, 64, 16), request(holed, dem));
        float[] probability = Rasters.samples(segmentation.probability());
        float[] mask = Rasters.samples(segmentation.mask());
        float[] entropy = Rasters.samples(segmentation.entropy());
        for (int i = 0; i < probability.length; i++) {
            boolean missing = i % 150 < 40 || i / 150 < 30;
            assertThat(probability[i] == -9999).isEqualTo(missing);
            assertThat(entropy[i] == -9999).isEqualTo(missing);
            assertThat(mask[i]).isEqualTo(missing ? 255 : 0);
            if (!missing) {
                // The gap is filled from its edge: black would give 0.2 there. The zeros that this model puts around
                // its
                // windows show through the flanks by less than two hundredths.
                assertThat(probability[i]).isCloseTo(0.4f, within(0.02f));
            }
        }
        assertThat(segmentation.report().toJson().get("pixels").get("valid").asLong())
                .isEqualTo(110 * 60);
    }

    @Test
    void windows_without_data_are_not_run() throws Exception {
        RasterGrid large = Rasters.utm(640, 64);
        GridCoverage2D optical = Rasters.colours(large, 0, (x, y, band) -> x < 320 ? 0 : 50);
        Segmentation segmentation =
                segment(session(TinyModel.RED, 64, 0), request(optical, Rasters.floats(large, (x, y, band) -> 1)));
        assertThat(segmentation.report().windows()).isEqualTo(5);
    }

    @Test
    void a_raster_without_any_data_has_a_valid_result() throws Exception {
        GridCoverage2D nothing = Rasters.colours(GRID, 0, (x, y, band) -> 0);
        Segmentation segmentation = segment(session(TinyModel.RED, 64, 16), request(nothing, flat));
        var report = segmentation.report().toJson();
        assertThat(report.get("pixels").get("total").asLong()).isEqualTo(150 * 90);
        assertThat(report.get("pixels").get("valid").asLong()).isZero();
        assertThat(report.get("validShare").asDouble()).isZero();
        assertThat(report.get("polygons").asInt()).isZero();
        assertThat(report.get("areaSquareMetres").asDouble()).isZero();
        assertThat(report.get("windows").asInt()).isZero();
        assertThat(segmentation.features().size()).isZero();
        assertThat(Rasters.samples(segmentation.mask())).containsOnly(255);
    }

    @Test
    void the_report_adds_up() throws Exception {
        // Red is 204 in a block of 20 x 10 pixels of ten metres, and 10 elsewhere.
        GridCoverage2D optical = Rasters.red(GRID, (x, y, band) -> x >= 30 && x < 50 && y >= 20 && y < 30 ? 204 : 10);
        Segmentation segmentation = segment(session(TinyModel.RED, 64, 16), request(optical, flat));
        var report = segmentation.report().toJson();
        assertThat(report.get("pixels").get("landslide").asLong()).isEqualTo(200);
        assertThat(report.get("areaSquareMetres").asDouble()).isCloseTo(20_000, within(20.0));
        assertThat(report.get("polygons").asInt()).isEqualTo(1);
        assertThat(report.get("model").get("name").asText()).isEqualTo("red-share");
        assertThat(report.get("model").get("checksum").asText()).startsWith("1220");
        assertThat(report.get("device").asText()).isEqualTo("cpu");
        // 4 x 2 windows of 64 pixels with a stride of 48.
        assertThat(report.get("windows").asLong()).isEqualTo(8);
        assertThat(report.get("parameters").get("threshold").asDouble()).isEqualTo(0.5);
        assertThat(report.get("inputs").get("dem").get("width").asInt()).isEqualTo(150);
        var feature = segmentation.features().features().next();
        assertThat((Double) feature.getAttribute("prob_mean")).isCloseTo(0.8, within((double) Rasters.PRECISION));
        assertThat((Double) feature.getAttribute("area_m2")).isCloseTo(20_000, within(20.0));
        assertThat((Double) feature.getAttribute("perim_m")).isCloseTo(600, within(1.0));
    }

    @Test
    void entropy_is_one_bit_at_one_half_and_nothing_at_the_ends() throws Exception {
        GridCoverage2D optical = Rasters.red(GRID, (x, y, band) -> x == 0 ? 0 : x == 1 ? 255 : 51);
        float[] entropy = Rasters.samples(
                segment(session(TinyModel.RED, 64, 16), request(optical, flat)).entropy());
        assertThat(entropy[0]).isZero();
        assertThat(entropy[1]).isZero();
        // -(0.2 log2 0.2 + 0.8 log2 0.8)
        assertThat(entropy[2]).isCloseTo(0.7219f, within(1e-3f));
    }

    @Test
    void a_region_limits_the_grid_and_the_pixels() throws Exception {
        var region = new GeometryFactory().toGeometry(new Envelope(600_200, 600_400, 5_199_500, 5_199_700));
        SegmentationRequest request = new SegmentationRequest(
                Map.of("optical", textured, "dem", flat),
                OptionalDouble.empty(),
                Optional.of(region),
                0,
                OptionalInt.empty(),
                false,
                new Resolution.OfRaster(),
                true,
                OptionalDouble.empty());
        GridCoverage2D probability =
                segment(session(TinyModel.RED, 64, 16), request).probability();
        assertThat(probability.getRenderedImage().getWidth()).isEqualTo(20);
        assertThat(probability.getEnvelope2D().getMinX()).isEqualTo(600_200);
        assertThat(probability.getEnvelope2D().getMaxY()).isEqualTo(5_199_700);
        assertThat(Rasters.samples(probability)[0]).isCloseTo((float) texture(20, 30) / 255, within(Rasters.PRECISION));
    }

    @Test
    void progress_counts_windows_up_to_their_number() throws Exception {
        List<Long> done = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        Monitor monitor = (windows, total) -> {
            done.add(windows);
            totals.add(total);
        };
        Segmentation segmentation = Segmentation.of(session(TinyModel.RED, 32, 8), request(textured, flat), monitor);
        assertThat(done).isEmpty();
        segmentation.report();
        assertThat(done).isSorted();
        // 7 x 4 windows of 32 pixels with a stride of 24.
        assertThat(done.get(done.size() - 1)).isEqualTo(28);
        assertThat(totals).containsOnly(28L);
    }

    @Test
    void cancelling_stops_within_one_batch() throws Exception {
        List<Long> done = new ArrayList<>();
        Monitor monitor = (windows, total) -> {
            done.add(windows);
            throw new CancellationException("enough");
        };
        Segmentation segmentation = Segmentation.of(session(TinyModel.RED, 16, 8), request(textured, flat), monitor);
        assertThatThrownBy(segmentation::report).isInstanceOf(CancellationException.class);
        assertThat(done).hasSize(1);
        assertThat(done.get(0)).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
    void a_threshold_that_is_no_probability_is_refused(double threshold) {
        assertThatThrownBy(() -> new SegmentationRequest(
                        Map.of(),
                        OptionalDouble.of(threshold),
                        Optional.empty(),
                        0,
                        OptionalInt.empty(),
                        false,
                        new Resolution.OfRaster(),
                        true,
                        OptionalDouble.empty()))
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("threshold is " + threshold);
    }

    @Test
    void an_overlap_above_half_a_window_is_refused() throws Exception {
        SegmentationRequest request = new SegmentationRequest(
                Map.of("optical", textured, "dem", flat),
                OptionalDouble.empty(),
                Optional.empty(),
                0,
                OptionalInt.of(40),
                false,
                new Resolution.OfRaster(),
                true,
                OptionalDouble.empty());
        ModelSession session = session(TinyModel.RED, 64, 16);
        assertThatThrownBy(() -> segment(session, request))
                .hasMessage("overlap is 40 pixels, expected at most half of the model's window, 32");
    }

    @Test
    void a_device_that_is_not_there_is_an_error_and_auto_says_what_it_took() throws Exception {
        Path file = TinyModel.RED.write(folder.resolve("red.zip"), 64, 16);
        ModelPackage model = ModelPackage.open(file);
        assertThatThrownBy(() -> ModelSession.open(model, Device.parse("cuda:1")))
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("the device cuda:1 was asked for");
        assertThat(ModelSession.open(model, Device.parse("auto")).device()).isEqualTo(new Device.Cpu());
        assertThatThrownBy(() -> Device.parse("tpu")).hasMessage("device is 'tpu', expected auto, cpu, cuda or cuda:n");
    }
}
