package org.geolandslide.training.evaluation;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.Windowing;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.window.Reflection;
import org.geolandslide.segmentation.window.Symmetry;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.network.SegmentationGraphs;

/**
 * Evaluates a model on chips: each in one piece at its own size, or, with a model that takes windows of one size only, in windows that
 * share half of their pixels and are averaged where they do.
 */
public final class ChipEvaluator {
    private static final double DETECTION_THRESHOLD = 0.5;

    private final ModelSession session;
    private final double threshold;
    private final List<Symmetry> symmetries;

    /** An evaluator that runs each chip once. */
    public ChipEvaluator(ModelSession session, double threshold) {
        this(session, threshold, false);
    }

    /**
     * An evaluator.
     *
     * @param threshold least probability of a landslide pixel
     * @param augment whether the eight symmetries of each chip are averaged
     */
    public ChipEvaluator(ModelSession session, double threshold, boolean augment) {
        this.session = session;
        this.threshold = threshold;
        this.symmetries = augment ? List.of(Symmetry.values()) : List.of(Symmetry.IDENTITY);
    }

    /**
     * Scores over chips.
     *
     * @param shifts diagonal shifts in pixels at which F1 is measured, too: the chip is moved to the lower right, continued by
     *     reflection, and at every shift those pixels are scored that stay in the chip at the largest one
     * @throws IllegalArgumentException if a shift is negative or not smaller than a chip
     */
    public Evaluation evaluate(List<Sample> chips, List<Integer> shifts) {
        ScoreHistogram pixels = new ScoreHistogram();
        List<Evaluation.OfSample> perSample = new ArrayList<>();
        Confusion images = Confusion.NONE;
        Map<Integer, ScoreHistogram> shifted = new TreeMap<>();
        int margin = shifts.stream().mapToInt(Integer::intValue).max().orElse(0);
        for (Sample chip : chips) {
            float[] probability = predict(chip, 0, ModelOutput.PROBABILITY);
            ScoreHistogram own = new ScoreHistogram();
            score(chip, probability, 0, 0, own);
            pixels.add(own);
            boolean detected = session.description().hasOutput(ModelOutput.DETECTION)
                    ? detection(chip) >= DETECTION_THRESHOLD
                    : anyPredicted(chip, probability);
            Confusion image = Confusion.NONE.plus(detected, anyLabelled(chip));
            images = images.plus(image);
            perSample.add(new Evaluation.OfSample(chip.name(), own.at(threshold), image));
            for (int shift : shifts) {
                requireSmaller(shift, margin, chip);
                float[] atShift = shift == 0 ? probability : predict(chip, shift, ModelOutput.PROBABILITY);
                score(chip, atShift, shift, margin, shifted.computeIfAbsent(shift, key -> new ScoreHistogram()));
            }
        }
        Map<Integer, Double> shiftF1 = new TreeMap<>();
        shifted.forEach(
                (shift, scores) -> shiftF1.put(shift, scores.at(threshold).f1()));
        return new Evaluation(pixels, perSample, images, threshold, shiftF1);
    }

    /**
     * Draws some of the chips that hold landslide, from the worst to the best F1, evenly chosen between.
     *
     * @param chips chips that were evaluated
     * @param evaluation their evaluation
     * @param rows most chips that are drawn, at least 2
     * @return empty if no chip holds landslide
     */
    public Optional<BufferedImage> sheet(List<Sample> chips, Evaluation evaluation, int rows) {
        List<Integer> ranked = IntStream.range(0, chips.size())
                .filter(i -> chips.get(i).hasLandslide())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        i -> evaluation.perSample().get(i).pixel().f1()))
                .toList();
        if (ranked.isEmpty()) {
            return Optional.empty();
        }
        int count = Math.min(rows, ranked.size());
        List<ChipSheet.Row> drawn = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            int i = ranked.get(count == 1 ? 0 : (int) ((long) row * (ranked.size() - 1) / (count - 1)));
            Sample chip = chips.get(i);
            boolean attentive = session.description().hasOutput(ModelOutput.ATTENTION);
            drawn.add(new ChipSheet.Row(
                    chip,
                    predict(chip, 0, ModelOutput.PROBABILITY),
                    attentive ? predict(chip, 0, ModelOutput.ATTENTION) : new float[0],
                    evaluation.perSample().get(i).pixel()));
        }
        return Optional.of(ChipSheet.draw(
                session.description().name(),
                session.description().inputs().get(0).shownBands(),
                drawn,
                threshold));
    }

    private static void requireSmaller(int shift, int margin, Sample chip) {
        if (shift < 0 || margin >= Math.min(chip.width(), chip.height())) {
            throw new IllegalArgumentException("shifts up to " + margin + " pixels do not fit the chip " + chip.name()
                    + " of " + chip.width() + " x " + chip.height());
        }
    }

    /** Probability that the chip holds any landslide: that of the window that is surest. */
    private float detection(Sample chip) {
        float largest = 0;
        for (Rectangle window : windows(chip)) {
            largest = Math.max(largest, run(chip, 0, window, ModelOutput.DETECTION)[0]);
        }
        return largest;
    }

    /** One output for each pixel of the chip after it was moved, row-major. */
    private float[] predict(Sample chip, int shift, String output) {
        float[] sums = new float[chip.width() * chip.height()];
        int[] counts = new int[sums.length];
        for (Rectangle window : windows(chip)) {
            float[] values = run(chip, shift, window, output);
            for (int y = window.y; y < Math.min(chip.height(), window.y + window.height); y++) {
                for (int x = window.x; x < Math.min(chip.width(), window.x + window.width); x++) {
                    int pixel = y * chip.width() + x;
                    sums[pixel] += values[(y - window.y) * window.width + x - window.x];
                    counts[pixel]++;
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= counts[i];
        }
        return sums;
    }

    /** Windows that cover a chip; they may reach beyond its right and lower edge. */
    private List<Rectangle> windows(Sample chip) {
        Windowing windowing = session.description().windowing();
        if (!windowing.fixed()) {
            int multiple = windowing.multiple();
            int width = (chip.width() + multiple - 1) / multiple * multiple;
            int height = (chip.height() + multiple - 1) / multiple * multiple;
            // Only a square can be turned.
            int longer = Math.max(width, height);
            return List.of(symmetries.size() > 1 ? new Rectangle(longer, longer) : new Rectangle(width, height));
        }
        List<Rectangle> windows = new ArrayList<>();
        for (int y : starts(chip.height(), windowing.size())) {
            for (int x : starts(chip.width(), windowing.size())) {
                windows.add(new Rectangle(x, y, windowing.size(), windowing.size()));
            }
        }
        return windows;
    }

    private static List<Integer> starts(int length, int size) {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start + size < length; start += Math.max(1, size / 2)) {
            starts.add(start);
        }
        starts.add(Math.max(0, length - size));
        return starts;
    }

    /** An output for a window: the mean over the symmetries, one value or, turned back, one per pixel. */
    private float[] run(Sample chip, int shift, Rectangle window, String output) {
        float[] sums = new float[output.equals(ModelOutput.DETECTION) ? 1 : window.width * window.height];
        for (Symmetry symmetry : symmetries) {
            int[] sources = symmetries.size() > 1 ? symmetry.sources(window.width) : new int[0];
            Map<String, FloatBuffer> inputs = new LinkedHashMap<>();
            FloatBuffer optical = buffer(chip.optical().length * window.width * window.height);
            for (float[] band : chip.optical()) {
                put(chip, band, shift, window, sources, optical);
            }
            inputs.put(SegmentationGraphs.OPTICAL, optical.flip());
            if (chip.hasElevation()) {
                FloatBuffer elevation = buffer(window.width * window.height);
                put(chip, chip.elevation(), shift, window, sources, elevation);
                inputs.put(SegmentationGraphs.DEM, elevation.flip());
            }
            session.run(inputs, 1, window.height, window.width, List.of(output), (name, values) -> {
                for (int i = 0; i < sums.length; i++) {
                    sums[sources.length > 0 && sums.length > 1 ? sources[i] : i] += values.get(i) / symmetries.size();
                }
            });
        }
        return sums;
    }

    private static FloatBuffer buffer(int values) {
        return ByteBuffer.allocateDirect(values * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * Puts a window of a band.
     *
     * @param sources for each pixel of the turned window, which one of the window it is; none for a window that is not turned
     */
    private static void put(Sample chip, float[] band, int shift, Rectangle window, int[] sources, FloatBuffer target) {
        for (int i = 0; i < window.width * window.height; i++) {
            int source = sources.length > 0 ? sources[i] : i;
            int y = window.y + source / window.width;
            int x = window.x + source % window.width;
            int row = Reflection.inside(y - shift, chip.height()) * chip.width();
            target.put(band[row + Reflection.inside(x - shift, chip.width())]);
        }
    }

    private static void score(Sample chip, float[] probability, int shift, int margin, ScoreHistogram scores) {
        for (int y = 0; y < chip.height() - margin; y++) {
            for (int x = 0; x < chip.width() - margin; x++) {
                byte label = chip.labels()[y * chip.width() + x];
                if (label != Sample.UNLABELLED) {
                    scores.add(probability[(y + shift) * chip.width() + x + shift], label == 1);
                }
            }
        }
    }

    private boolean anyPredicted(Sample chip, float[] probability) {
        for (int i = 0; i < probability.length; i++) {
            if (chip.labels()[i] != Sample.UNLABELLED && probability[i] >= threshold) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyLabelled(Sample chip) {
        for (byte label : chip.labels()) {
            if (label == 1) {
                return true;
            }
        }
        return false;
    }
}
