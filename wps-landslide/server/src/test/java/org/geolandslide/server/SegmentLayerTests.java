package org.geolandslide.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.geolandslide.model.TinyModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(GeoServerExtension.class)
class SegmentLayerTests {
    private static final int MASK_RED = 0xFFD7301F;

    private final GeoServer server;
    private final Client administrator;

    SegmentLayerTests(GeoServer server) {
        this.server = server;
        this.administrator = server.administrator();
    }

    @BeforeAll
    static void uploadModelsAndPublishLayers(GeoServer server) throws Exception {
        for (TinyModel model : List.of(TinyModel.OPTICAL, TinyModel.ATTENTIVE)) {
            Path file = model.write(server.folder().resolve(model.modelName() + ".zip"), 64, 16);
            assertThat(server.upload(file).status()).isEqualTo(201);
        }
        Checkers.publish(server, "checkers");
    }

    private static Map<String, String> inputs(String name, String... more) {
        Map<String, String> inputs = new HashMap<>(Map.of(
                "layer", "landslide:checkers",
                "model", "optical-only",
                "workspace", "landslide",
                "name", name));
        for (int i = 0; i < more.length; i += 2) {
            inputs.put(more[i], more[i + 1]);
        }
        return inputs;
    }

    private Execution run(Client client, Map<String, String> inputs) throws Exception {
        return Execution.of(client.execute(Execution.segmentLayer(false, inputs)));
    }

    private boolean exists(String layer) throws Exception {
        return administrator.get("/rest/layers/landslide:" + layer + ".json").status() == 200;
    }

    private List<String> filesOf(String name) throws IOException {
        Path folder = server.folder().resolve("data/data/landslide/landslide");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(file -> file.contains(name) || file.contains(".unfinished"))
                    .toList();
        }
    }

    private static long red(BufferedImage map) {
        long red = 0;
        for (int y = 0; y < map.getHeight(); y++) {
            for (int x = 0; x < map.getWidth(); x++) {
                red += map.getRGB(x, y) == MASK_RED ? 1 : 0;
            }
        }
        return red;
    }

    @Test
    void a_published_mask_of_several_tiles_shows_every_pixel_as_it_is() throws Exception {
        Execution execution = run(administrator, inputs("whole", "products", "mask,probability,polygons"));
        assertThat(execution.state()).as(execution.message()).isEqualTo("ProcessSucceeded");
        assertThat(execution.outputs().get("layers"))
                .isEqualTo("landslide:whole,landslide:whole_probability,landslide:whole_polygons");
        JsonNode report = new ObjectMapper().readTree(execution.outputs().get("report"));
        assertThat(report.at("/pixels/landslide").asInt()).isEqualTo(Checkers.FIELDS * 90 * 50);
        assertThat(report.at("/model/name").asText()).isEqualTo("optical-only");

        assertThat(wrongPixels("whole")).isZero();
        // Half the size: an overview, with the field's inner pixels.
        BufferedImage half = administrator
                .map("landslide:whole", "", Checkers.CRS_CODE, Checkers.BOUNDS, Checkers.WIDTH / 2, Checkers.HEIGHT / 2)
                .picture();
        assertThat(red(half)).isBetween(Checkers.FIELDS * 44L * 24, Checkers.FIELDS * 46L * 26);
        BufferedImage probability = administrator
                .map("landslide:whole_probability", "", Checkers.CRS_CODE, Checkers.BOUNDS, 1300, 700)
                .picture();
        assertThat(probability.getRGB(1300 - 130 + 60, 700 - 70 + 30) & 0xFF0000)
                .isGreaterThan(0x900000);
        assertThat(probability.getRGB(5, 5) >>> 24).isLessThan(40);
    }

    private int wrongPixels(String mask) throws Exception {
        BufferedImage map = administrator
                .map("landslide:" + mask, "", Checkers.CRS_CODE, Checkers.BOUNDS, Checkers.WIDTH, Checkers.HEIGHT)
                .picture();
        int wrong = 0;
        for (int y = 0; y < Checkers.HEIGHT; y++) {
            for (int x = 0; x < Checkers.WIDTH; x++) {
                wrong += (map.getRGB(x, y) == MASK_RED) == Checkers.red(x, y) ? 0 : 1;
            }
        }
        return wrong;
    }

    @Test
    void a_mosaic_of_several_files_is_one_raster() throws Exception {
        Checkers.publishMosaic(server, "mosaic");

        Execution execution = run(administrator, inputs("of_mosaic", "layer", "landslide:mosaic"));

        assertThat(execution.state()).as(execution.message()).isEqualTo("ProcessSucceeded");
        assertThat(wrongPixels("of_mosaic")).isZero();
    }

    @Test
    void polygons_come_by_wfs_with_their_areas() throws Exception {
        Execution execution = run(administrator, inputs("fields", "products", "polygons"));
        assertThat(execution.state()).as(execution.message()).isEqualTo("ProcessSucceeded");
        JsonNode features = administrator
                .get("/wfs?service=WFS&version=2.0.0&request=GetFeature&outputFormat=application/json"
                        + "&typeNames=landslide:fields_polygons")
                .json()
                .get("features");
        assertThat(features).hasSize(Checkers.FIELDS);
        features.forEach(feature -> assertThat(feature.at("/properties/area_m2").asDouble())
                .isCloseTo(Checkers.FIELD_SQUARE_METRES, within(40d)));
    }

    @Test
    void all_products_are_layers_with_a_legend() throws Exception {
        Execution execution = run(
                administrator,
                inputs(
                        "every",
                        "layer",
                        "landslide:optical",
                        "demLayer",
                        "landslide:dem",
                        "model",
                        "attentive",
                        "products",
                        "mask,probability,entropy,attention,polygons"));
        assertThat(execution.state()).as(execution.message()).isEqualTo("ProcessSucceeded");
        String[] layers = execution.outputs().get("layers").split(",");
        assertThat(layers).hasSize(5);
        for (String layer : layers) {
            BufferedImage legend = administrator
                    .get("/wms?service=WMS&version=1.1.1&request=GetLegendGraphic&format=image/png&layer=" + layer)
                    .picture();
            assertThat(legend.getHeight()).as(layer).isGreaterThan(10);
            administrator
                    .map(layer, "", "EPSG:3857", "1224300,5934700,1225800,5936100", 300, 280)
                    .picture();
        }
    }

    @Test
    void an_asynchronous_run_tells_its_progress_and_ends_with_layers() throws Exception {
        Map<String, String> inputs = inputs("later", "resolution", "1", "augment", "true");
        Execution accepted = Execution.of(administrator.execute(Execution.segmentLayer(true, inputs)));
        int most = 0;
        Execution now = accepted;
        while (now.goesOn()) {
            most = Math.max(most, now.percent().orElse(0));
            Thread.sleep(100);
            now = Execution.of(administrator.follow(accepted.location().orElseThrow()));
        }
        assertThat(now.state()).as(now.message()).isEqualTo("ProcessSucceeded");
        assertThat(now.outputs()).containsEntry("layers", "landslide:later");
        assertThat(most).isBetween(1, 100);
        assertThat(exists("later")).isTrue();
    }

    @Test
    void a_dismissed_run_stops_and_leaves_nothing() throws Exception {
        // Sixteen times the pixels, eight times each.
        Map<String, String> inputs =
                inputs("dismissed", "resolution", "0.5", "augment", "true", "products", "mask,probability,polygons");
        Execution accepted = Execution.of(administrator.execute(Execution.segmentLayer(true, inputs)));
        Execution now = accepted;
        while (now.goesOn() && now.percent().orElse(0) < 1) {
            Thread.sleep(100);
            now = Execution.of(administrator.follow(accepted.location().orElseThrow()));
        }
        assertThat(now.state()).as(now.message()).isEqualTo("ProcessStarted");
        Answer dismissed =
                administrator.get("/ows?service=WPS&version=1.0.0&request=Dismiss&executionId=" + accepted.id());
        assertThat(dismissed.status()).as(dismissed.text()).isEqualTo(200);
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!filesOf("dismissed").isEmpty()) {
            assertThat(Instant.now()).as("left: " + filesOf("dismissed")).isBefore(end);
            Thread.sleep(200);
        }
        assertThat(exists("dismissed")).isFalse();
        // What was taken is free again.
        assertThat(run(administrator, inputs("dismissed")).state()).isEqualTo("ProcessSucceeded");
    }

    @Test
    void a_layer_is_replaced_only_if_that_is_asked_for() throws Exception {
        assertThat(run(administrator, inputs("again")).state()).isEqualTo("ProcessSucceeded");
        Execution refused = run(administrator, inputs("again", "threshold", "0.99"));
        assertThat(refused.message()).contains("there is a layer landslide:again already");
        assertThat(run(administrator, inputs("again", "threshold", "0.99", "replace", "true"))
                        .state())
                .isEqualTo("ProcessSucceeded");
        BufferedImage map = administrator
                .map("landslide:again", "", Checkers.CRS_CODE, Checkers.BOUNDS, Checkers.WIDTH, Checkers.HEIGHT)
                .picture();
        assertThat(red(map)).isZero();
    }

    @Test
    void only_who_administers_the_workspace_publishes() throws Exception {
        String user = "{\"user\": {\"userName\": \"reader\", \"password\": \"reader-password\", \"enabled\": true}}";
        assertThat(administrator
                        .send(
                                "POST",
                                "/rest/security/usergroup/users",
                                "application/json",
                                user.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(201);
        Client reader = new Client(server.address(), "reader", "reader-password");
        String refusal = run(server.anonymous(), inputs("forbidden")).message();
        assertThat(refusal).contains("workspace");
        assertThat(run(reader, inputs("forbidden")).message()).isEqualTo(refusal);
        Execution nowhere = run(server.anonymous(), inputs("forbidden", "workspace", "nowhere"));
        assertThat(nowhere.message()).isEqualTo(refusal.replace("landslide", "nowhere"));
        assertThat(exists("forbidden")).isFalse();
        assertThat(filesOf("forbidden")).isEmpty();
    }

    @Test
    void only_administrators_manage_models() throws Exception {
        assertThat(server.anonymous().get("/rest/landslide/models").status()).isEqualTo(401);
        byte[] modelPackage =
                Files.readAllBytes(TinyModel.COLUMN.write(server.folder().resolve("column.zip"), 64, 16));
        assertThat(server.anonymous()
                        .send("POST", "/rest/landslide/models", "application/zip", modelPackage)
                        .status())
                .isEqualTo(401);
        assertThat(administrator
                        .send("POST", "/rest/landslide/models", "application/zip", modelPackage)
                        .status())
                .isEqualTo(201);
        assertThat(administrator.get("/rest/landslide/models").json().findValuesAsText("name"))
                .contains("column", "optical-only", "rmau-net-optical");
        assertThat(administrator
                        .send("DELETE", "/rest/landslide/models/column", "", new byte[0])
                        .status())
                .isBetween(200, 204);
        assertThat(administrator.get("/rest/landslide/models").json().findValuesAsText("name"))
                .doesNotContain("column");
    }

    @Test
    void the_live_style_draws_what_the_model_says_about_the_map() throws Exception {
        BufferedImage shipped = administrator
                .map(
                        "landslide:optical",
                        "landslide-live",
                        Checkers.CRS_CODE,
                        "652300,5203200,652700,5203500",
                        200,
                        150)
                .picture();
        assertThat(shipped.getWidth()).isEqualTo(200);

        String style = Files.readString(Path.of("..", "..", "geoserver-data", "styles", "landslide-live.sld"))
                .replaceFirst(
                        "(<ogc:Literal>data</ogc:Literal>\\s*</ogc:Function>)",
                        "$1<ogc:Function name=\"parameter\"><ogc:Literal>model</ogc:Literal>"
                                + "<ogc:Literal>optical-only</ogc:Literal></ogc:Function>");
        assertThat(style).contains("optical-only");
        assertThat(administrator
                        .send(
                                "POST",
                                "/rest/workspaces/landslide/styles?name=live-arithmetic",
                                "application/vnd.ogc.sld+xml",
                                style.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(201);
        // Pixels of the raster, 200 x 150 of them around a corner of four fields.
        int left = 300;
        int top = 200;
        String bounds = (640_000 + 2 * left) + "," + (5_200_000 - 2 * (top + 150)) + "," + (640_000 + 2 * (left + 200))
                + "," + (5_200_000 - 2 * top);
        BufferedImage map = administrator
                .map("landslide:checkers", "live-arithmetic", Checkers.CRS_CODE, bounds, 200, 150)
                .picture();
        int wrong = 0;
        for (int y = 0; y < 150; y++) {
            for (int x = 0; x < 200; x++) {
                boolean opaque = map.getRGB(x, y) >>> 24 > 200;
                wrong += opaque == Checkers.red(left + x, top + y) ? 0 : 1;
            }
        }
        assertThat(wrong).isZero();
    }
}
