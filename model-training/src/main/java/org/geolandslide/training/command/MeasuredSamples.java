package org.geolandslide.training.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SampleFile;
import org.geolandslide.training.data.SceneFolder;
import org.geolandslide.training.evaluation.SceneEvaluator;
import org.geolandslide.training.split.Admission;
import org.geolandslide.training.split.Selection;
import org.geolandslide.training.split.UsedSamples;

/** What of some data a model is measured on and what is left out, in words and as JSON. */
final class MeasuredSamples implements SceneEvaluator.Scored {
    private final Selection selection;
    private final boolean known;
    private final String what;
    private final Map<String, Long> pixelsLeftOut = new LinkedHashMap<>();
    private int scenesLeftOut;

    private MeasuredSamples(Selection selection, boolean known, String what) {
        this.selection = selection;
        this.known = known;
        this.what = what;
    }

    /**
     * Selects samples.
     *
     * @param areScenes whether the files are scenes, not chips
     * @param data their folder, for the message
     * @throws IOException if the package's list or an image cannot be read, or nothing is left
     */
    static MeasuredSamples of(
            ModelPackage model, List<SampleFile> files, boolean areScenes, Path data, Admission admission)
            throws IOException {
        Optional<String> listed = model.samples();
        UsedSamples used = listed.isPresent()
                ? UsedSamples.parse(listed.get(), "samples.csv of the model package")
                : new UsedSamples(List.of());
        Selection selection =
                areScenes ? Selection.ofScenes(files, used, admission) : Selection.ofChips(files, used, admission);
        MeasuredSamples samples = new MeasuredSamples(selection, listed.isPresent(), areScenes ? "scene" : "chip");
        if (selection.measured().isEmpty() && !files.isEmpty()) {
            throw samples.nothingLeft(data);
        }
        return samples;
    }

    private IOException nothingLeft(Path data) {
        return new IOException("nothing of " + data + " is left to measure: " + String.join("; ", lines())
                + " (--with-training measures all)");
    }

    /** The files that are measured. */
    List<SampleFile> files() {
        return selection.measured();
    }

    /** What is known before the evaluation. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!known) {
            lines.add("the package does not say what the model was trained on; nothing is left out");
        }
        if (selection.leftOut() > 0) {
            lines.add("left out " + counted(selection.leftOut()) + " that the model was trained on");
        }
        if (selection.leftOutValidation() > 0) {
            lines.add("left out " + counted(selection.leftOutValidation())
                    + " on which the model's epoch and threshold were chosen");
        }
        String measured = counted(selection.measured().size());
        if (selection.trainedOn() > 0) {
            lines.add("the model was trained on " + selection.trainedOn() + " of " + measured);
        }
        if (selection.validated() > 0) {
            lines.add("the model's epoch and threshold were chosen on " + selection.validated() + " of " + measured);
        }
        if (selection.namesakes() > 0) {
            lines.add("measured " + counted(selection.namesakes())
                    + " with the name of one that the model was trained on: the content differs");
        }
        return lines;
    }

    private String counted(int samples) {
        return samples + " " + what + (samples == 1 ? "" : "s");
    }

    @Override
    public boolean choose(SceneFolder.Scene scene, byte[] labels, int width, int height) {
        long before = labelled(labels);
        selection.unlabel(scene.optical(), labels, width, height);
        long after = labelled(labels);
        if (after < before) {
            pixelsLeftOut.put(scene.name(), before - after);
        }
        boolean emptied = after == 0 && before > 0;
        scenesLeftOut += emptied ? 1 : 0;
        return !emptied;
    }

    private static long labelled(byte[] labels) {
        long count = 0;
        for (byte label : labels) {
            count += label == Sample.UNLABELLED ? 0 : 1;
        }
        return count;
    }

    /** What the evaluation of scenes left out. */
    List<String> linesAfter() {
        List<String> lines = new ArrayList<>();
        pixelsLeftOut.forEach((scene, pixels) -> lines.add(String.format(
                Locale.ROOT,
                "left out blocks of the scene %s with %,d labelled pixels, which the model knows",
                scene,
                pixels)));
        return lines;
    }

    /**
     * Refuses an evaluation of nothing.
     *
     * @throws IOException if every scene turned out to consist of blocks that the model knows
     */
    void requireSome(Path data) throws IOException {
        if (scenesLeftOut > 0 && scenesLeftOut == selection.measured().size()) {
            throw new IOException("nothing of " + data + " is left to measure: the model knows every labelled block"
                    + " (--with-training measures all)");
        }
    }

    /** Adds the counts to the scores; null where the package does not say what the model was trained on. */
    void putInto(ObjectNode scores) {
        if (known) {
            scores.put("leftOut", selection.leftOut() + selection.leftOutValidation() + scenesLeftOut);
            scores.put("trainingSamples", selection.trainedOn());
            scores.put("validationSamples", selection.validated());
        } else {
            scores.putNull("leftOut");
            scores.putNull("trainingSamples");
            scores.putNull("validationSamples");
        }
        if (!pixelsLeftOut.isEmpty()) {
            scores.put(
                    "leftOutPixels",
                    pixelsLeftOut.values().stream().mapToLong(Long::longValue).sum());
        }
    }
}
