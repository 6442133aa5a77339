package org.geolandslide.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Requests of one user. */
final class Client {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final URI address;
    private final String user;
    private final String password;

    /** Requests of a user, or of nobody if the name is empty. */
    Client(URI address, String user, String password) {
        this.address = address;
        this.user = user;
        this.password = password;
    }

    /** Asks for something below the server's address. */
    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", new byte[0]);
    }

    Answer send(String method, String path, String type, byte[] body) throws IOException, InterruptedException {
        return send(URI.create(address + path), method, type, body);
    }

    /** Asks for an address that the server has named. */
    Answer follow(URI named) throws IOException, InterruptedException {
        return send(named, "GET", "", new byte[0]);
    }

    private Answer send(URI target, String method, String type, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofMinutes(10))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!user.isEmpty()) {
            String credentials = user + ":" + password;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""),
                response.body());
    }

    /** Sends a WPS Execute request. */
    Answer execute(String request) throws IOException, InterruptedException {
        return send("POST", "/wps", "text/xml", request.getBytes(StandardCharsets.UTF_8));
    }

    /** A map in PNG of 1 x 1 pixels and more; the CRS's axes are east, north. */
    Answer map(String layers, String styles, String crs, String bounds, int width, int height)
            throws IOException, InterruptedException {
        return get("/wms?service=WMS&version=1.1.1&request=GetMap&format=image/png&transparent=true&layers=" + layers
                + "&styles=" + styles + "&srs=" + crs + "&bbox=" + bounds + "&width=" + width + "&height=" + height);
    }
}
