package org.geolandslide.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.apache.commons.io.FileUtils;
import org.geoserver.catalog.StoreInfo;
import org.geoserver.data.test.SystemTestData;
import org.geoserver.wps.WPSTestSupport;
import org.junit.After;
import org.springframework.mock.web.MockHttpServletResponse;
import org.w3c.dom.Document;

/**
 * A GeoServer in this process, by its own test support, with the plugin on the class path and the sample scene and the models of {@code
 * geoserver-data} in its data directory.
 */
public abstract class ServerTestSupport extends WPSTestSupport {
    static final Path GEOSERVER_DATA = Path.of("..", "..", "geoserver-data");
    static final String WORKSPACE = "landslide";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected void setUpTestData(SystemTestData testData) throws Exception {
        super.setUpTestData(testData);
        FileUtils.copyDirectory(
                GEOSERVER_DATA.resolve("landslide").toFile(),
                testData.getDataDirectoryRoot().toPath().resolve("landslide").toFile());
    }

    @Override
    protected void onSetUp(SystemTestData testData) throws Exception {
        super.onSetUp(testData);
        for (String name : new String[] {"optical", "dem"}) {
            testData.addRasterLayer(
                    new QName("http://" + WORKSPACE, name, WORKSPACE),
                    name + ".tif",
                    null,
                    Map.of(),
                    ServerTestSupport.class,
                    getCatalog());
        }
    }

    @After
    public void leave() {
        logout();
    }

    final void loginAsAdministrator() {
        login("admin", "geoserver", "ROLE_ADMINISTRATOR");
    }

    static String request(String file) throws IOException {
        return Files.readString(GEOSERVER_DATA.resolve("requests").resolve(file));
    }

    /** A request of SegmentLayer on the sample scene. */
    static String segmentLayer(String name, String... more) {
        Map<String, String> inputs = new TreeMap<>(Map.of(
                "layer",
                WORKSPACE + ":optical",
                "demLayer",
                WORKSPACE + ":dem",
                "model",
                "fusion-synthetic",
                "workspace",
                WORKSPACE,
                "name",
                name));
        for (int i = 0; i < more.length; i += 2) {
            inputs.put(more[i], more[i + 1]);
        }
        boolean asynchronous = "true".equals(inputs.remove("asynchronous"));
        StringBuilder xml = new StringBuilder();
        inputs.forEach((input, value) -> xml.append("<wps:Input><ows:Identifier>")
                .append(input)
                .append("</ows:Identifier><wps:Data><wps:LiteralData>")
                .append(value)
                .append("</wps:LiteralData></wps:Data></wps:Input>"));
        return """
                <wps:Execute version="1.0.0" service="WPS" xmlns:wps="http://www.opengis.net/wps/1.0.0"
                    xmlns:ows="http://www.opengis.net/ows/1.1">
                  <ows:Identifier>landslide:SegmentLayer</ows:Identifier>
                  <wps:DataInputs>%s</wps:DataInputs>
                  <wps:ResponseForm><wps:ResponseDocument storeExecuteResponse="%s" status="%s">
                    <wps:Output><ows:Identifier>layers</ows:Identifier></wps:Output>
                    <wps:Output><ows:Identifier>report</ows:Identifier></wps:Output>
                  </wps:ResponseDocument></wps:ResponseForm>
                </wps:Execute>
                """
                .formatted(xml, asynchronous, asynchronous);
    }

    /** What a document says at a path; empty if it has no such node. */
    static String text(String path, Document document) throws Exception {
        return xp.evaluate(path, document);
    }

    static String output(String name, Document document) throws Exception {
        return text("//wps:Output[ows:Identifier='" + name + "']/wps:Data/*", document);
    }

    static void requireSucceeded(Document document) throws Exception {
        assertThat(xp.getMatchingNodes("//wps:ProcessSucceeded", document).getLength())
                .as(text("//ows:ExceptionText", document))
                .isEqualTo(1);
    }

    /** The message of a failed execution. */
    static String failure(Document document) throws Exception {
        assertThat(xp.getMatchingNodes("//ows:ExceptionText", document).getLength())
                .as("failures")
                .isPositive();
        return text("//ows:ExceptionText", document);
    }

    static JsonNode parse(String text) throws IOException {
        return JSON.readTree(text);
    }

    final JsonNode parse(MockHttpServletResponse response) throws IOException {
        return parse(response.getContentAsString());
    }

    /** Layers, stores, styles and files that have a name in theirs. */
    final List<String> traces(String name) throws IOException {
        List<String> all = new ArrayList<>();
        getCatalog().getLayers().forEach(layer -> all.add("layer " + layer.getName()));
        getCatalog().getStores(StoreInfo.class).forEach(store -> all.add("store " + store.getName()));
        getCatalog().getStyles().forEach(style -> all.add("style " + style.getName()));
        Path root = getDataDirectory().root().toPath();
        try (Stream<Path> files = Files.walk(root)) {
            files.forEach(file -> all.add("file " + root.relativize(file)));
        }
        return all.stream().filter(trace -> trace.contains(name)).toList();
    }
}
