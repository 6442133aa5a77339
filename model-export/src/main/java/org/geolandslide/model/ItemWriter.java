package org.geolandslide.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Writes {@code item.json}: a STAC 1.1 item with the extensions Machine Learning Model 1.4, file 2.1, electro-optical 2.0
 * and classification. What they have no field for stands under {@code landslide:}.
 */
final class ItemWriter {
    static final String STAC_VERSION = "1.1.0";
    static final String MLM = "https://stac-extensions.github.io/mlm/v1.4.0/schema.json";
    static final String FILE = "https://stac-extensions.github.io/file/v2.1.0/schema.json";
    static final String EO = "https://stac-extensions.github.io/eo/v2.0.0/schema.json";
    static final String CLASSIFICATION = "https://stac-extensions.github.io/classification/v2.0.0/schema.json";
    static final List<String> DIMENSIONS = List.of("batch", "bands", "height", "width");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ItemWriter() {}

    static byte[] write(Item item) {
        ModelDescription model = item.model();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("type", "Feature");
        root.put("stac_version", STAC_VERSION);
        root.putArray("stac_extensions").add(MLM).add(FILE).add(EO).add(CLASSIFICATION);
        root.put("id", model.name().toLowerCase(Locale.ROOT).replaceAll("\\s+", "-"));
        writeExtent(root);
        writeProperties(root.putObject("properties"), model);
        root.putArray("links");
        writeAssets(root.putObject("assets"), item);
        try {
            return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the description of '" + model.name() + "' is not JSON", e);
        }
    }

    /** The whole world: a model claims no region; the model card says where it was trained. */
    private static void writeExtent(ObjectNode root) {
        ObjectNode geometry = root.putObject("geometry");
        geometry.put("type", "Polygon");
        ArrayNode ring = geometry.putArray("coordinates").addArray();
        double[][] corners = {{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}};
        for (double[] corner : corners) {
            ring.addArray().add(corner[0]).add(corner[1]);
        }
        root.putArray("bbox").add(-180.0).add(-90.0).add(180.0).add(90.0);
    }

    private static void writeProperties(ObjectNode properties, ModelDescription model) {
        properties.put("title", model.name());
        properties.put("description", model.description());
        properties.put("datetime", model.created().toString());
        properties.put("created", model.created().toString());
        ArrayNode bands = properties.putArray("bands");
        for (ModelInput input : model.inputs()) {
            input.bands().forEach(band -> writeBand(bands.addObject(), band));
        }
        properties.put("mlm:name", model.name());
        properties.put("mlm:architecture", model.architecture());
        ArrayNode tasks = properties.putArray("mlm:tasks").add("semantic-segmentation");
        if (model.hasOutput(ModelOutput.DETECTION)) {
            tasks.add("classification");
        }
        properties.put("mlm:framework", "ONNX");
        properties.put("mlm:total_parameters", model.totalParameters());
        properties.put("mlm:pretrained", false);
        properties.putNull("mlm:pretrained_source");
        properties.putNull("mlm:accelerator");
        properties.put("mlm:accelerator_constrained", false);
        ArrayNode inputs = properties.putArray("mlm:input");
        model.inputs().forEach(input -> writeInput(inputs.addObject(), input, model.windowing()));
        ArrayNode outputs = properties.putArray("mlm:output");
        model.outputs().forEach(output -> writeOutput(outputs.addObject(), output, model.windowing()));
        if (!model.hyperparameters().isEmpty()) {
            properties.set("mlm:hyperparameters", MAPPER.valueToTree(model.hyperparameters()));
        }
        properties.put("landslide:threshold", model.threshold());
        ObjectNode window = properties.putObject("landslide:window");
        window.put("size", model.windowing().size());
        window.put("overlap", model.windowing().overlap());
        window.put("multiple", model.windowing().multiple());
        window.put("receptive_field", model.windowing().receptiveField());
        window.put("fixed", model.windowing().fixed());
        window.put("resample", model.windowing().resample());
        properties.set("landslide:training", MAPPER.valueToTree(model.training()));
        properties.set("landslide:metrics", MAPPER.valueToTree(model.metrics()));
        properties.put("landslide:code_version", model.codeVersion());
    }

    private static void writeBand(ObjectNode node, Band band) {
        node.put("name", band.name());
        if (band.isCommonName()) {
            node.put("eo:common_name", band.name());
        }
        node.put("data_type", band.dataType());
        if (!band.unit().isEmpty()) {
            node.put("unit", band.unit());
        }
        band.nodata().ifPresent(nodata -> {
            // JSON has no NaN; STAC 1.1 spells it.
            if (Double.isNaN(nodata)) {
                node.put("nodata", "nan");
            } else {
                node.put("nodata", nodata);
            }
        });
        band.groundSampleDistance().ifPresent(distance -> node.put("gsd", distance));
    }

    private static void writeInput(ObjectNode node, ModelInput input, Windowing windowing) {
        node.put("name", input.name());
        ArrayNode bands = node.putArray("bands");
        input.bands().forEach(band -> bands.add(band.name()));
        writeStructure(node.putObject("input"), input.bands().size(), windowing);
        node.put("description", input.description());
        node.putNull("value_scaling");
        node.put("resize_type", windowing.resample() ? "interpolation-linear" : null);
        node.putNull("pre_processing_function");
    }

    private static void writeOutput(ObjectNode node, ModelOutput output, Windowing windowing) {
        node.put("name", output.name());
        node.putArray("tasks").add(output.isPerPixel() ? "semantic-segmentation" : "classification");
        if (output.isPerPixel()) {
            writeStructure(node.putObject("result"), 1, windowing);
        } else {
            writeStructure(node.putObject("result"), List.of(-1, 1), List.of("batch", "class"));
        }
        node.put("description", output.description());
        ArrayNode classes = node.putArray("classification:classes");
        for (OutputClass outputClass : output.classes()) {
            ObjectNode entry = classes.addObject();
            entry.put("value", outputClass.value());
            entry.put("name", outputClass.name());
            entry.put("description", outputClass.description());
            entry.put("color_hint", outputClass.colour());
        }
        node.putNull("post_processing_function");
    }

    private static void writeStructure(ObjectNode node, int bands, Windowing windowing) {
        int side = windowing.fixed() ? windowing.size() : -1;
        writeStructure(node, List.of(-1, bands, side, side), DIMENSIONS);
    }

    private static void writeStructure(ObjectNode node, List<Integer> sizes, List<String> dimensions) {
        ArrayNode shape = node.putArray("shape");
        sizes.forEach(shape::add);
        ArrayNode order = node.putArray("dim_order");
        dimensions.forEach(order::add);
        node.put("data_type", "float32");
    }

    private static void writeAssets(ObjectNode assets, Item item) {
        ObjectNode model = writeAsset(assets, item, PackageAsset.MODEL, "ONNX model with its preprocessing");
        model.put("type", "application/octet-stream; framework=onnx");
        model.putArray("roles").add("mlm:model").add("mlm:weights").add("model");
        model.put("mlm:artifact_type", "onnx");
        ObjectNode golden = writeAsset(assets, item, PackageAsset.GOLDEN, "One input and the output expected for it");
        golden.put("type", "application/json");
        golden.putArray("roles").add("metadata");
        ObjectNode card = writeAsset(assets, item, PackageAsset.MODEL_CARD, "Model card");
        card.put("type", "text/markdown");
        card.putArray("roles").add("metadata");
        if (item.assets().containsKey(PackageAsset.SAMPLES)) {
            ObjectNode samples = writeAsset(
                    assets, item, PackageAsset.SAMPLES, "The samples that the model was trained and validated on");
            samples.put("type", "text/csv");
            samples.putArray("roles").add("metadata");
        }
    }

    private static ObjectNode writeAsset(ObjectNode assets, Item item, String key, String title) {
        PackageAsset asset = item.assets().get(key);
        if (asset == null) {
            throw new IllegalArgumentException("the item lacks the asset '" + key + "'");
        }
        ObjectNode node = assets.putObject(key);
        node.put("href", "./" + asset.href());
        node.put("title", title);
        node.put("file:checksum", asset.checksum());
        node.put("file:size", asset.size());
        return node;
    }
}
