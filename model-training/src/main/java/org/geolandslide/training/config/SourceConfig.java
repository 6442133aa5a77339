package org.geolandslide.training.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.geolandslide.model.ModelInput;
import org.geolandslide.training.data.ChipFolder;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SceneFolder;
import org.jspecify.annotations.Nullable;

/**
 * A source of samples.
 *
 * @param format layout of the folder
 * @param path folder, relative to the data folder
 * @param scenes names of the scenes that are taken, all if null; for georeferenced scenes only
 * @param folds which chips are taken, all if null; for chips only
 * @param weight how often each window comes in an epoch, positive, once if null; for training only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceConfig(
        DataFormat format, String path, @Nullable List<String> scenes, @Nullable Folds folds, @Nullable Double weight) {

    public SourceConfig {
        scenes = scenes == null ? null : List.copyOf(scenes);
        if (weight != null && !(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("weight is " + weight + " for " + path + ", expected a positive number");
        }
        if (scenes != null && scenes.isEmpty()) {
            throw new IllegalArgumentException("scenes is empty for " + path + "; leave it out to take all");
        }
        if (scenes != null && format != DataFormat.SCENE) {
            throw new IllegalArgumentException("scenes are named for " + path + ", which is of the format " + format);
        }
        if (folds != null && format == DataFormat.SCENE) {
            throw new IllegalArgumentException(
                    "folds are given for " + path + ", which is of the format " + format + "; name its scenes instead");
        }
    }

    /** How often each window comes in an epoch of training. */
    public double frequency() {
        return weight == null ? 1 : weight;
    }

    private List<String> sceneNames() {
        return scenes == null ? List.of() : scenes;
    }

    /** The source in words. */
    public String title() {
        if (folds != null) {
            return path + " (" + folds + ")";
        }
        return scenes == null ? path : path + " (" + String.join(", ", scenes) + ")";
    }

    /** Whether a sample can be of both sources. */
    public boolean sharesWith(SourceConfig other) {
        return Path.of(path).normalize().equals(Path.of(other.path).normalize())
                && (scenes == null || other.scenes == null || !Collections.disjoint(scenes, other.scenes))
                && (folds == null || other.folds == null || folds.overlaps(other.folds));
    }

    /**
     * Reads the samples.
     *
     * @param root folder that paths are relative to
     * @param inputs the model's inputs
     */
    public List<Sample> read(Path root, List<ModelInput> inputs) throws IOException {
        Path folder = root.resolve(path);
        if (format.chips().isPresent()) {
            Folds wanted = folds;
            return ChipFolder.read(folder, format.chips().get(), inputs, name -> wanted == null || wanted.holds(name));
        }
        List<Sample> samples = new ArrayList<>();
        for (SceneFolder.Scene scene : SceneFolder.find(folder, sceneNames())) {
            samples.add(SceneFolder.read(scene, inputs));
        }
        return samples;
    }
}
