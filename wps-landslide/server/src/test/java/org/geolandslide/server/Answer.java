package org.geolandslide.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** What a server answered to a request. */
record Answer(int status, String type, byte[] body) {

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The JSON of an answer that went well. */
    JsonNode json() throws IOException {
        assertThat(status).as(text()).isBetween(200, 299);
        return new ObjectMapper().readTree(body);
    }

    /** The picture of an answer; with an error, a WMS answers with XML. */
    BufferedImage picture() throws IOException {
        assertThat(type).as(type.startsWith("image/") ? "type" : text()).isEqualTo("image/png");
        return ImageIO.read(new ByteArrayInputStream(body));
    }
}
