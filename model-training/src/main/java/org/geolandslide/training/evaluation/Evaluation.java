package org.geolandslide.training.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Scores of a model on a set.
 *
 * @param pixel counts pooled over all labelled pixels
 * @param image counts of samples that hold landslide, by label and by prediction: any pixel at or above the threshold
 * @param samples number of samples
 * @param threshold least probability of a landslide pixel
 * @param shiftF1 pixel F1 by shift in pixels; empty if it was not asked for
 */
public record Evaluation(
        Confusion pixel, Confusion image, int samples, double threshold, Map<Integer, Double> shiftF1) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public Evaluation {
        shiftF1 = Map.copyOf(shiftF1);
    }

    /** The scores with the keys of the command-line contract; null where a score divides by nothing. */
    public ObjectNode toJson() {
        ObjectNode root = MAPPER.createObjectNode();
        putPixelScores(root.putObject("pixel"), pixel);
        ObjectNode images = root.putObject("image");
        put(images, "f1", image.f1());
        put(images, "accuracy", image.accuracy());
        put(images, "precision", image.precision());
        put(images, "recall", image.recall());
        root.put("samples", samples);
        root.put("threshold", threshold);
        if (!shiftF1.isEmpty()) {
            ObjectNode shifts = root.putObject("shiftF1");
            shiftF1.keySet().stream()
                    .sorted()
                    .forEach(shift -> put(shifts, shift.toString(), shiftF1.getOrDefault(shift, Double.NaN)));
        }
        return root;
    }

    /** Adds the scores of pixels to a node; null where a score divides by nothing. */
    public static void putPixelScores(ObjectNode node, Confusion pixel) {
        put(node, "f1", pixel.f1());
        put(node, "precision", pixel.precision());
        put(node, "recall", pixel.recall());
        put(node, "iou", pixel.iou());
        put(node, "miou", pixel.meanIou());
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
