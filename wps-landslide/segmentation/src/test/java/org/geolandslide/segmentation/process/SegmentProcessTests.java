package org.geolandslide.segmentation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.geom.AffineTransform;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.api.data.Parameter;
import org.geotools.api.feature.type.Name;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.data.simple.SimpleFeatureIterator;
import org.geotools.data.util.DefaultProgressListener;
import org.geotools.feature.NameImpl;
import org.geotools.process.Process;
import org.geotools.process.ProcessException;
import org.geotools.process.Processors;
import org.geotools.referencing.crs.DefaultEngineeringCRS;
import org.geotools.util.Converters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;

/** The processes as GeoServer runs them: found by name through GeoTools, fed with a map. */
class SegmentProcessTests {
    private static final Name SEGMENT = new NameImpl("landslide", "Segment");
    private static final Name LIST_MODELS = new NameImpl("landslide", "ListModels");
    private static final RasterGrid GRID = Rasters.utm(150, 90);

    @TempDir
    private Path models;

    private final GridCoverage2D optical = Rasters.red(GRID, (x, y, band) -> x < 20 && y < 10 ? 204 : 10);
    private final GridCoverage2D dem = Rasters.floats(GRID, (x, y, band) -> 500);

    @BeforeEach
    void installModels() throws Exception {
        TinyModel.RED.write(models.resolve("red.zip"), 64, 16);
        TinyModel.ELEVATION.write(models.resolve("elevation.zip"), 64, 16);
        System.setProperty("landslide.models", models.toString());
        System.setProperty("landslide.models.default", "red-share");
    }

    @AfterEach
    void forgetModels() {
        System.clearProperty("landslide.models");
        System.clearProperty("landslide.models.default");
    }

    private Map<String, Object> inputs() {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("optical", optical);
        inputs.put("dem", dem);
        return inputs;
    }

    private static Map<String, Object> execute(Map<String, Object> inputs) {
        Process process = Processors.createProcess(SEGMENT);
        return process.execute(inputs, null);
    }

    @Test
    void geotools_finds_the_processes() {
        assertThat(Processors.createProcessFactory(SEGMENT)).isInstanceOf(LandslideProcessFactory.class);
        assertThat(Processors.createProcessFactory(LIST_MODELS).getNames()).contains(SEGMENT, LIST_MODELS);
    }

    @Test
    void inputs_and_results_are_those_of_the_contract() {
        Map<String, Parameter<?>> parameters = Processors.getParameterInfo(SEGMENT);
        assertThat(parameters)
                .containsOnlyKeys(
                        "optical",
                        "dem",
                        "model",
                        "threshold",
                        "region",
                        "minArea",
                        "simplify",
                        "overlap",
                        "augment",
                        "resample",
                        "resolution",
                        "device");
        parameters.forEach((name, parameter) -> {
            assertThat(parameter.required).as(name).isEqualTo(name.equals("optical"));
            assertThat(parameter.description.toString()).as(name).isNotBlank();
        });
        Map<String, Parameter<?>> results = Processors.getResultInfo(SEGMENT, Map.of());
        assertThat(results.keySet())
                .isEqualTo(Set.of("mask", "probability", "entropy", "attention", "features", "report"));
    }

    @Test
    void all_results_agree() throws Exception {
        Map<String, Object> results = execute(inputs());
        float[] mask = Rasters.samples((GridCoverage2D) results.get("mask"));
        int count = 0;
        for (float value : mask) {
            count += value == 1 ? 1 : 0;
        }
        assertThat(count).isEqualTo(200);
        assertThat(Rasters.samples((GridCoverage2D) results.get("probability"))[0])
                .isCloseTo(0.8f, within(Rasters.PRECISION));
        assertThat(((SimpleFeatureCollection) results.get("features")).size()).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(results.get("report").toString());
        assertThat(report.get("pixels").get("landslide").asInt()).isEqualTo(200);
        assertThat(report.get("polygons").asInt()).isEqualTo(1);
        // This model has no attention, so there is no such result.
        assertThat(results).doesNotContainKey("attention");
    }

    @Test
    void the_report_is_text_for_geoserver() {
        CharSequence report = (CharSequence) execute(inputs()).get("report");
        // What GeoServer's WPS does with a result of this type.
        assertThat(Converters.convert(report, String.class)).startsWith("{").contains("\"areaSquareMetres\"");
    }

    @Test
    void the_network_runs_once_while_the_process_executes() {
        int[] calls = {0};
        DefaultProgressListener listener = new DefaultProgressListener() {
            @Override
            public void progress(float percent) {
                super.progress(percent);
                calls[0]++;
            }
        };
        Map<String, Object> results = Processors.createProcess(SEGMENT).execute(inputs(), listener);
        int afterExecution = calls[0];
        assertThat(afterExecution).isPositive();
        assertThat(listener.getProgress()).isEqualTo(100);
        assertThat(listener.getTask().toString()).isEqualTo("window 8 of 8");
        Rasters.samples((GridCoverage2D) results.get("probability"));
        Rasters.samples((GridCoverage2D) results.get("mask"));
        assertThat(results.get("report").toString()).isNotEmpty();
        assertThat(calls[0]).isEqualTo(afterExecution);
    }

    @Test
    void parameters_have_their_effect() throws Exception {
        Map<String, Object> inputs = inputs();
        inputs.put("model", "elevation-share");
        inputs.put("threshold", 0.45);
        inputs.put("minArea", 1.0);
        inputs.put("simplify", 12.5);
        inputs.put("overlap", 8);
        inputs.put("augment", true);
        inputs.put("resample", true);
        inputs.put("device", "auto");
        JsonNode report =
                new ObjectMapper().readTree(execute(inputs).get("report").toString());
        assertThat(report.get("model").get("name").asText()).isEqualTo("elevation-share");
        assertThat(report.get("pixels").get("landslide").asInt()).isEqualTo(150 * 90);
        JsonNode parameters = report.get("parameters");
        assertThat(parameters.get("threshold").asDouble()).isEqualTo(0.45);
        assertThat(parameters.get("minimumAreaSquareMetres").asDouble()).isEqualTo(1);
        assertThat(parameters.get("simplificationMetres").asDouble()).isEqualTo(12.5);
        assertThat(parameters.get("overlapPixels").asInt()).isEqualTo(8);
        assertThat(parameters.get("augment").asBoolean()).isTrue();
        assertThat(parameters.get("resampled").asBoolean()).isTrue();
    }

    private static int corners(Map<String, Object> inputs) {
        try (SimpleFeatureIterator features =
                ((SimpleFeatureCollection) execute(inputs).get("features")).features()) {
            return ((Geometry) features.next().getDefaultGeometry()).getNumPoints() - 1;
        }
    }

    @Test
    void simplified_polygons_have_fewer_corners() {
        Map<String, Object> inputs = inputs();
        // Stairs over the raster's diagonal.
        inputs.put("optical", Rasters.red(Rasters.utm(90, 90), (x, y, band) -> x <= y ? 204 : 10));
        assertThat(corners(inputs)).isEqualTo(182);
        inputs.put("simplify", 10.0);
        assertThat(corners(inputs)).isLessThan(12);
    }

    @Test
    void a_minimum_area_drops_from_all_results() throws Exception {
        Map<String, Object> inputs = inputs();
        inputs.put("minArea", 30_000.0);
        Map<String, Object> results = execute(inputs);
        assertThat(Rasters.samples((GridCoverage2D) results.get("mask"))).containsOnly(0);
        assertThat(((SimpleFeatureCollection) results.get("features")).size()).isZero();
        JsonNode report = new ObjectMapper().readTree(results.get("report").toString());
        assertThat(report.get("pixels").get("landslide").asInt()).isZero();
    }

    @Test
    void a_listener_that_cancels_stops_the_work() {
        DefaultProgressListener listener = new DefaultProgressListener();
        listener.setCanceled(true);
        Process process = Processors.createProcess(SEGMENT);
        assertThatThrownBy(() -> process.execute(inputs(), listener))
                .isInstanceOf(ProcessException.class)
                .hasCauseInstanceOf(CancellationException.class)
                .hasStackTraceContaining("after 0 of 8 windows");
    }

    @Test
    void the_models_are_listed() throws Exception {
        Map<String, Object> results = Processors.createProcess(LIST_MODELS).execute(Map.of(), null);
        JsonNode list = new ObjectMapper().readTree((String) results.get("models"));
        assertThat(list.get("default").asText()).isEqualTo("red-share");
        assertThat(list.get("models")).hasSize(2);
        JsonNode model = list.get("models").get(0);
        assertThat(model.get("name").asText()).isEqualTo("elevation-share");
        assertThat(model.get("inputs").get(0).get("bands").get(2).asText()).isEqualTo("blue");
        assertThat(model.get("metrics").get("f1").asDouble()).isEqualTo(0.5);
    }

    @Nested
    class Refusals {
        @Test
        void a_raster_without_crs() {
            RasterGrid nowhere = new RasterGrid(60, 40, new AffineTransform(), DefaultEngineeringCRS.GENERIC_2D);
            assertRefused(
                    "optical", Rasters.red(nowhere, (x, y, band) -> 1), "input 'optical' has no coordinate reference");
        }

        @Test
        void rasters_that_do_not_overlap() {
            RasterGrid elsewhere = Rasters.grid(20, 20, 10, 10, 0.1, "EPSG:4326");
            assertRefused(
                    "dem",
                    Rasters.floats(elsewhere, (x, y, band) -> 1),
                    "input 'dem' does not overlap input 'optical'");
        }

        @Test
        void too_few_bands() {
            assertRefused(
                    "optical",
                    Rasters.bytes(GRID, 1, (x, y, band) -> 1),
                    "input 'optical' has 1 band(s), the model takes 3");
        }

        @Test
        void an_unknown_model() {
            assertRefused("model", "none", "there is no model 'none'; there are [elevation-share, red-share]");
        }

        @Test
        void a_missing_dem() {
            assertRefused("dem", null, "the input 'dem' is missing");
        }

        @Test
        void a_region_outside() throws Exception {
            assertRefused(
                    "region",
                    new org.locationtech.jts.io.WKTReader().read("POLYGON((0 0, 1 0, 1 1, 0 0))"),
                    "the region lies outside the raster");
        }

        @Test
        void values_out_of_range() {
            assertRefused("threshold", 1.2, "threshold is 1.2, expected a probability above 0 and below 1");
            assertRefused("minArea", -1.0, "minimum area is -1.0, expected 0 square metres or more");
            assertRefused("overlap", 60, "overlap is 60 pixels, expected at most half of the model's window, 32");
            assertRefused("overlap", -1, "overlap is -1, expected 0 pixels or more");
        }

        @Test
        void a_simplification_that_is_no_length() {
            assertRefused("simplify", -1.0, "simplification is -1.0, expected a finite length of 0 metres or more");
        }

        @Test
        void a_device_that_is_not_there() {
            assertRefused("device", "cuda", "the device cuda:0 was asked for");
            assertRefused("device", "quantum", "device is 'quantum'");
        }

        private void assertRefused(String name, Object value, String message) {
            Map<String, Object> inputs = inputs();
            inputs.put(name, value);
            assertThatThrownBy(() -> execute(inputs))
                    .isInstanceOf(ProcessException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void without_a_known_folder_the_error_says_how_to_name_one() {
        System.clearProperty("landslide.models");
        String variable = System.getenv("GEOSERVER_DATA_DIR");
        org.junit.jupiter.api.Assumptions.assumeTrue(variable == null && System.getenv("LANDSLIDE_MODELS") == null);
        assertThatThrownBy(() -> execute(inputs()))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("landslide.models");
    }
}
