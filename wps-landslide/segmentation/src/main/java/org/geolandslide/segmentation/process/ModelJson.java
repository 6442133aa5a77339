package org.geolandslide.segmentation.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.segmentation.engine.ModelRegistry;

/** Models as JSON, for {@code landslide:ListModels} and for REST. */
public final class ModelJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ModelJson() {}

    /** All models of a folder: {@code {"default": name or null, "models": [...], "problems": {file: reason}}}. */
    public static ObjectNode list(ModelRegistry registry) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("default", registry.defaultModel().orElse(null));
        ArrayNode models = root.putArray("models");
        for (ModelDescription model : registry.models().values()) {
            summarise(models.addObject(), model);
        }
        root.set("problems", MAPPER.valueToTree(registry.problems()));
        return root;
    }

    /**
     * One model with everything that its package says, but for the weights and the lists of samples.
     *
     * @return empty if there is no such model
     */
    public static Optional<ObjectNode> describe(ModelRegistry registry, String name) throws IOException {
        Optional<ModelPackage> found = registry.find(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ModelDescription model = found.get().description();
        ObjectNode root = MAPPER.createObjectNode();
        summarise(root, model);
        root.put("default", registry.defaultModel().equals(Optional.of(name)));
        registry.location(name).ifPresent(file -> root.put("file", String.valueOf(file.getFileName())));
        root.put("checksum", found.get().checksum());
        root.put("created", model.created().toString());
        root.put("codeVersion", model.codeVersion());
        root.put("totalParameters", model.totalParameters());
        ObjectNode bands = root.putObject("bands");
        for (ModelInput input : model.inputs()) {
            ArrayNode list = bands.putArray(input.name());
            input.bands().forEach(band -> describe(list.addObject(), band));
        }
        root.set("hyperparameters", MAPPER.valueToTree(model.hyperparameters()));
        root.set("training", MAPPER.valueToTree(model.training()));
        root.put("modelCard", found.get().modelCard());
        return Optional.of(root);
    }

    private static void describe(ObjectNode node, Band band) {
        node.put("name", band.name());
        node.put("dataType", band.dataType());
        if (!band.unit().isEmpty()) {
            node.put("unit", band.unit());
        }
        band.nodata().ifPresent(nodata -> {
            // JSON has no NaN.
            if (Double.isNaN(nodata)) {
                node.put("nodata", "nan");
            } else {
                node.put("nodata", nodata);
            }
        });
        band.groundSampleDistance().ifPresent(metres -> node.put("groundSampleDistance", metres));
    }

    private static void summarise(ObjectNode node, ModelDescription model) {
        node.put("name", model.name());
        node.put("description", model.description());
        node.put("architecture", model.architecture());
        ArrayNode inputs = node.putArray("inputs");
        model.inputs().forEach(input -> {
            ObjectNode entry = inputs.addObject();
            entry.put("name", input.name());
            ArrayNode bands = entry.putArray("bands");
            input.bands().stream().map(Band::name).forEach(bands::add);
        });
        ArrayNode outputs = node.putArray("outputs");
        model.outputs().stream().map(ModelOutput::name).forEach(outputs::add);
        node.put("threshold", model.threshold());
        node.put("windowPixels", model.windowing().size());
        node.put("overlapPixels", model.windowing().overlap());
        node.set("metrics", MAPPER.valueToTree(model.metrics()));
    }
}
