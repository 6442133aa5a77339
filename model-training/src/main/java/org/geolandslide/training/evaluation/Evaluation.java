package org.geolandslide.training.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Scores of a model on a set.
 *
 * @param scores labelled pixels of all samples by probability
 * @param perSample counts of the labelled pixels of each sample, and what was said of it as a whole
 * @param image counts of samples that hold landslide, by label and by prediction: any pixel at or above the threshold
 * @param threshold least probability of a landslide pixel
 * @param shiftF1 pixel F1 by shift in pixels; empty if it was not asked for
 */
public record Evaluation(
        ScoreHistogram scores,
        List<OfSample> perSample,
        Confusion image,
        double threshold,
        Map<Integer, Double> shiftF1) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Thresholds of a sweep, in hundredths (table IX of Pham et al. 2025). */
    private static final int SWEEP_STEP = 10;

    /**
     * Counts of one sample.
     *
     * @param name its name
     * @param pixel its labelled pixels
     * @param image one decision: whether it holds landslide
     */
    public record OfSample(String name, Confusion pixel, Confusion image) {}

    public Evaluation {
        perSample = List.copyOf(perSample);
        shiftF1 = Map.copyOf(shiftF1);
    }

    /** Counts pooled over all labelled pixels. */
    public Confusion pixel() {
        return scores.at(threshold);
    }

    /** Number of samples. */
    public int samples() {
        return perSample.size();
    }

    /** 95 % interval of a score of the pooled pixels over the samples, empty for a single sample. */
    public Optional<Interval> interval(ToDoubleFunction<Confusion> score) {
        return interval(OfSample::pixel, score);
    }

    /** 95 % interval of a score of the samples as wholes, empty for a single sample. */
    public Optional<Interval> imageInterval(ToDoubleFunction<Confusion> score) {
        return interval(OfSample::image, score);
    }

    private Optional<Interval> interval(Function<OfSample, Confusion> counts, ToDoubleFunction<Confusion> score) {
        return samples() < 2
                ? Optional.empty()
                : Optional.of(Bootstrap.of(perSample.stream().map(counts).toList(), score));
    }

    /** Pooled counts at the thresholds 0.1, 0.2, ... 0.9. */
    public Map<Double, Confusion> sweep() {
        Map<Double, Confusion> sweep = new TreeMap<>();
        for (int percent = SWEEP_STEP; percent < 100; percent += SWEEP_STEP) {
            sweep.put(percent / 100.0, scores.at(percent / 100.0));
        }
        return sweep;
    }

    /** The scores with the keys of the command-line contract and more; null where a score divides by nothing. */
    public ObjectNode toJson() {
        ObjectNode root = MAPPER.createObjectNode();
        ObjectNode pooled = root.putObject("pixel");
        putPixelScores(pooled, pixel());
        interval(Confusion::f1).ifPresent(interval -> putInterval(pooled, "f1Interval", interval));
        interval(Confusion::iou).ifPresent(interval -> putInterval(pooled, "iouInterval", interval));
        ObjectNode images = root.putObject("image");
        put(images, "f1", image.f1());
        put(images, "accuracy", image.accuracy());
        put(images, "precision", image.precision());
        put(images, "recall", image.recall());
        Reliability reliability = scores.reliability();
        ObjectNode calibration = root.putObject("calibration");
        put(calibration, "expectedError", reliability.expectedError());
        ArrayNode bins = calibration.putArray("bins");
        reliability.bins().forEach(bin -> bins.addObject()
                .put("pixels", bin.pixels())
                .put("probability", bin.probability())
                .put("landslide", bin.landslide()));
        imageInterval(Confusion::f1).ifPresent(interval -> putInterval(images, "f1Interval", interval));
        imageInterval(Confusion::accuracy).ifPresent(interval -> putInterval(images, "accuracyInterval", interval));
        root.put("samples", samples());
        root.put("threshold", threshold);
        ArrayNode thresholds = root.putArray("sweep");
        sweep().forEach((at, counts) -> putPixelScores(thresholds.addObject().put("threshold", at), counts));
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

    private static void putInterval(ObjectNode node, String name, Interval interval) {
        if (Double.isFinite(interval.least())) {
            node.putArray(name).add(interval.least()).add(interval.most());
        } else {
            node.putNull(name);
        }
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
