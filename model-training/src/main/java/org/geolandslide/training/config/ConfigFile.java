package org.geolandslide.training.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads and writes training configurations. What a file leaves out is taken from {@code defaults.yaml}. */
public final class ConfigFile {
    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** Fields with a default that can be set to nothing. */
    private static final Set<String> NULLABLE = Set.of("input.opticalNodata");

    /** Fields of the ways in which a source is divided. */
    private static final Map<String, List<String>> SPLITS = Map.of(
            "folds", List.of("count", "take", "seed"),
            "share", List.of("from", "to", "seed"),
            "blocks", List.of("size", "count", "take", "seed"));

    private ConfigFile() {}

    /**
     * Reads a configuration.
     *
     * @throws IOException naming the field if one is unknown, missing or out of range
     */
    public static TrainingConfig read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return parse(Files.readString(file), file.toString());
    }

    /**
     * Name of the model in a configuration, whatever else is in it: another version of this software may have written it.
     *
     * @throws IOException if the file cannot be read or is not YAML
     */
    public static String readName(Path file) throws IOException {
        return MAPPER.readTree(file.toFile()).path("name").asText();
    }

    /**
     * Reads a configuration from text.
     *
     * @param source what the text is, for messages
     * @throws IOException naming the field if one is unknown, missing or out of range
     */
    public static TrainingConfig parse(String yaml, String source) throws IOException {
        try {
            JsonNode given = MAPPER.readTree(yaml);
            ObjectNode merged = defaults();
            merge(merged, given, "", source);
            requireFields(merged, "", List.of("name"), source);
            for (String use : List.of("training", "validation")) {
                int number = 0;
                for (JsonNode data : merged.path("data").path(use)) {
                    String prefix = "data." + use + "[" + number++ + "].";
                    requireFields(data, prefix, List.of("format", "path"), source);
                    for (Map.Entry<String, List<String>> split : SPLITS.entrySet()) {
                        if (data.path(split.getKey()).isObject()) {
                            requireFields(
                                    data.get(split.getKey()), prefix + split.getKey() + ".", split.getValue(), source);
                        }
                    }
                }
            }
            if (merged.path("start").isObject()) {
                requireFields(merged.get("start"), "start.", List.of("run"), source);
            }
            int number = 0;
            for (JsonNode term : merged.path("loss")) {
                requireFields(term, "loss[" + number++ + "].", List.of("name"), source);
            }
            return MAPPER.treeToValue(merged, TrainingConfig.class);
        } catch (JsonMappingException e) {
            throw new IOException(source + ": " + where(e) + reason(e), e);
        } catch (JsonProcessingException e) {
            throw new IOException(source + " is not YAML: " + e.getOriginalMessage(), e);
        }
    }

    private static void requireFields(JsonNode node, String prefix, List<String> names, String source)
            throws IOException {
        for (String name : names) {
            if (!node.hasNonNull(name)) {
                throw new IOException(source + ": the field '" + prefix + name + "' is missing");
            }
        }
    }

    private static ObjectNode defaults() throws IOException {
        try (InputStream in = ConfigFile.class.getResourceAsStream("defaults.yaml")) {
            if (in == null) {
                throw new IllegalStateException("defaults.yaml is missing from the class path");
            }
            return (ObjectNode) MAPPER.readTree(in);
        }
    }

    private static void merge(ObjectNode target, JsonNode given, String prefix, String source) throws IOException {
        for (Map.Entry<String, JsonNode> field : given.properties()) {
            String name = prefix + field.getKey();
            JsonNode value = field.getValue();
            JsonNode present = target.get(field.getKey());
            if (value.isNull() && present != null && !present.isNull() && !NULLABLE.contains(name)) {
                throw new IOException(source + ": the field '" + name + "' is empty");
            }
            if (present instanceof ObjectNode inner && value.isObject()) {
                merge(inner, value, name + ".", source);
            } else {
                target.set(field.getKey(), value);
            }
        }
    }

    private static String where(JsonMappingException failure) {
        String path = failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : "the field '" + path.replace(".[", "[") + "': ";
    }

    private static String reason(JsonMappingException failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(
                cause instanceof IllegalArgumentException ? cause.getMessage() : failure.getOriginalMessage());
    }

    /** The configuration as a file that leaves nothing out. */
    public static String toYaml(TrainingConfig config) {
        try {
            return MAPPER.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a configuration of plain values is always YAML", e);
        }
    }

    /** Fields in which two configurations differ, with both values. */
    public static Map<String, String> differences(TrainingConfig a, TrainingConfig b) {
        Map<String, String> left = new TreeMap<>();
        Map<String, String> right = new TreeMap<>();
        flatten("", MAPPER.valueToTree(a), left);
        flatten("", MAPPER.valueToTree(b), right);
        TreeSet<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        Map<String, String> differences = new TreeMap<>();
        for (String name : names) {
            if (!Objects.equals(left.get(name), right.get(name))) {
                differences.put(
                        name, left.getOrDefault(name, "nothing") + " and " + right.getOrDefault(name, "nothing"));
            }
        }
        return differences;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                            field.getValue(),
                            values));
        } else {
            values.put(prefix, node.toString());
        }
    }
}
