package org.geolandslide.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What STAC 1.1 and its extensions for machine learning models (1.4), files (2.1), electro-optical bands (2.0) and classes
 * require of an item: each field with its type and allowed values.
 */
class ItemFieldsTests {
    private static final Set<String> TASKS = Set.of(
            "regression",
            "classification",
            "scene-classification",
            "detection",
            "object-detection",
            "segmentation",
            "semantic-segmentation",
            "instance-segmentation",
            "panoptic-segmentation",
            "similarity-search",
            "generative",
            "image-captioning",
            "super-resolution");
    private static final Set<String> DATA_TYPES = Set.of(
            "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64");
    private static final Set<String> MLM_ITEM_FIELDS = Set.of(
            "mlm:name",
            "mlm:architecture",
            "mlm:tasks",
            "mlm:framework",
            "mlm:framework_version",
            "mlm:memory_size",
            "mlm:total_parameters",
            "mlm:pretrained",
            "mlm:pretrained_source",
            "mlm:batch_size_suggestion",
            "mlm:accelerator",
            "mlm:accelerator_constrained",
            "mlm:accelerator_summary",
            "mlm:accelerator_count",
            "mlm:input",
            "mlm:output",
            "mlm:hyperparameters");

    private JsonNode item;
    private JsonNode properties;

    @BeforeEach
    void writeItem() throws IOException {
        ModelDescription description = TinyModel.RED.description(64, 16);
        byte[] model = {1, 2, 3};
        byte[] json = ItemWriter.write(new Item(
                description,
                Map.of(
                        "model", PackageAsset.of("model", "model.onnx", model),
                        "golden", PackageAsset.of("golden", "golden.json", new byte[10]),
                        "model-card", PackageAsset.of("model-card", "MODEL_CARD.md", new byte[20]))));
        item = new ObjectMapper().readTree(json);
        properties = item.get("properties");
    }

    @Test
    void the_item_is_a_feature_of_stac_1_1() {
        assertThat(item.get("type").textValue()).isEqualTo("Feature");
        assertThat(item.get("stac_version").textValue()).isEqualTo("1.1.0");
        assertThat(item.get("id").textValue()).isNotEmpty().doesNotContain("/");
        assertThat(item.get("links").isArray()).isTrue();
        assertThat(item.get("assets").isObject()).isTrue();
        assertThat(properties.isObject()).isTrue();
    }

    @Test
    void extensions_are_distinct_addresses_of_schemas() {
        List<String> extensions = texts(item.get("stac_extensions"));
        assertThat(extensions)
                .doesNotHaveDuplicates()
                .contains(
                        "https://stac-extensions.github.io/mlm/v1.4.0/schema.json",
                        "https://stac-extensions.github.io/file/v2.1.0/schema.json",
                        "https://stac-extensions.github.io/eo/v2.0.0/schema.json",
                        "https://stac-extensions.github.io/classification/v2.0.0/schema.json");
    }

    @Test
    void geometry_and_bounding_box_go_together() {
        assertThat(item.get("geometry").get("type").textValue()).isEqualTo("Polygon");
        JsonNode ring = item.get("geometry").get("coordinates").get(0);
        assertThat(ring.size()).isGreaterThanOrEqualTo(4);
        assertThat(ring.get(0)).isEqualTo(ring.get(ring.size() - 1));
        assertThat(item.get("bbox")).hasSize(4).allSatisfy(bound -> assertThat(bound.isNumber())
                .isTrue());
    }

    @Test
    void the_date_is_an_instant_in_utc() {
        assertThat(Instant.parse(properties.get("datetime").textValue())).isNotNull();
        assertThat(properties.get("datetime").textValue()).endsWith("Z");
        assertThat(Instant.parse(properties.get("created").textValue())).isNotNull();
    }

    @Test
    void the_model_has_a_name_of_allowed_characters() {
        assertThat(properties.get("mlm:name").textValue()).matches("^[a-zA-Z][a-zA-Z0-9_.\\-\\s]+[a-zA-Z0-9]$");
    }

    @Test
    void architecture_tasks_and_framework_are_named() {
        assertThat(properties.get("mlm:architecture").textValue()).isNotEmpty();
        assertThat(texts(properties.get("mlm:tasks")))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .isSubsetOf(TASKS);
        assertThat(properties.get("mlm:framework").textValue()).isEqualTo("ONNX");
    }

    @Test
    void numbers_and_flags_have_their_types() {
        assertThat(properties.get("mlm:total_parameters").isIntegralNumber()).isTrue();
        assertThat(properties.get("mlm:total_parameters").longValue()).isNotNegative();
        assertThat(properties.get("mlm:accelerator").isNull()).isTrue();
        assertThat(properties.get("mlm:accelerator_constrained").isBoolean()).isTrue();
    }

    @Test
    void a_model_from_scratch_says_so_explicitly() {
        assertThat(properties.get("mlm:pretrained").booleanValue()).isFalse();
        assertThat(properties.has("mlm:pretrained_source")).isTrue();
        assertThat(properties.get("mlm:pretrained_source").isNull()).isTrue();
    }

    @Test
    void there_are_no_fields_that_the_extension_does_not_know() {
        properties.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("mlm:")) {
                assertThat(MLM_ITEM_FIELDS).contains(name);
            }
        });
    }

    @Test
    void hyperparameters_have_plain_names() {
        JsonNode hyperparameters = properties.get("mlm:hyperparameters");
        assertThat(hyperparameters.size()).isPositive();
        hyperparameters.fieldNames().forEachRemaining(name -> assertThat(name).matches("^[0-9a-zA-Z_.-]+$"));
    }

    @Test
    void every_input_has_a_name_bands_and_a_structure() {
        assertThat(properties.get("mlm:input")).isNotEmpty().allSatisfy(input -> {
            assertThat(input.get("name").textValue()).isNotEmpty();
            assertThat(texts(input.get("bands"))).isNotEmpty();
            requireStructure(input.get("input"));
            assertThat(input.get("description").textValue()).isNotEmpty();
            for (String nullable : List.of("value_scaling", "resize_type", "pre_processing_function")) {
                assertThat(input.has(nullable)).as(nullable).isTrue();
                assertThat(input.get(nullable).isNull()).as(nullable).isTrue();
            }
        });
    }

    @Test
    void every_band_of_an_input_is_described_once() {
        List<String> described = new ArrayList<>();
        for (JsonNode band : properties.get("bands")) {
            described.add(band.get("name").textValue());
            assertThat(DATA_TYPES).contains(band.get("data_type").textValue());
            if (band.has("gsd")) {
                assertThat(band.get("gsd").doubleValue()).isPositive();
            }
            if (band.has("nodata")) {
                assertThat(band.get("nodata").isNumber()
                                || Set.of("nan", "inf", "-inf")
                                        .contains(band.get("nodata").textValue()))
                        .isTrue();
            }
        }
        assertThat(described).doesNotHaveDuplicates();
        List<String> used = new ArrayList<>();
        properties.get("mlm:input").forEach(input -> used.addAll(texts(input.get("bands"))));
        assertThat(new HashSet<>(described)).containsAll(used);
    }

    @Test
    void optical_bands_have_common_names() {
        assertThat(properties.get("bands").get(0).get("eo:common_name").textValue())
                .isEqualTo("red");
        assertThat(properties.get("bands").get(3).has("eo:common_name")).isFalse();
        assertThat(properties.get("bands").get(3).get("unit").textValue()).isEqualTo("m");
    }

    @Test
    void every_output_has_a_name_tasks_and_a_structure() {
        assertThat(properties.get("mlm:output")).isNotEmpty().allSatisfy(output -> {
            assertThat(output.get("name").textValue()).isNotEmpty();
            assertThat(texts(output.get("tasks"))).isNotEmpty().isSubsetOf(TASKS);
            requireStructure(output.get("result"));
            assertThat(output.get("description").textValue()).isNotEmpty();
            assertThat(output.get("post_processing_function").isNull()).isTrue();
        });
    }

    @Test
    void classes_have_values_names_and_colours() {
        assertThat(properties.get("mlm:output").get(0).get("classification:classes"))
                .hasSize(2)
                .allSatisfy(entry -> {
                    assertThat(entry.get("value").isIntegralNumber()).isTrue();
                    assertThat(entry.get("name").textValue()).matches("^[0-9A-Za-z-_]+$");
                    assertThat(entry.get("description").textValue()).isNotEmpty();
                    assertThat(entry.get("color_hint").textValue()).matches("^[0-9A-F]{6}$");
                });
    }

    private static void requireStructure(JsonNode structure) {
        assertThat(structure.get("shape")).isNotEmpty().allSatisfy(size -> {
            assertThat(size.isIntegralNumber()).isTrue();
            assertThat(size.longValue() == -1 || size.longValue() > 0).isTrue();
        });
        assertThat(texts(structure.get("dim_order")))
                .hasSize(structure.get("shape").size())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("^[a-z-_]+$"));
        assertThat(DATA_TYPES).contains(structure.get("data_type").textValue());
    }

    @Test
    void one_asset_is_the_model_and_says_what_artifact_it_is() {
        List<JsonNode> models = new ArrayList<>();
        item.get("assets").forEach(asset -> {
            assertThat(asset.get("href").textValue()).isNotEmpty();
            List<String> roles = texts(asset.get("roles"));
            assertThat(roles).isNotEmpty();
            assertThat(asset.has("mlm:artifact_type")).isEqualTo(roles.contains("mlm:model"));
            if (roles.contains("mlm:model")) {
                models.add(asset);
            }
        });
        assertThat(models).hasSize(1);
        assertThat(models.get(0).get("mlm:artifact_type").textValue()).isEqualTo("onnx");
        assertThat(models.get(0).get("type").textValue()).startsWith("application/octet-stream");
    }

    @Test
    void no_asset_has_fields_that_belong_to_the_item() {
        item.get("assets").forEach(asset -> {
            for (String field : List.of("mlm:name", "mlm:input", "mlm:output", "mlm:hyperparameters")) {
                assertThat(asset.has(field)).as(field).isFalse();
            }
        });
    }

    @Test
    void every_asset_has_a_multihash_and_a_size() {
        item.get("assets").forEach(asset -> {
            // 0x12 is SHA-256, 0x20 its 32 bytes.
            assertThat(asset.get("file:checksum").textValue()).matches("^1220[a-f0-9]{64}$");
            assertThat(asset.get("file:size").isIntegralNumber()).isTrue();
            assertThat(asset.get("file:size").longValue()).isPositive();
        });
    }

    @Test
    void what_the_extensions_have_no_field_for_has_our_prefix() {
        assertThat(properties.get("landslide:threshold").doubleValue()).isBetween(0.0, 1.0);
        JsonNode window = properties.get("landslide:window");
        assertThat(window.get("size").intValue()).isEqualTo(64);
        assertThat(window.get("overlap").intValue()).isEqualTo(16);
        assertThat(window.get("multiple").intValue()).isEqualTo(4);
        assertThat(window.get("receptive_field").intValue()).isEqualTo(9);
        assertThat(properties.get("landslide:training").isObject()).isTrue();
        assertThat(properties.get("landslide:metrics").isObject()).isTrue();
        assertThat(properties.get("landslide:code_version").textValue()).isNotEmpty();
        Set<String> common = Set.of("title", "description", "datetime", "created", "bands");
        properties.fieldNames().forEachRemaining(name -> assertThat(
                        common.contains(name) || name.startsWith("mlm:") || name.startsWith("landslide:"))
                .as(name)
                .isTrue());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.textValue()));
        return texts;
    }
}
