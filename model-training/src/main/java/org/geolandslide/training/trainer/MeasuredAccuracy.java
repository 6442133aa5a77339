package org.geolandslide.training.trainer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code landslide evaluate --json} wrote about a model, for its package and its card.
 *
 * @param source where it was read, for messages
 * @param scores the scores; see the command-line contract
 */
public record MeasuredAccuracy(Path source, JsonNode scores) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What goes into the package; the rest is in the card. */
    private static final List<String> KEPT =
            List.of("data", "samples", "validationSamples", "threshold", "augmented", "pixel", "image", "shiftF1");

    /**
     * Reads an evaluation.
     *
     * @param checksum multihash of the model that it must be of
     * @throws IOException if it cannot be read, or is one of another model
     */
    static MeasuredAccuracy read(Path file, String checksum) throws IOException {
        JsonNode scores = MAPPER.readTree(file.toFile());
        for (String field : List.of("data", "model", "pixel", "image", "samples", "threshold", "calibration")) {
            if (!scores.has(field)) {
                throw new IOException(
                        file + " has no field '" + field + "', expected what 'landslide evaluate --json' writes");
            }
        }
        String measured = scores.path("model").path("checksum").asText();
        if (!measured.equals(checksum)) {
            throw new IOException(file + " was measured with a model of checksum " + measured
                    + ", expected that of this run's model, " + checksum);
        }
        return new MeasuredAccuracy(file, scores);
    }

    /** The scores as JSON values, without curves. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        for (String field : KEPT) {
            if (scores.has(field)) {
                summary.put(field, MAPPER.convertValue(scores.get(field), new TypeReference<Object>() {}));
            }
        }
        summary.put(
                "expected_calibration_error",
                scores.path("calibration").path("expectedError").asDouble());
        return summary;
    }

    /** A section of a model card. */
    String section() {
        StringBuilder text = new StringBuilder();
        text.append("### ").append(scores.get("data").asText()).append("\n\n");
        long validation = scores.path("validationSamples").asLong();
        if (validation > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "Epoch and threshold were chosen on %d of these %d samples.%n%n",
                    validation,
                    scores.get("samples").asLong()));
        }
        text.append("| | precision | recall | F1 | IoU | mean IoU | accuracy |\n|---|---|---|---|---|---|---|\n");
        JsonNode pixel = scores.get("pixel");
        text.append(String.format(
                Locale.ROOT,
                "| pixels, pooled | %s | %s | %s%s | %s%s | %s | |%n",
                number(pixel.path("precision")),
                number(pixel.path("recall")),
                number(pixel.path("f1")),
                interval(pixel.path("f1Interval")),
                number(pixel.path("iou")),
                interval(pixel.path("iouInterval")),
                number(pixel.path("miou"))));
        JsonNode image = scores.get("image");
        if (scores.get("samples").asLong() > 1) {
            text.append(String.format(
                    Locale.ROOT,
                    "| images | %s | %s | %s%s | | | %s%s |%n",
                    number(image.path("precision")),
                    number(image.path("recall")),
                    number(image.path("f1")),
                    interval(image.path("f1Interval")),
                    number(image.path("accuracy")),
                    interval(image.path("accuracyInterval"))));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n%d %s, threshold %.2f%s; expected calibration error %.3f.%n",
                scores.get("samples").asLong(),
                scores.get("samples").asLong() == 1 ? "sample" : "samples",
                scores.get("threshold").asDouble(),
                scores.path("augmented").asBoolean() ? ", averaged over the eight symmetries" : "",
                scores.path("calibration").path("expectedError").asDouble()));
        appendShifts(text);
        return text.toString();
    }

    private void appendShifts(StringBuilder text) {
        JsonNode shifts = scores.path("shiftF1");
        if (shifts.isEmpty()) {
            return;
        }
        StringBuilder head = new StringBuilder("\n| chips moved diagonally, pixels |");
        StringBuilder rule = new StringBuilder("|---|");
        StringBuilder row = new StringBuilder("| F1 |");
        shifts.properties().forEach(entry -> {
            head.append(' ').append(entry.getKey()).append(" |");
            rule.append("---|");
            row.append(' ').append(number(entry.getValue())).append(" |");
        });
        text.append(head).append('\n').append(rule).append('\n').append(row).append('\n');
    }

    /** The curves of precision and recall and of reliability, as tables. */
    String curves() {
        StringBuilder text = new StringBuilder();
        text.append("Precision and recall by threshold, ")
                .append(scores.get("data").asText())
                .append(":\n\n");
        text.append("| threshold | precision | recall | F1 | IoU |\n|---|---|---|---|---|\n");
        for (JsonNode point : scores.path("sweep")) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %.2f | %s | %s | %s | %s |%n",
                    point.path("threshold").asDouble(),
                    number(point.path("precision")),
                    number(point.path("recall")),
                    number(point.path("f1")),
                    number(point.path("iou"))));
        }
        text.append("\nReliability: how often pixels of a probability are landslide.\n\n");
        text.append("| mean probability | share of landslide | pixels |\n|---|---|---|\n");
        for (JsonNode bin : scores.path("calibration").path("bins")) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %.3f | %.3f | %,d |%n",
                    bin.path("probability").asDouble(),
                    bin.path("landslide").asDouble(),
                    bin.path("pixels").asLong()));
        }
        return text.toString();
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "";
    }

    private static String interval(JsonNode value) {
        return value.size() == 2
                ? String.format(
                        Locale.ROOT,
                        " (%.3f to %.3f)",
                        value.get(0).asDouble(),
                        value.get(1).asDouble())
                : "";
    }
}
