package org.geolandslide.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every request in {@code geoserver-data/requests} is sent as it is. */
@ExtendWith(GeoServerExtension.class)
class ExampleRequestsTests {
    private static final Path REQUESTS = Path.of("..", "..", "geoserver-data", "requests");
    private static final String SCENE = "652000,5202976,653024,5204000";

    private final GeoServer server;
    private final Client administrator;

    ExampleRequestsTests(GeoServer server) {
        this.server = server;
        this.administrator = server.administrator();
    }

    static List<String> requests() throws IOException {
        try (Stream<Path> files = Files.list(REQUESTS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void the_request_is_answered(String file) throws Exception {
        Answer answer = administrator.execute(Files.readString(REQUESTS.resolve(file)));
        assertThat(answer.status()).isEqualTo(200);
        switch (file) {
            case "list-models.xml" ->
                assertThat(answer.json().get("models").findValuesAsText("name"))
                        .contains("fusion-optical-dem", "rmau-net-bijie", "rmau-net-optical");
            case "segment-geojson.xml" -> requireFeatures(answer, "area_m2", "perim_m", "prob_mean", "prob_max");
            case "detect-geojson.xml" -> requireFeatures(answer, "prob", "landslide", "valid", "row", "col");
            case "segment-and-publish.xml" -> {
                assertThat(answer.text()).isEqualTo("landslide:landslides");
                requireMaps("landslide:landslides");
            }
            case "segment-layer.xml", "segment-layer-async.xml" -> {
                Execution execution = Execution.of(answer).await(administrator);
                assertThat(execution.state()).as(execution.message()).isEqualTo("ProcessSucceeded");
                String[] layers = execution.outputs().get("layers").split(",");
                assertThat(layers).hasSize(3);
                requireMaps(layers);
                JsonNode report =
                        new ObjectMapper().readTree(execution.outputs().get("report"));
                assertThat(report.at("/pixels/valid").asLong()).isBetween(1L, 512L * 512);
            }
            default -> throw new AssertionError("no test knows what " + file + " answers");
        }
    }

    private static void requireFeatures(Answer answer, String... properties) throws IOException {
        JsonNode collection = answer.json();
        assertThat(collection.get("type").asText()).isEqualTo("FeatureCollection");
        for (JsonNode feature : collection.get("features")) {
            assertThat(feature.get("properties").fieldNames()).toIterable().containsExactlyInAnyOrder(properties);
            JsonNode first = feature.at("/geometry/coordinates/0/0");
            assertThat(first.get(0).asDouble()).as("longitude").isBetween(10.99, 11.02);
            assertThat(first.get(1).asDouble()).as("latitude").isBetween(46.96, 46.98);
        }
    }

    private void requireMaps(String... layers) throws Exception {
        for (String layer : layers) {
            assertThat(administrator
                            .map(layer, "", "EPSG:32632", SCENE, 256, 256)
                            .picture()
                            .getWidth())
                    .isEqualTo(256);
        }
    }

    @Test
    void the_sample_layers_are_drawn_and_shown_to_everybody() throws Exception {
        for (String layer : List.of("optical", "dem", "truth")) {
            var map = server.anonymous()
                    .map("landslide:" + layer, "", "EPSG:32632", SCENE, 256, 256)
                    .picture();
            long colours = Stream.iterate(0, i -> i + 1)
                    .limit(256 * 256)
                    .map(i -> map.getRGB(i % 256, i / 256))
                    .distinct()
                    .count();
            assertThat(colours).as(layer).isGreaterThan(layer.equals("truth") ? 1 : 50);
        }
    }

    @Test
    void the_status_page_tells_of_the_plugin() throws Exception {
        Answer status = administrator.get("/rest/about/status/gs-landslide.html");
        assertThat(status.status()).as(status.text()).isEqualTo(200);
        assertThat(status.text()).contains("ONNX Runtime", "rmau-net-optical");
        String capabilities = server.anonymous()
                .get("/ows?service=WPS&version=1.0.0&request=GetCapabilities")
                .text();
        for (String process : List.of("Segment", "SegmentLayer", "Detect", "LiveSegment", "ListModels")) {
            assertThat(capabilities).contains("<ows:Identifier>landslide:" + process + "</ows:Identifier>");
        }
    }
}
