package org.geolandslide.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code golden.json}: {@code {"tolerance": t, "inputs": {name: {"shape": [...], "values": [...]}}, "outputs": {...}}}.
 */
final class GoldenJson {
    static final String FILE_NAME = "golden.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private GoldenJson() {}

    static byte[] write(GoldenSample sample) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("tolerance", sample.tolerance());
        writeTensors(root.putObject("inputs"), sample.inputs());
        writeTensors(root.putObject("outputs"), sample.outputs());
        try {
            return MAPPER.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers is always JSON", e);
        }
    }

    private static void writeTensors(ObjectNode node, Map<String, FloatTensor> tensors) {
        tensors.forEach((name, tensor) -> {
            ObjectNode entry = node.putObject(name);
            ArrayNode shape = entry.putArray("shape");
            for (long size : tensor.shape()) {
                shape.add(size);
            }
            ArrayNode values = entry.putArray("values");
            for (float value : tensor.values()) {
                values.add(value);
            }
        });
    }

    static GoldenSample read(byte[] json) throws InvalidPackageException {
        try {
            JsonNode root = MAPPER.readTree(json);
            return new GoldenSample(
                    readTensors(root, "inputs"),
                    readTensors(root, "outputs"),
                    root.path("tolerance").asDouble());
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidPackageException("golden.json cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, FloatTensor> readTensors(JsonNode root, String name) {
        Map<String, FloatTensor> tensors = new LinkedHashMap<>();
        JsonNode node = root.path(name);
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String tensor = names.next();
            JsonNode entry = node.get(tensor);
            long[] shape = new long[entry.path("shape").size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = entry.get("shape").get(i).asLong();
            }
            float[] values = new float[entry.path("values").size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) entry.get("values").get(i).asDouble();
            }
            tensors.put(tensor, new FloatTensor(shape, values));
        }
        return tensors;
    }
}
