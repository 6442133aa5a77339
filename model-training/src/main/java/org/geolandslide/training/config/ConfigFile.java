package org.geolandslide.training.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.geolandslide.training.network.DeepLabNetwork;
import org.geolandslide.training.network.FusionNetwork;
import org.geolandslide.training.network.MobileNetwork;
import org.geolandslide.training.network.Network;
import org.geolandslide.training.network.RmauNetwork;

/** Reads and writes training configurations. What a file leaves out is taken from {@code defaults.yaml}. */
public final class ConfigFile {
    private static final String ARCHITECTURE = "architecture";
    /** Another file whose fields a configuration takes where it says nothing else. */
    private static final String EXTENDS = "extends";

    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // A field, not a YAML tag.
            .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID)
            .addMixIn(Network.class, Architecture.class)
            .build();

    /** How a network's kind is written. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = ARCHITECTURE)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = FusionNetwork.class, name = "fusion"),
        @JsonSubTypes.Type(value = RmauNetwork.class, name = "rmau_net"),
        @JsonSubTypes.Type(value = DeepLabNetwork.class, name = "deeplab_v3"),
        @JsonSubTypes.Type(value = MobileNetwork.class, name = "mobile_unet")
    })
    private interface Architecture {}

    /** Fields with a default that can be set to nothing. */
    private static final Set<String> NULLABLE = Set.of("input.opticalNodata", "detectionWeight");

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
        return read(file, "");
    }

    /**
     * Reads a configuration that goes on from a model package: what it leaves out is as the model was trained, except its name, its data and
     * the run that the model itself may have started from.
     *
     * @param trained the model's configuration, as {@link #fields} gave it
     * @param model file of the package
     * @throws IOException naming the field if one is unknown, missing or out of range
     */
    public static TrainingConfig readOnTopOf(Path file, Map<String, Object> trained, String model) throws IOException {
        ObjectNode result = MAPPER.valueToTree(trained);
        result.remove(List.of("name", "description", "data", "start"));
        ObjectNode own = readTree(file, new LinkedHashSet<>());
        JsonNode start = own.path("start");
        if (start.has("run") || start.has("model")) {
            throw new IOException(file + ": start says " + start + ", but the training starts from " + model);
        }
        merge(result, own, "", file.toString());
        ObjectNode from = start.isObject() ? (ObjectNode) start : MAPPER.createObjectNode();
        from.put("model", model);
        result.set("start", from);
        return parse(result, file.toString());
    }

    /**
     * Reads a configuration and changes some of it.
     *
     * @param changes fields as YAML, which take the place of the file's; none if empty
     * @throws IOException naming the field if one is unknown, missing or out of range
     */
    public static TrainingConfig read(Path file, String changes) throws IOException {
        ObjectNode given = readTree(file, new LinkedHashSet<>());
        JsonNode more = tree(changes, "the changes of " + file);
        merge(given, more, "", file.toString());
        return parse(given, file.toString());
    }

    /** A file with what it says in {@code extends} beneath it. */
    private static ObjectNode readTree(Path file, Set<Path> children) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Path place = file.toRealPath();
        if (!children.add(place)) {
            throw new IOException(file + " extends itself");
        }
        JsonNode own = tree(Files.readString(file), file.toString());
        if (!own.has(EXTENDS)) {
            return (ObjectNode) own;
        }
        ObjectNode result = readTree(file.resolveSibling(own.path(EXTENDS).asText()), children);
        ((ObjectNode) own).remove(EXTENDS);
        JsonNode architecture = own.path("network").path(ARCHITECTURE);
        if (!architecture.isMissingNode()
                && !architecture.equals(result.path("network").path(ARCHITECTURE))) {
            // The settings of another architecture are none of this one.
            result.remove("network");
        }
        merge(result, own, "", file.toString());
        return result;
    }

    private static JsonNode tree(String yaml, String source) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(yaml);
            if (tree.isMissingNode() || tree.isNull()) {
                return MAPPER.createObjectNode();
            }
            if (!tree.isObject()) {
                throw new IOException(source + " holds no fields");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new IOException(source + " is not YAML: " + e.getOriginalMessage(), e);
        }
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
        return parse(tree(yaml, source), source);
    }

    private static TrainingConfig parse(JsonNode given, String source) throws IOException {
        try {
            ObjectNode merged = defaults();
            setNetworkDefaults(merged, given, source);
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
            int number = 0;
            for (JsonNode term : merged.path("loss")) {
                requireFields(term, "loss[" + number++ + "].", List.of("name"), source);
            }
            return MAPPER.treeToValue(merged, TrainingConfig.class);
        } catch (JsonMappingException e) {
            throw new IOException(source + ": " + where(e) + reason(e), e);
        } catch (JsonProcessingException e) {
            throw new IOException(source + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Each architecture has settings, and so defaults, of its own. */
    private static void setNetworkDefaults(ObjectNode merged, JsonNode given, String source) throws IOException {
        JsonNode networks = merged.remove("networks");
        ObjectNode network = (ObjectNode) merged.path("network");
        JsonNode wanted = given.path("network").path(ARCHITECTURE);
        String architecture = (wanted.isMissingNode() ? network.path(ARCHITECTURE) : wanted).asText();
        if (!networks.has(architecture)) {
            List<String> names = new ArrayList<>();
            networks.fieldNames().forEachRemaining(names::add);
            throw new IOException(
                    source + ": network.architecture is '" + architecture + "', expected one of " + names);
        }
        network.setAll((ObjectNode) networks.get(architecture));
        network.put(ARCHITECTURE, architecture);
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

    /** A configuration by its fields, as JSON values. */
    public static Map<String, Object> fields(TrainingConfig config) {
        return MAPPER.convertValue(config, new TypeReference<Map<String, Object>>() {});
    }

    /** The settings of a network by their names. */
    public static Map<String, Object> settings(Network network) {
        return MAPPER.convertValue(network, new TypeReference<Map<String, Object>>() {});
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
