package org.geolandslide.mappage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Serves the page as GeoServer does, and answers its requests with what GeoServer 2.26.2 answered. It knows one user, {@value #USER} with the
 * password {@value #PASSWORD}; whoever has not signed in may look and not run.
 */
final class RecordedServer implements AutoCloseable {
    static final String USER = "anna";
    /** With characters that need care in a header. */
    static final String PASSWORD = "grün:42";

    static final String JOB = "5c2a4a8e-0f7e-4c5e-9c0b-3d2a6ef0c1de";

    private static final Path PAGE = Path.of("..", "..", "geoserver-data", "www", "landslide");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Document> executions = new CopyOnWriteArrayList<>();
    private final Deque<String> states = new ArrayDeque<>();
    private volatile boolean geoPackages = true;
    private volatile boolean closed;
    private volatile String models = "models.json";

    RecordedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Address of the page. */
    String page() {
        return "http://localhost:" + server.getAddress().getPort() + "/geoserver/www/landslide/index.html";
    }

    /** What a job says each time when it is asked: names of recorded answers; the last one stays. */
    void job(String... recorded) {
        synchronized (states) {
            states.clear();
            states.addAll(Arrays.asList(recorded));
        }
    }

    /** Whether WFS writes GeoPackages, which takes an extension. */
    void writesGeoPackages(boolean writes) {
        geoPackages = writes;
    }

    /** Whether nobody may see anything without signing in. */
    void closedToAnonymous(boolean hides) {
        closed = hides;
    }

    /** The recorded list of models. */
    void models(String recorded) {
        models = recorded;
    }

    /** Forgets all that was asked and set. */
    void reset() {
        requests.clear();
        executions.clear();
        job("started-29.xml", "started-64.xml", "succeeded.xml");
        writesGeoPackages(true);
        closedToAnonymous(false);
        models("models.json");
    }

    /** What was asked so far: method, path and query, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The inputs of the last Execute request of a process. */
    Map<String, String> inputsOf(String process) {
        Document execution = executions.stream()
                .filter(document ->
                        text(document.getDocumentElement(), "Identifier").equals(process))
                .reduce((before, after) -> after)
                .orElseThrow(() -> new AssertionError("nobody ran " + process));
        Map<String, String> inputs = new LinkedHashMap<>();
        for (Element input : elements(execution.getDocumentElement(), "Input")) {
            inputs.put(text(input, "Identifier"), text(input, "Data").strip());
        }
        return inputs;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String path = uri.getPath();
            Answer answer;
            if (path.startsWith("/geoserver/www/landslide/")) {
                answer = file(path.substring("/geoserver/www/landslide/".length()));
                exchange.getResponseHeaders().set("Cache-Control", "max-age=3600");
            } else {
                requests.add(exchange.getRequestMethod() + " " + path.substring("/geoserver/".length())
                        + Optional.ofNullable(uri.getQuery())
                                .map(query -> "?" + query)
                                .orElse(""));
                answer = guarded(exchange, path.substring("/geoserver/".length()));
            }
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            if (answer.status() == 401) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"GeoServer Realm\"");
            }
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (RuntimeException e) {
            e.printStackTrace();
            throw e;
        }
    }

    private record Answer(int status, String type, byte[] body) {
        static Answer of(String type, String body) {
            return new Answer(200, type, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Answer file(String name) throws IOException {
        Path file = PAGE.resolve(name);
        if (name.contains("..") || !Files.isRegularFile(file)) {
            return new Answer(404, "text/plain", new byte[0]);
        }
        String type =
                switch (name.substring(name.lastIndexOf('.') + 1)) {
                    case "html" -> "text/html";
                    case "css" -> "text/css";
                    case "js" -> "text/javascript";
                    default -> "image/svg+xml";
                };
        return new Answer(200, type, Files.readAllBytes(file));
    }

    private Answer guarded(HttpExchange exchange, String path) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        String expected =
                "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        boolean known = expected.equals(given);
        if ((given != null || closed || path.startsWith("rest/")) && !known) {
            return new Answer(401, "text/html", new byte[0]);
        }
        if (path.startsWith("rest/")) {
            return rest(path);
        }
        return exchange.getRequestMethod().equals("POST")
                ? execute(exchange.getRequestBody(), known)
                : ows(parameters(exchange.getRequestURI()));
    }

    private static Answer rest(String path) {
        if (path.endsWith("featuretypes/run_polygons.json")) {
            return Answer.of("application/json", recorded("feature-type.json"));
        }
        if (path.endsWith("datastores/run_polygons-2.json")) {
            return Answer.of("application/json", recorded("data-store.json"));
        }
        if (path.equals("rest/resource/data/landslide/landslide/run_polygons.gpkg")) {
            return Answer.of("application/octet-stream", "SQLite format 3, from REST");
        }
        return new Answer(404, "text/plain", new byte[0]);
    }

    private Answer execute(InputStream body, boolean known) throws IOException {
        Document request = parse(body.readAllBytes());
        executions.add(request);
        if (text(request.getDocumentElement(), "Identifier").equals("landslide:ListModels")) {
            return Answer.of("text/plain", recorded(models));
        }
        return Answer.of("text/xml", recorded(known ? "accepted.xml" : "failed-rights.xml"));
    }

    private Answer ows(Map<String, String> query) {
        String request = query.getOrDefault("REQUEST", "");
        return switch (query.getOrDefault("SERVICE", "") + " " + request) {
            case "WMS GetCapabilities" -> Answer.of("text/xml", recorded("wms-capabilities.xml"));
            case "WCS GetCapabilities" -> Answer.of("application/xml", recorded("wcs-capabilities.xml"));
            case "WCS DescribeCoverage" -> Answer.of("application/xml", recorded("coverage.xml"));
            case "WFS GetCapabilities" ->
                Answer.of(
                        "application/xml",
                        recorded(geoPackages ? "wfs-capabilities-geopkg.xml" : "wfs-capabilities.xml"));
            case "WPS GetExecutionStatus" -> Answer.of("text/xml", recorded(nextState()));
            case "WPS Dismiss" -> Answer.of("text/xml", recorded("dismissed.xml"));
            case "WMS GetMap" ->
                new Answer(
                        200,
                        "image/png",
                        Scene.map(query.get("LAYERS"), extent(query), size(query, "WIDTH"), size(query, "HEIGHT")));
            case "WMS GetLegendGraphic" -> new Answer(200, "image/png", Scene.legend());
            case "WMS GetFeatureInfo" -> Answer.of("application/json", info(query));
            case "WFS GetFeature" -> features(query);
            case "WCS GetCoverage" -> Answer.of("image/tiff", "II*, a GeoTIFF");
            default -> new Answer(404, "text/plain", new byte[0]);
        };
    }

    private String nextState() {
        synchronized (states) {
            return states.size() > 1 ? states.remove() : states.element();
        }
    }

    private static Answer features(Map<String, String> query) {
        if (query.get("OUTPUTFORMAT").equals("application/json")) {
            return Answer.of("application/json", Scene.geoJson(Scene.SLIDES));
        }
        return Answer.of("application/octet-stream", "SQLite format 3, from WFS");
    }

    private static String info(Map<String, String> query) {
        double[] extent = extent(query);
        double x = extent[0] + (extent[2] - extent[0]) * size(query, "I") / size(query, "WIDTH");
        double y = extent[3] - (extent[3] - extent[1]) * size(query, "J") / size(query, "HEIGHT");
        Optional<Scene.Slide> slide = Scene.at(x, y);
        if (query.get("QUERY_LAYERS").endsWith("_polygons")) {
            return Scene.geoJson(slide.stream().toList());
        }
        return String.format(
                Locale.ROOT,
                "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":\"\",\"geometry\":null,"
                        + "\"properties\":{\"probability\":%s}}]}",
                slide.map(Scene.Slide::maximum).orElse(0.024));
    }

    private static double[] extent(Map<String, String> query) {
        return Arrays.stream(query.get("BBOX").split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static int size(Map<String, String> query, String name) {
        return (int) Math.round(Double.parseDouble(query.get(name)));
    }

    /** As in OGC services, the names are the same in any case. */
    private static Map<String, String> parameters(URI uri) {
        return Arrays.stream(uri.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0].toUpperCase(Locale.ROOT),
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String recorded(String name) {
        try (InputStream stream = RecordedServer.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new AssertionError("there is no recorded answer " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document parse(byte[] xml) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("the request is no XML: " + new String(xml, StandardCharsets.UTF_8), e);
        }
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList nodes = parent.getElementsByTagNameNS("*", name);
        return java.util.stream.IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static String text(Element parent, String name) {
        return elements(parent, name).get(0).getTextContent();
    }
}
