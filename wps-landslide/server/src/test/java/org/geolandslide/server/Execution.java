package org.geolandslide.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * An answer of WPS 1.0 to an Execute request.
 *
 * @param state local name of the status element, such as {@code ProcessSucceeded}, or {@code ExceptionReport}
 * @param message the status in words, or the exceptions'
 * @param percent how far the work has come, if it has begun and is not done
 * @param location where the status is, for an asynchronous execution
 * @param outputs literal outputs
 */
record Execution(
        String state, String message, Optional<Integer> percent, Optional<URI> location, Map<String, String> outputs) {
    private static final String WPS = "http://www.opengis.net/wps/1.0.0";
    private static final String OWS = "http://www.opengis.net/ows/1.1";

    /** A request for {@code landslide:SegmentLayer}. */
    static String segmentLayer(boolean asynchronous, Map<String, String> inputs) {
        StringBuilder xml = new StringBuilder(
                "<wps:Execute version=\"1.0.0\" service=\"WPS\" xmlns:wps=\"" + WPS + "\" xmlns:ows=\"" + OWS
                        + "\"><ows:Identifier>landslide:SegmentLayer</ows:Identifier><wps:DataInputs>");
        new TreeMap<>(inputs).forEach((name, value) -> xml.append("<wps:Input><ows:Identifier>")
                .append(name)
                .append("</ows:Identifier><wps:Data><wps:LiteralData>")
                .append(value)
                .append("</wps:LiteralData></wps:Data></wps:Input>"));
        return xml.append("</wps:DataInputs><wps:ResponseForm><wps:ResponseDocument")
                .append(asynchronous ? " storeExecuteResponse=\"true\" status=\"true\"" : "")
                .append(
                        "><wps:Output><ows:Identifier>layers</ows:Identifier></wps:Output><wps:Output><ows:Identifier>report")
                .append("</ows:Identifier></wps:Output></wps:ResponseDocument></wps:ResponseForm></wps:Execute>")
                .toString();
    }

    static Execution of(Answer answer) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.body()));
        Element root = document.getDocumentElement();
        if (root.getLocalName().equals("ExceptionReport")) {
            return new Execution(
                    "ExceptionReport", root.getTextContent().strip(), Optional.empty(), Optional.empty(), Map.of());
        }
        assertThat(root.getLocalName()).as(answer.text()).isEqualTo("ExecuteResponse");
        Element status =
                (Element) ((Element) root.getElementsByTagNameNS(WPS, "Status").item(0))
                        .getElementsByTagNameNS(WPS, "*")
                        .item(0);
        Map<String, String> outputs = new TreeMap<>();
        NodeList nodes = root.getElementsByTagNameNS(WPS, "Output");
        for (int i = 0; i < nodes.getLength(); i++) {
            Element output = (Element) nodes.item(i);
            NodeList literal = output.getElementsByTagNameNS(WPS, "LiteralData");
            if (literal.getLength() == 1) {
                outputs.put(
                        output.getElementsByTagNameNS(OWS, "Identifier").item(0).getTextContent(),
                        literal.item(0).getTextContent());
            }
        }
        String percent = status.getAttribute("percentCompleted");
        String location = root.getAttribute("statusLocation");
        return new Execution(
                status.getLocalName(),
                status.getTextContent().strip(),
                percent.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(percent)),
                location.isEmpty() ? Optional.empty() : Optional.of(URI.create(location)),
                outputs);
    }

    /** Whether the work goes on. */
    boolean goesOn() {
        return state.equals("ProcessAccepted") || state.equals("ProcessStarted");
    }

    /** What an asynchronous execution comes to. */
    Execution await(Client client) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(10));
        Execution now = this;
        while (now.goesOn()) {
            assertThat(Instant.now()).as("still " + now).isBefore(end);
            Thread.sleep(200);
            now = of(client.follow(location.orElseThrow()));
        }
        return now;
    }

    /** Identifier that Dismiss asks for. */
    String id() {
        return location.orElseThrow().getQuery().replaceFirst(".*executionId=", "");
    }
}
