package org.geolandslide.segmentation.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.geotools.feature.NameImpl;
import org.geotools.process.Processors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The example requests name the inputs and outputs that the processes have, in the form that GeoServer's WPS 1.0 takes. */
class ExampleRequestsTests {
    private static final String WPS = "http://www.opengis.net/wps/1.0.0";
    private static final String OWS = "http://www.opengis.net/ows/1.1";

    static List<Path> requests() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "..", "geoserver-data", "requests"))) {
            // landslide:SegmentLayer needs a catalog: the binding's tests have its requests.
            return files.filter(file -> file.toString().endsWith(".xml")
                            && !file.getFileName().toString().startsWith("segment-layer"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void processes_inputs_and_outputs_exist(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        List<Element> executes = new ArrayList<>(List.of(root));
        var nested = root.getElementsByTagNameNS(WPS, "Execute");
        for (int i = 0; i < nested.getLength(); i++) {
            executes.add((Element) nested.item(i));
        }
        int ours = 0;
        for (Element execute : executes) {
            assertThat(execute.getLocalName()).isEqualTo("Execute");
            assertThat(execute.getAttribute("service")).isEqualTo("WPS");
            assertThat(execute.getAttribute("version")).isEqualTo("1.0.0");
            // GeoServer fails on a request that leaves its inputs out, even where there are none.
            Element inputs = child(execute, "DataInputs");
            String process = identifier(execute);
            if (process.startsWith("landslide:")) {
                ours++;
                NameImpl name = new NameImpl("landslide", process.substring("landslide:".length()));
                for (Element input : children(inputs, "Input")) {
                    assertThat(Processors.getParameterInfo(name)).containsKey(identifier(input));
                }
                assertThat(Processors.getResultInfo(name, Map.of()))
                        .containsKey(output(child(execute, "ResponseForm")));
            }
        }
        assertThat(ours).isEqualTo(1);
    }

    /** The output that is asked for; a nested request must not use RawDataOutput, which takes the first one. */
    private static String output(Element form) {
        for (Element document : children(form, "ResponseDocument")) {
            return identifier(child(document, "Output"));
        }
        assertThat(form.getParentNode().getParentNode().getNodeType())
                .as("a raw output in a nested request")
                .isEqualTo(Node.DOCUMENT_NODE);
        return identifier(child(form, "RawDataOutput"));
    }

    private static String identifier(Element parent) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && OWS.equals(element.getNamespaceURI())
                    && element.getLocalName().equals("Identifier")) {
                return element.getTextContent();
            }
        }
        throw new AssertionError("no identifier in " + parent.getNodeName());
    }

    private static Element child(Element parent, String name) {
        List<Element> children = children(parent, name);
        assertThat(children).as(name).hasSize(1);
        return children.get(0);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element
                    && WPS.equals(element.getNamespaceURI())
                    && element.getLocalName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}
