package org.geolandslide.segmentation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.api.data.Parameter;
import org.geotools.api.feature.simple.SimpleFeature;
import org.geotools.api.feature.type.Name;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.data.simple.SimpleFeatureIterator;
import org.geotools.data.util.DefaultProgressListener;
import org.geotools.feature.NameImpl;
import org.geotools.process.ProcessException;
import org.geotools.process.Processors;
import org.geotools.util.Converters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as GeoServer runs it: found by name through GeoTools, fed with a map. */
class DetectProcessTests {
    private static final Name DETECT = new NameImpl("landslide", "Detect");
    private static final RasterGrid GRID = Rasters.utm(128, 64);

    @TempDir
    private Path models;

    @BeforeEach
    void installModels() throws Exception {
        TinyModel.DETECTING.write(models.resolve("detecting.zip"), 32, 8);
        TinyModel.RED.write(models.resolve("red.zip"), 32, 8);
        System.setProperty("landslide.models", models.toString());
        System.setProperty("landslide.models.default", "detecting");
    }

    @AfterEach
    void forgetModels() {
        System.clearProperty("landslide.models");
        System.clearProperty("landslide.models.default");
    }

    private static Map<String, Object> inputs() {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("optical", Rasters.red(GRID, (x, y, band) -> x < 32 && y < 32 ? 204 : 10));
        inputs.put("dem", Rasters.floats(GRID, (x, y, band) -> 500));
        return inputs;
    }

    private static Map<String, Object> execute(Map<String, Object> inputs) {
        return Processors.createProcess(DETECT).execute(inputs, null);
    }

    @Test
    void inputs_and_results_are_those_of_the_contract() {
        Map<String, Parameter<?>> parameters = Processors.getParameterInfo(DETECT);
        assertThat(parameters).containsOnlyKeys("optical", "dem", "model", "cell", "threshold", "device");
        parameters.forEach((name, parameter) -> {
            assertThat(parameter.required).as(name).isEqualTo(name.equals("optical"));
            assertThat(parameter.description.toString()).as(name).isNotBlank();
        });
        assertThat(Processors.getResultInfo(DETECT, Map.of())).containsOnlyKeys("features", "report");
    }

    @Test
    void cells_and_report_agree() throws Exception {
        Map<String, Object> results = execute(inputs());
        SimpleFeatureCollection cells = (SimpleFeatureCollection) results.get("features");
        assertThat(cells.size()).isEqualTo(8);
        try (SimpleFeatureIterator features = cells.features()) {
            SimpleFeature first = features.next();
            assertThat((Double) first.getAttribute("prob")).isCloseTo(0.8, within(1e-5));
            assertThat(first.getAttribute("landslide")).isEqualTo(1.0);
            assertThat(features.next().getAttribute("landslide")).isEqualTo(0.0);
        }
        String report = Converters.convert(results.get("report"), String.class);
        JsonNode counts = new ObjectMapper().readTree(report).get("cells");
        assertThat(counts.get("valid").asInt()).isEqualTo(8);
        assertThat(counts.get("positive").asInt()).isEqualTo(1);
    }

    @Test
    void cell_and_threshold_have_their_effect() {
        Map<String, Object> inputs = inputs();
        inputs.put("cell", 640.0);
        inputs.put("threshold", 0.9);
        inputs.put("device", "auto");
        SimpleFeatureCollection cells =
                (SimpleFeatureCollection) execute(inputs).get("features");
        assertThat(cells.size()).isEqualTo(2);
        try (SimpleFeatureIterator features = cells.features()) {
            SimpleFeature first = features.next();
            assertThat((Double) first.getAttribute("prob")).isCloseTo(0.8, within(1e-5));
            assertThat(first.getAttribute("landslide")).isEqualTo(0.0);
        }
    }

    @Test
    void a_listener_sees_progress_and_can_cancel() {
        DefaultProgressListener listener = new DefaultProgressListener();
        Processors.createProcess(DETECT).execute(inputs(), listener);
        assertThat(listener.getProgress()).isEqualTo(100);
        assertThat(listener.getTask().toString()).isEqualTo("window 8 of 8");
        DefaultProgressListener cancelling = new DefaultProgressListener();
        cancelling.setCanceled(true);
        assertThatThrownBy(() -> Processors.createProcess(DETECT).execute(inputs(), cancelling))
                .isInstanceOf(ProcessException.class)
                .hasCauseInstanceOf(CancellationException.class)
                .hasStackTraceContaining("of 8 windows");
    }

    @Test
    void what_does_not_fit_is_refused_with_a_reason() {
        assertRefused("model", "red-share", "model 'red-share' has no output 'detection'; it has [probability]");
        assertRefused("cell", 1.0, "cell is 1.0 m, expected at least the size of a pixel");
        assertRefused("threshold", 1.5, "threshold is 1.5, expected a probability above 0 and below 1");
        assertRefused("dem", null, "the input 'dem' is missing");
        assertRefused("model", "none", "there is no model 'none'; there are [detecting, red-share]");
    }

    private static void assertRefused(String name, Object value, String message) {
        Map<String, Object> inputs = inputs();
        inputs.put(name, value);
        assertThatThrownBy(() -> execute(inputs))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining(message);
    }
}
