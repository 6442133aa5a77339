package org.geolandslide.geoserver.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.engine.ModelRefusedException;
import org.geolandslide.segmentation.engine.ModelRegistry;
import org.geolandslide.segmentation.engine.ModelStore;
import org.geolandslide.segmentation.process.ModelJson;
import org.geolandslide.segmentation.process.Models;
import org.geotools.process.ProcessException;
import org.geotools.util.logging.Logging;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/**
 * {@code /rest/landslide/models}: list, add, describe, make default, remove. Answers are JSON; that of an error is
 * {@code {"error": reason}}.
 */
@RestController
@RequestMapping("/rest/landslide/models")
public class ModelsController {
    private static final Logger LOGGER = Logging.getLogger(ModelsController.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Names may hold dots, at which GeoServer's Spring would cut them otherwise. */
    private static final String ONE = "/{name:.+}";

    private static final String EXPECTED =
            "the body is not what is expected, {\"default\": true} or {\"default\": false}";

    private final AdministratorCheck administrator;

    public ModelsController(AdministratorCheck administrator) {
        this.administrator = administrator;
    }

    /** Runs before each of the others. */
    @ModelAttribute
    public void requireAdministrator() {
        administrator.require();
    }

    /** All models, as {@link ModelJson#list} says. */
    @GetMapping
    public ResponseEntity<byte[]> list() throws IOException {
        return answer(HttpStatus.OK, ModelJson.list(Models.registry()));
    }

    /**
     * Adds a model, and describes it.
     *
     * @param length size as announced
     * @param content a package as a zip archive
     */
    @PostMapping(consumes = {"application/zip", "application/x-zip-compressed", "application/octet-stream"})
    public ResponseEntity<byte[]> add(
            @RequestHeader(name = HttpHeaders.CONTENT_LENGTH, defaultValue = "-1") long length, InputStream content)
            throws IOException, ModelRefusedException {
        ModelRegistry registry = Models.registry();
        ModelStore store = new ModelStore(registry, Models.settings().maximumUploadMegabytes());
        store.requireSize(length);
        String name = store.add(content).name();
        LOGGER.log(Level.INFO, "landslide model added: {0}", name);
        URI location = URI.create("models/" + UriUtils.encodePathSegment(name, StandardCharsets.UTF_8));
        return ResponseEntity.created(location)
                .contentType(MediaType.APPLICATION_JSON)
                .body(bytes(description(registry, name)));
    }

    /** One model, as {@link ModelJson#describe} says. */
    @GetMapping(ONE)
    public ResponseEntity<byte[]> describe(@PathVariable("name") String name) throws IOException {
        ModelRegistry registry = Models.registry();
        Optional<ObjectNode> found = ModelJson.describe(registry, name);
        return found.isPresent() ? answer(HttpStatus.OK, found.get()) : unknown(registry, name);
    }

    /** Makes a model the default, or no longer so: {@code {"default": true}}. */
    @PutMapping(ONE)
    public ResponseEntity<byte[]> makeDefault(@PathVariable("name") String name, InputStream body) throws IOException {
        Optional<Boolean> wanted = wanted(body);
        if (wanted.isEmpty()) {
            return error(HttpStatus.BAD_REQUEST, EXPECTED);
        }
        if (ModelJson.describe(Models.registry(), name).isEmpty()) {
            return unknown(Models.registry(), name);
        }
        boolean isDefault = Models.settings().defaultModel().equals(Optional.of(name));
        if (wanted.get() != isDefault) {
            try {
                Models.setDefaultModel(wanted.get() ? Optional.of(name) : Optional.empty());
            } catch (SegmentationException e) {
                return error(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
            }
        }
        return answer(HttpStatus.OK, description(Models.registry(), name));
    }

    private static Optional<Boolean> wanted(InputStream body) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            LOGGER.log(Level.FINE, EXPECTED, e);
            return Optional.empty();
        }
        boolean known =
                root.isObject() && root.size() == 1 && root.path("default").isBoolean();
        return known ? Optional.of(root.get("default").booleanValue()) : Optional.empty();
    }

    /** Removes a model, or a file that cannot be used; the default goes with its model. Answers with the models that are left. */
    @DeleteMapping(ONE)
    public ResponseEntity<byte[]> remove(@PathVariable("name") String name) throws IOException, ModelRefusedException {
        ModelRegistry registry = Models.registry();
        boolean wasDefault = Models.settings().defaultModel().equals(Optional.of(name));
        new ModelStore(registry, Models.settings().maximumUploadMegabytes()).remove(name);
        LOGGER.log(Level.INFO, "landslide model removed: {0}", name);
        if (wasDefault) {
            try {
                Models.setDefaultModel(Optional.empty());
            } catch (SegmentationException e) {
                // Not ours to change: requests without a model will say that this one is missing.
                LOGGER.log(Level.WARNING, "the model that was removed is still the default: {0}", e.getMessage());
            }
        }
        return answer(HttpStatus.OK, ModelJson.list(Models.registry()));
    }

    /** A model that is not added or removed. */
    @ExceptionHandler(ModelRefusedException.class)
    public ResponseEntity<byte[]> refused(ModelRefusedException refusal) {
        LOGGER.log(Level.FINE, "refused", refusal);
        HttpStatus status =
                switch (refusal.reason()) {
                    case INVALID -> HttpStatus.BAD_REQUEST;
                    case TOO_LARGE -> HttpStatus.PAYLOAD_TOO_LARGE;
                    case CONFLICT, BUSY -> HttpStatus.CONFLICT;
                    case UNKNOWN -> HttpStatus.NOT_FOUND;
                };
        return error(status, String.valueOf(refusal.getMessage()));
    }

    /** Settings that are wrong, or a folder that is not known. */
    @ExceptionHandler({SegmentationException.class, ProcessException.class})
    public ResponseEntity<byte[]> misconfigured(RuntimeException cause) {
        LOGGER.log(Level.WARNING, "the landslide models cannot be managed: {0}", cause.getMessage());
        return error(HttpStatus.INTERNAL_SERVER_ERROR, String.valueOf(cause.getMessage()));
    }

    /** A folder or file that cannot be read or written; where it lies is for the log. */
    @ExceptionHandler(IOException.class)
    public ResponseEntity<byte[]> failed(IOException cause) {
        LOGGER.log(Level.WARNING, "the landslide models cannot be read or written", cause);
        return error(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "the models or the settings cannot be read or written ("
                        + cause.getClass().getSimpleName() + "); the server's log says more");
    }

    private static ObjectNode description(ModelRegistry registry, String name) throws IOException {
        return ModelJson.describe(registry, name)
                .orElseThrow(() -> new IOException("the model '" + name + "' was removed meanwhile"));
    }

    private static ResponseEntity<byte[]> unknown(ModelRegistry registry, String name) throws IOException {
        return error(
                HttpStatus.NOT_FOUND,
                "there is no model '" + name + "'; there are "
                        + registry.models().keySet());
    }

    private static ResponseEntity<byte[]> error(HttpStatus status, String reason) {
        return answer(status, MAPPER.createObjectNode().put("error", reason));
    }

    private static ResponseEntity<byte[]> answer(HttpStatus status, ObjectNode json) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(bytes(json));
    }

    private static byte[] bytes(ObjectNode json) {
        return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
