package org.geolandslide.geoserver.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.awt.image.Raster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.geoserver.catalog.CatalogException;
import org.geoserver.catalog.CoverageInfo;
import org.geoserver.catalog.FeatureTypeInfo;
import org.geoserver.catalog.LayerInfo;
import org.geoserver.catalog.StoreInfo;
import org.geoserver.catalog.StyleInfo;
import org.geoserver.catalog.event.AbstractCatalogListener;
import org.geoserver.catalog.event.CatalogAddEvent;
import org.geoserver.catalog.event.CatalogPostModifyEvent;
import org.geoserver.security.CatalogMode;
import org.geotools.api.util.InternationalString;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.data.util.NullProgressListener;
import org.geotools.process.ProcessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process over GeoServer's own catalog, resource pool and readers. */
class SegmentLayerProcessTests {
    private static final String ALL = "mask,probability,entropy,attention,polygons";

    @TempDir
    private Path directory;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(directory, Duration.ofHours(1));
    }

    /** Hears the steps, and throws before the one of a number. */
    private static final class Client extends NullProgressListener {
        private final List<String> steps = new ArrayList<>();
        private final int last;

        Client(int last) {
            this.last = last;
        }

        @Override
        public void setTask(InternationalString task) {
            if (!task.toString().startsWith("window")) {
                steps.add(task.toString());
                if (steps.size() == last) {
                    throw new IllegalStateException("dismissed before: " + task);
                }
            }
        }
    }

    @Test
    void all_products_become_layers() throws Exception {
        Map<String, Object> answer = server.segment("map", ALL, false, null);

        assertThat(answer.get("layers"))
                .isEqualTo("ws:map,ws:map_probability,ws:map_entropy,ws:map_attention,ws:map_polygons");
        assertThat((String) answer.get("report")).contains("\"landslide\" : 2048", "\"layer\" : \"ws:optical\"");
        assertThat(mask("ws:map").getSample(31, 5, 0)).isEqualTo(1);
        assertThat(mask("ws:map").getSample(32, 5, 0)).isZero();
        FeatureTypeInfo polygons = server.catalog.getFeatureTypeByName("ws:map_polygons");
        assertThat(polygons.getFeatureSource(null, null).getFeatures().size()).isEqualTo(1);
        for (String layer : ((String) answer.get("layers")).split(",", -1)) {
            LayerInfo info = server.catalog.getLayerByName(layer);
            assertThat(info.isEnabled()).isTrue();
            assertThat(info.getResource().getSRS()).isEqualTo("EPSG:32632");
            assertThat(info.getResource().getNativeBoundingBox().getMinX()).isEqualTo(600_000);
            assertThat(info.getResource().getLatLonBoundingBox().isEmpty()).isFalse();
            assertThat(info.getResource().getTitle()).endsWith("(map)");
            assertThat(info.getResource().getAbstract())
                    .contains(
                            "the model attentive",
                            "ws:optical and ws:dem",
                            "threshold 0.5",
                            "on cpu",
                            "ONNX Runtime 1.");
            assertThat(info.getResource().getMetadata().get(Entries.PROVENANCE, String.class))
                    .contains("\"checksum\":\"1220", "\"time\":\"2", "\"versions\"");
            assertThat(info.getResource().getMetadataLinks()).hasSize(1);
            assertThat(info.getResource().keywordValues()).contains("landslide");
            assertThat(info.getDefaultStyle().getName()).startsWith("landslide-");
            assertThat(info.getDefaultStyle().getWorkspace().getName()).isEqualTo("ws");
        }
    }

    @Test
    void failing_before_any_step_leaves_nothing() throws Exception {
        failBeforeEachStep(false);
    }

    @Test
    void failing_before_any_step_of_a_replacement_leaves_what_was_there() throws Exception {
        server.segment("ws:optical", "ws", "map", ALL, null, 0.99, false, null);
        // Another style, so that setting it is a step, too.
        failBeforeEachStep(true);
    }

    private void failBeforeEachStep(boolean replace) throws Exception {
        Set<String> before = server.state();
        int steps = 0;
        Client client;
        do {
            steps++;
            client = new Client(steps);
            Client now = client;
            Throwable failure = catchThrowable(() -> server.segment(
                    "ws:optical",
                    "ws",
                    "map",
                    ALL,
                    replace ? "raster,raster,raster,raster,raster" : null,
                    0.5,
                    replace,
                    now));
            if (client.steps.size() < steps) {
                assertThat(failure).isNull();
                break;
            }
            assertThat(failure).hasMessageContaining("dismissed before: " + client.steps.get(steps - 1));
            assertThat(failure.getSuppressed()).isEmpty();
            assertThat(server.state())
                    .as("after failing before: " + client.steps.get(steps - 1))
                    .isEqualTo(before);
        } while (true);
        assertThat(client.steps)
                .contains("write the mask", "move the file map_polygons.gpkg", "finish")
                .contains(
                        replace ? "point the store map at the new file" : "add the layer ws:map_polygons",
                        replace ? "set the style of map_polygons" : "add the style landslide-entropy");
        assertThat(server.state()).isNotEqualTo(before);
    }

    /** Other parts of GeoServer listen to the catalog, and may refuse what has been done already. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void failing_inside_of_any_step_leaves_nothing(boolean replace) throws Exception {
        if (replace) {
            server.segment("ws:optical", "ws", "map", ALL, null, 0.99, false, null);
        }
        Set<String> before = server.state();
        Refusal refusal = new Refusal();
        server.catalog.addListener(refusal);
        int failures = 0;
        while (true) {
            refusal.left = failures + 1;
            Throwable failure = catchThrowable(() -> server.segment("map", ALL, replace, null));
            if (refusal.left > 0) {
                assertThat(failure).isNull();
                break;
            }
            assertThat(failure).hasStackTraceContaining("refused");
            assertThat(server.state()).as("after refusal " + failures).isEqualTo(before);
            failures++;
        }
        assertThat(failures).isGreaterThanOrEqualTo(replace ? 10 : 20);
    }

    /** Refuses the last of a number of changes, once. */
    private static final class Refusal extends AbstractCatalogListener {
        private int left;

        @Override
        public void handleAddEvent(CatalogAddEvent event) {
            refuse();
        }

        @Override
        public void handlePostModifyEvent(CatalogPostModifyEvent event) {
            refuse();
        }

        private void refuse() {
            left--;
            if (left == 0) {
                throw new CatalogException("refused");
            }
        }
    }

    @Test
    void a_replaced_layer_keeps_its_style_and_title_and_its_old_files_for_a_while() throws Exception {
        server.segment("ws:optical", "ws", "map", "mask,polygons", null, 0.99, false, null);
        assertThat(mask("ws:map").getSample(5, 5, 0)).isZero();
        LayerInfo layer = server.catalog.getLayerByName("ws:map");
        StyleInfo raster = server.catalog.getStyleByName("raster");
        layer.setDefaultStyle(raster);
        server.catalog.save(layer);
        CoverageInfo coverage = server.catalog.getCoverageByName("ws:map");
        coverage.setTitle("Mine");
        server.catalog.save(coverage);
        List<Path> old = server.files("map");

        server.segment("map", "mask,polygons", true, null);

        assertThat(mask("ws:map").getSample(5, 5, 0)).isEqualTo(1);
        assertThat(server.catalog.getLayerByName("ws:map").getDefaultStyle().getName())
                .isEqualTo("raster");
        assertThat(server.catalog.getCoverageByName("ws:map").getTitle()).isEqualTo("Mine");
        assertThat(server.catalog.getCoverageByName("ws:map").getAbstract()).contains("threshold 0.5");
        FeatureTypeInfo polygons = server.catalog.getFeatureTypeByName("ws:map_polygons");
        assertThat(polygons.getFeatureSource(null, null).getFeatures().size()).isEqualTo(1);
        assertThat(server.files("map")).hasSize(2).containsAll(old);
        assertThat(server.files("map_polygons")).hasSize(2);

        server.retirement.close();

        assertThat(server.files("map")).hasSize(1).doesNotContainAnyElementsOf(old);
        assertThat(server.files("map_polygons")).hasSize(1);
        assertThat(server.catalog.getStores(StoreInfo.class)).hasSize(4);
        assertThat(polygons.getFeatureSource(null, null).getFeatures().size()).isEqualTo(1);
    }

    @Test
    void an_existing_name_is_an_error_before_anything_is_computed() throws Exception {
        server.segment("map", "mask", false, null);
        Client client = new Client(1);
        assertThatThrownBy(() -> server.segment("map", "mask", false, client))
                .isInstanceOf(ProcessException.class)
                .hasMessage("name is 'map' and there is a layer ws:map already, expected a new name, or replace=true");
        assertThat(client.steps).isEmpty();
    }

    @Test
    void other_peoples_layers_and_other_products_are_not_replaced() throws Exception {
        assertThatThrownBy(() -> server.segment("optical", "mask", true, null))
                .hasMessage(
                        "the layer ws:optical is none that landslide:SegmentLayer made, expected one of the product mask"
                                + " to replace");
        server.segment("map_probability", "mask", false, null);
        assertThatThrownBy(() -> server.segment("map", "probability", true, null))
                .hasMessage(
                        "the layer ws:map_probability is of the product mask, expected one of the product probability"
                                + " to replace");
    }

    @ParameterizedTest
    @EnumSource(CatalogMode.class)
    void a_layer_that_may_not_be_read_is_as_one_that_does_not_exist(CatalogMode mode) throws Exception {
        server.mode = mode;
        String missing = catchThrowable(() -> server.segment("ws:nowhere", "ws", "map", "mask", null, 0.5, false, null))
                .getMessage();
        assertThat(missing)
                .isEqualTo(
                        "layer is 'ws:nowhere', expected the name of a raster layer, as workspace:layer; there is none");
        server.hidden.add("optical");
        Set<String> before = server.state();
        assertThatThrownBy(() -> server.segment("map", "mask", false, null))
                .isInstanceOf(ProcessException.class)
                .hasMessage(missing.replace("nowhere", "optical"))
                .hasNoCause();
        assertThat(server.state()).isEqualTo(before);
    }

    @Test
    void who_does_not_administer_the_workspace_is_refused_before_anything_is_read() throws Exception {
        server.administrator = false;
        server.hidden.add("optical");
        assertThatThrownBy(() -> server.segment("map", "mask", false, null))
                .isInstanceOf(ProcessException.class)
                .hasMessage("workspace is 'ws', expected the name of a workspace that you administer");
        server.administrator = true;
        assertThatThrownBy(() -> server.segment("ws:optical", "elsewhere", "map", "mask", null, 0.5, false, null))
                .hasMessage("workspace is 'elsewhere', expected the name of a workspace that you administer");
    }

    @Test
    void styles_must_exist_and_belong_to_all_or_to_the_workspace() throws Exception {
        assertThatThrownBy(() -> server.segment("ws:optical", "ws", "map", "mask", "pink", 0.5, false, null))
                .hasMessageStartingWith("style is 'pink', expected the name of a style");
        assertThatThrownBy(() -> server.segment("ws:optical", "ws", "map", "mask", "raster,raster", 0.5, false, null))
                .hasMessageStartingWith("style is 'raster,raster', 2 names, expected at most one");
        server.addWorkspace("other");
        StyleInfo foreign = server.catalog.getFactory().createStyle();
        foreign.setName("foreign");
        foreign.setFilename("foreign.sld");
        foreign.setWorkspace(server.catalog.getWorkspaceByName("other"));
        server.catalog.add(foreign);
        assertThatThrownBy(() -> server.segment("ws:optical", "ws", "map", "mask", "other:foreign", 0.5, false, null))
                .hasMessageStartingWith("style is 'other:foreign', expected");
        server.segment("ws:optical", "ws", "map", "mask,probability", ",raster", 0.5, false, null);
        assertThat(server.catalog.getLayerByName("ws:map").getDefaultStyle().getName())
                .isEqualTo("landslide-mask");
        assertThat(server.catalog
                        .getLayerByName("ws:map_probability")
                        .getDefaultStyle()
                        .getName())
                .isEqualTo("raster");
    }

    @Test
    void an_administrators_own_style_of_the_shipped_name_is_used() throws Exception {
        StyleInfo own = server.catalog.getFactory().createStyle();
        own.setName("landslide-mask");
        own.setFilename("landslide-mask.sld");
        server.catalog.add(own);
        server.segment("map", "mask", false, null);
        assertThat(server.catalog.getLayerByName("ws:map").getDefaultStyle().getId())
                .isEqualTo(own.getId());
        assertThat(server.catalog.getStylesByWorkspace("ws")).isEmpty();
    }

    @Test
    void a_name_that_could_leave_the_folder_is_refused() {
        for (String name : List.of("../map", "a b", "ws:map", "", "1st")) {
            assertThatThrownBy(() -> server.segment(name, "mask", false, null))
                    .isInstanceOf(ProcessException.class)
                    .hasMessageStartingWith("name is '" + name + "', expected");
        }
    }

    @Test
    void a_store_in_the_way_is_an_error() throws Exception {
        server.segment("map", "polygons", false, null);
        server.catalog.remove(server.catalog.getLayerByName("ws:map_polygons"));
        assertThatThrownBy(() -> server.segment("map", "polygons", true, null))
                .hasMessageContaining("has a store, a resource or a group of layers 'map_polygons' already");
    }

    @Test
    void a_folder_that_cannot_be_written_is_told_before_anything_is_computed() throws Exception {
        Files.writeString(directory.resolve("data"), "a file where a folder should be");
        Client client = new Client(1);
        assertThatThrownBy(() -> server.segment("map", "mask", false, client))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("the layers cannot be published")
                .hasMessageContaining("is not a folder");
        assertThat(client.steps).isEmpty();
    }

    private Raster mask(String layer) throws Exception {
        GridCoverage2D coverage =
                (GridCoverage2D) server.catalog.getCoverageByName(layer).getGridCoverage(null, null);
        return coverage.getRenderedImage().getData();
    }
}
