package org.geolandslide.segmentation.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.segmentation.engine.ModelRegistry;
import org.geotools.process.ProcessException;
import org.geotools.process.factory.DescribeProcess;
import org.geotools.process.factory.DescribeResult;

/** The process {@code landslide:ListModels}. */
@DescribeProcess(
        title = "List landslide models",
        description = "Lists the models that the processes can use, with their inputs, outputs and measured accuracy.")
public final class ListModelsProcess {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Lists the models.
     *
     * @return {@code {"default": name or null, "models": [...], "problems": {file: reason}}}
     */
    @DescribeResult(name = "models", description = "Models as JSON")
    public String execute() throws ProcessException {
        ModelRegistry registry = Models.registry();
        ObjectNode root = MAPPER.createObjectNode();
        try {
            root.put("default", registry.defaultModel().orElse(null));
            ArrayNode models = root.putArray("models");
            for (ModelDescription model : registry.models().values()) {
                describe(models.addObject(), model);
            }
            root.set("problems", MAPPER.valueToTree(registry.problems()));
        } catch (IOException e) {
            throw new ProcessException(
                    "the models in " + registry.folder() + " cannot be listed: " + e.getMessage(), e);
        }
        return root.toPrettyString();
    }

    private static void describe(ObjectNode node, ModelDescription model) {
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
