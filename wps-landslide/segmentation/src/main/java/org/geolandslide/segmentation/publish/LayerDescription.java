package org.geolandslide.segmentation.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.geolandslide.segmentation.product.Product;

/**
 * What a layer says about itself.
 *
 * @param title heading
 * @param summary what its values mean and where they come from, in a few sentences
 * @param keywords words to find it by
 * @param provenance the report of the run as JSON: model, checksum, inputs, parameters, device, versions, time
 */
public record LayerDescription(String title, String summary, List<String> keywords, String provenance) {
    public LayerDescription {
        keywords = List.copyOf(keywords);
    }

    /**
     * Describes a product.
     *
     * @param name name of the layers
     * @param report the report of the run, with {@code time} and {@code layers.inputs}
     */
    public static LayerDescription of(Product product, String name, JsonNode report) {
        return new LayerDescription(
                product.title() + " (" + name + ")",
                summary(product, report),
                List.of("landslide", product.id(), "landslide:SegmentLayer"),
                report.toString());
    }

    private static String summary(Product product, JsonNode report) {
        JsonNode parameters = report.path("parameters");
        String sources = report.path("layers").path("inputs").properties().stream()
                .map(input -> input.getValue().asText())
                .collect(Collectors.joining(" and "));
        return product.title() + ": " + product.meaning() + ".\n"
                + "Made by landslide:SegmentLayer at " + report.path("time").asText() + " from "
                + sources + ", with the model "
                + report.path("model").path("name").asText() + " (checksum "
                + report.path("model").path("checksum").asText() + ") on "
                + report.path("device").asText() + ".\n"
                + "Parameters: threshold " + parameters.path("threshold").asText() + ", minimum area "
                + parameters.path("minimumAreaSquareMetres").asText() + " m2, windows of "
                + parameters.path("windowPixels").asText() + " pixels with an overlap of "
                + parameters.path("overlapPixels").asText()
                + (parameters.path("augment").asBoolean() ? ", average over eight symmetries" : "")
                + (parameters.path("resampled").asBoolean() ? ", resampled for the model" : "")
                + (parameters.has("simplificationMetres")
                        ? ", simplified by "
                                + parameters.path("simplificationMetres").asText() + " m"
                        : "")
                + (parameters.has("region") ? ", inside of a region" : "") + ".\n"
                + String.format(
                        Locale.ROOT,
                        "Data in %.1f %% of the pixels",
                        100 * report.path("validShare").asDouble())
                + ", " + report.path("polygons").asText() + " landslides.\n"
                + "Versions: landslide "
                + report.path("versions").path("landslide").asText() + ", ONNX Runtime "
                + report.path("versions").path("onnxruntime").asText() + ", Java "
                + report.path("versions").path("java").asText() + ".";
    }
}
