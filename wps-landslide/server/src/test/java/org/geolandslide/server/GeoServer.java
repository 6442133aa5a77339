package org.geolandslide.server;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.PackageWriter;
import org.geolandslide.model.TinyModel;
import org.junit.jupiter.api.Assumptions;

/**
 * The GeoServer in {@code GEOSERVER_HOME} with the plugin zip that was built, on a fresh copy of {@code geoserver-data} and a free
 * port of this machine, started as {@code make serve} does.
 */
final class GeoServer implements AutoCloseable {
    private static final Path DATA = Path.of("..", "..", "geoserver-data");
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Models that the examples name, and the arithmetic that stands for them where their packages are not there. */
    private static final Map<String, TinyModel> SHIPPED = Map.of(
            "rmau-net-optical", TinyModel.OPTICAL,
            "rmau-net-bijie", TinyModel.DETECTING_OPTICAL,
            "fusion-optical", TinyModel.OPTICAL,
            "fusion-optical-dem", TinyModel.RED,
            "fusion-synthetic", TinyModel.RED);

    private final Process process;
    private final Path folder;
    private final URI address;

    private GeoServer(Process process, Path folder, URI address) {
        this.process = process;
        this.folder = folder;
        this.address = address;
    }

    /** Starts a server, and waits until it answers. Without {@code GEOSERVER_HOME} the tests are skipped, loudly. */
    static GeoServer start() {
        if (System.getenv().getOrDefault("GEOSERVER_HOME", "").isBlank()) {
            System.err.println("SKIPPED, for GEOSERVER_HOME is not set: the system test on a real GeoServer");
            Assumptions.abort("GEOSERVER_HOME is not set");
        }
        try {
            Path folder = Path.of("target", "geoserver").toAbsolutePath();
            remove(folder);
            Files.createDirectories(folder);
            int port = freePort();
            Process process = new ProcessBuilder("sh", "serve", folder.toString(), Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("serve.log").toFile())
                    .start();
            GeoServer server = new GeoServer(process, folder, URI.create("http://127.0.0.1:" + port + "/geoserver"));
            try {
                server.awaitAnswer();
                server.completeModels();
                return server;
            } catch (Exception | Error e) {
                server.close();
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (Exception e) {
            throw new IllegalStateException("GeoServer does not start: " + e.getMessage(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(folder)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }

    private void awaitAnswer() throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            if (!process.isAlive()) {
                throw new IOException("it ended with " + process.exitValue() + ": " + lastLines());
            }
            if (Instant.now().isAfter(end)) {
                throw new IOException("it does not answer within " + PATIENCE + ": " + lastLines());
            }
            try {
                if (administrator().get("/rest/about/version.json").status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            Thread.sleep(500);
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("serve.log")));
        if (Files.exists(folder.resolve("server.log"))) {
            lines.addAll(Files.readAllLines(folder.resolve("server.log")));
        }
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private void completeModels() throws Exception {
        for (Map.Entry<String, TinyModel> model : SHIPPED.entrySet()) {
            if (!Files.exists(DATA.resolve("landslide/models/" + model.getKey() + ".zip"))) {
                System.err.println(
                        "arithmetic stands for the model " + model.getKey() + ", which is not in geoserver-data");
                assertThat(upload(standIn(model.getKey(), model.getValue())).status())
                        .isEqualTo(201);
            }
        }
    }

    private Path standIn(String name, TinyModel model) throws IOException, OrtException {
        ModelDescription named = model.description(name, model.inputs(), 64, 16);
        Path file = folder.resolve(name + ".zip");
        PackageWriter.write(file, named, model.onnx(), model.golden(), "# " + name + "\n");
        return file;
    }

    /** Sends a model package. */
    Answer upload(Path modelPackage) throws IOException, InterruptedException {
        return administrator()
                .send("POST", "/rest/landslide/models", "application/zip", Files.readAllBytes(modelPackage));
    }

    /** Address of GeoServer, without a slash in the end. */
    URI address() {
        return address;
    }

    /** A folder for files of the tests; the data directory lies in {@code data} in it. */
    Path folder() {
        return folder;
    }

    /** Calls as the administrator of a fresh data directory. */
    Client administrator() {
        return new Client(address, "admin", "geoserver");
    }

    /** Calls without credentials. */
    Client anonymous() {
        return new Client(address, "", "");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(60, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
