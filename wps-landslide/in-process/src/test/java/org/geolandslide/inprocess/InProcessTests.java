package org.geolandslide.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.geoserver.catalog.CoverageInfo;
import org.geoserver.catalog.LayerInfo;
import org.geoserver.security.AccessMode;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.junit.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.w3c.dom.Document;

/** The plugin in a GeoServer in this process. JUnit 4, for GeoServer's test support is. */
public class InProcessTests extends ServerTestSupport {
    private static final int MASK_RED = 0xFFD7301F;

    @Test
    public void every_example_request_succeeds() throws Exception {
        loginAsAdministrator();
        List<String> files;
        try (Stream<Path> requests = Files.list(GEOSERVER_DATA.resolve("requests"))) {
            files = requests.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        for (String file : files) {
            if (file.contains("async")) {
                requireSucceeded(submitAsynchronous(request(file), 120));
            } else {
                String answer = postAsServletResponse("wps", request(file)).getContentAsString();
                assertThat(answer).as(file).isNotBlank().doesNotContain("ExceptionText");
            }
        }
        assertThat(parse(postAsServletResponse("wps", request("segment-geojson.xml")))
                        .get("features"))
                .isNotEmpty();
    }

    @Test
    public void layers_are_published_with_what_made_them_and_wms_shows_every_pixel() throws Exception {
        loginAsAdministrator();
        Document document = postAsDOM("wps", segmentLayer("whole", "products", "mask,probability,polygons"));
        requireSucceeded(document);
        assertThat(output("layers", document))
                .isEqualTo("landslide:whole,landslide:whole_probability,landslide:whole_polygons");
        JsonNode report = parse(output("report", document));
        LayerInfo mask = getCatalog().getLayerByName("landslide:whole");
        assertThat(mask.getDefaultStyle().getName()).isEqualTo("landslide-mask");
        CoverageInfo coverage = (CoverageInfo) mask.getResource();
        assertThat(coverage.getAbstract()).contains("fusion-synthetic");
        assertThat(coverage.getMetadata()).isNotEmpty();
        ReferencedEnvelope box = coverage.getNativeBoundingBox();
        BufferedImage map = getAsImage(
                "wms?service=WMS&version=1.1.1&request=GetMap&layers=landslide:whole&styles=&format=image/png&width=512&height=512"
                        + "&srs=" + coverage.getSRS() + "&bbox=" + box.getMinX() + "," + box.getMinY() + ","
                        + box.getMaxX() + "," + box.getMaxY(),
                "image/png");
        int red = 0;
        for (int y = 0; y < map.getHeight(); y++) {
            for (int x = 0; x < map.getWidth(); x++) {
                red += map.getRGB(x, y) == MASK_RED ? 1 : 0;
            }
        }
        assertThat(red).isEqualTo(report.at("/pixels/landslide").asInt()).isGreaterThan(1000);
    }

    @Test
    public void an_existing_name_is_refused_and_replaced_only_if_that_is_asked_for() throws Exception {
        loginAsAdministrator();
        requireSucceeded(postAsDOM("wps", segmentLayer("again")));
        String id = getCatalog().getLayerByName("landslide:again").getId();
        assertThat(failure(postAsDOM("wps", segmentLayer("again")))).contains("again");
        requireSucceeded(postAsDOM("wps", segmentLayer("again", "replace", "true", "threshold", "0.9")));
        assertThat(getCatalog().getLayerByName("landslide:again").getId()).isEqualTo(id);
    }

    @Test
    public void who_does_not_administer_the_workspace_publishes_nothing() throws Exception {
        login("somebody", "secret", "ROLE_AUTHENTICATED");
        assertThat(failure(postAsDOM("wps", segmentLayer("refused")))).contains("workspace");
        loginAsAdministrator();
        assertThat(traces("refused")).isEmpty();
    }

    @Test
    public void a_layer_that_may_not_be_read_is_answered_as_one_that_does_not_exist() throws Exception {
        addLayerAccessRule(WORKSPACE, "dem", AccessMode.READ, "ROLE_GEOLOGIST");
        addLayerAccessRule(WORKSPACE, "*", AccessMode.ADMIN, "ROLE_PUBLISHER");
        login("publisher", "secret", "ROLE_PUBLISHER");
        String secret = failure(postAsDOM("wps", segmentLayer("hidden")));
        String missing = failure(postAsDOM("wps", segmentLayer("hidden", "demLayer", "landslide:nowhere")));
        assertThat(secret).isEqualTo(missing.replace("landslide:nowhere", "landslide:dem"));
        login("geologist", "secret", "ROLE_PUBLISHER", "ROLE_GEOLOGIST");
        requireSucceeded(postAsDOM("wps", segmentLayer("seen")));
    }

    @Test
    public void a_dismissed_run_leaves_nothing() throws Exception {
        loginAsAdministrator();
        // Each pixel 16 times, for eight symmetries.
        String xml = segmentLayer("dismissed", "asynchronous", "true", "resolution", "0.5", "augment", "true");
        String location = text("//wps:ExecuteResponse/@statusLocation", postAsDOM("wps", xml));
        String status = location.substring(location.indexOf("ows?"));
        waitForProcessStart(status, 60);
        MockHttpServletResponse answer = getAsServletResponse(status.replace("GetExecutionStatus", "Dismiss"));
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(200);
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> traces("dismissed")
                .isEmpty());
        // What was taken is free again.
        requireSucceeded(postAsDOM("wps", segmentLayer("dismissed")));
    }

    @Test
    public void models_are_managed_over_rest_by_administrators() throws Exception {
        loginAsAdministrator();
        JsonNode models = parse(getAsServletResponse("rest/landslide/models.json"));
        assertThat(models.toString()).contains("rmau-net-optical", "fusion-synthetic");
        JsonNode one = parse(getAsServletResponse("rest/landslide/models/fusion-synthetic"));
        assertThat(one.toString()).contains("threshold");
        assertThat(deleteAsServletResponse("rest/landslide/models/nobody").getStatus())
                .isEqualTo(404);
    }
}
