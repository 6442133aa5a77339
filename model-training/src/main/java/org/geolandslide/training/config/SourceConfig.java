package org.geolandslide.training.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.geolandslide.model.ModelInput;
import org.geolandslide.training.data.ChipFolder;
import org.geolandslide.training.data.ChipLayout;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SampleFile;
import org.geolandslide.training.data.SceneFolder;
import org.jspecify.annotations.Nullable;

/**
 * A source of samples. Chips are divided in one way at most; scenes by blocks, whether all are taken or some by name.
 *
 * @param format layout of the folder
 * @param path folder, relative to the data folder
 * @param scenes names of the scenes that are taken, all if null; for georeferenced scenes only
 * @param folds parts of the chips that are taken, all if null; for chips only
 * @param list file that names the chips that are taken, relative to the data folder; all if null; for chips only
 * @param share share of the chips that is taken, all if null; for chips only
 * @param blocks blocks of the scenes that keep their labels, all if null; for georeferenced scenes only
 * @param weight how often each window comes in an epoch, positive, once if null; for training only
 * @param resolution metres: the scenes are brought to pixels of this size, and stay as they are if null; for georeferenced scenes only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceConfig(
        DataFormat format,
        String path,
        @Nullable List<String> scenes,
        @Nullable Folds folds,
        @Nullable String list,
        @Nullable Share share,
        @Nullable Blocks blocks,
        @Nullable Double weight,
        @Nullable Double resolution) {

    public SourceConfig {
        if (resolution != null && format != DataFormat.SCENE) {
            throw new IllegalArgumentException("resolution is given for " + path + ", which is of the format " + format
                    + "; only scenes know the size of their pixels");
        }
        if (resolution != null && !(resolution > 0 && Double.isFinite(resolution))) {
            throw new IllegalArgumentException(
                    "resolution is " + resolution + " for " + path + ", expected a positive number of metres");
        }
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
        List<String> ways = ways(folds, list, share);
        if (!ways.isEmpty() && format == DataFormat.SCENE) {
            throw new IllegalArgumentException(path + ", which is of the format " + format + ", is divided by "
                    + String.join(" and ", ways) + "; name its scenes or divide them by blocks instead");
        }
        if (ways.size() > 1) {
            throw new IllegalArgumentException(
                    path + " is divided by " + String.join(" and ", ways) + ", expected one of folds, list and share");
        }
        if (blocks != null && format != DataFormat.SCENE) {
            throw new IllegalArgumentException(path + ", which is of the format " + format
                    + ", is divided by blocks; divide chips by folds, list or share instead");
        }
    }

    /** Names of the ways in which chips are divided. */
    private static List<String> ways(@Nullable Folds folds, @Nullable String list, @Nullable Share share) {
        List<String> ways = new ArrayList<>();
        if (folds != null) {
            ways.add("folds");
        }
        if (list != null) {
            ways.add("list");
        }
        if (share != null) {
            ways.add("share");
        }
        return ways;
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
        List<String> taken = new ArrayList<>(sceneNames());
        for (Object way : new @Nullable Object[] {folds, list == null ? null : "list " + list, share, blocks}) {
            if (way != null) {
                taken.add(way.toString());
            }
        }
        if (resolution != null) {
            taken.add("pixels of " + resolution + " m");
        }
        return taken.isEmpty() ? path : path + " (" + String.join(", ", taken) + ")";
    }

    /**
     * Whether samples, or pixels of a scene, are certainly or probably in both. What chips a list names is not known before it is read.
     */
    public boolean sharesWith(SourceConfig other) {
        return isSame(path, other.path)
                && (scenes == null || other.scenes == null || !Collections.disjoint(scenes, other.scenes))
                && (blocks == null || other.blocks == null || blocks.overlaps(other.blocks))
                && sharesChipsWith(other);
    }

    private boolean sharesChipsWith(SourceConfig other) {
        if (folds != null && other.folds != null) {
            return folds.overlaps(other.folds);
        }
        if (share != null && other.share != null) {
            return share.overlaps(other.share);
        }
        if (list != null && other.list != null) {
            return isSame(list, other.list);
        }
        if (list != null || other.list != null) {
            return ways(folds, list, share).isEmpty()
                    || ways(other.folds, other.list, other.share).isEmpty();
        }
        return true;
    }

    private static boolean isSame(String a, String b) {
        return Path.of(a).normalize().equals(Path.of(b).normalize());
    }

    /**
     * Finds the samples without reading them, in the order in which they are read.
     *
     * @param root folder that paths are relative to
     * @throws IOException if there is no such folder, scene or listed chip
     */
    public List<SampleFile> files(Path root) throws IOException {
        Path folder = root.resolve(path);
        if (format.chips().isEmpty()) {
            return SceneFolder.find(folder, sceneNames()).stream()
                    .map(scene -> new SampleFile(scene.name(), scene.optical()))
                    .toList();
        }
        List<SampleFile> chips = ChipFolder.find(folder, format.chips().get());
        Predicate<String> wanted = wanted(root, chips);
        return chips.stream().filter(chip -> wanted.test(chip.name())).toList();
    }

    /** Which of the chips are taken, by their names. */
    private Predicate<String> wanted(Path root, List<SampleFile> chips) throws IOException {
        if (folds != null) {
            return folds::holds;
        }
        if (share != null) {
            return share::holds;
        }
        if (list != null) {
            Set<String> names = chips.stream().map(SampleFile::name).collect(Collectors.toSet());
            return ChipList.read(root.resolve(list), names)::contains;
        }
        return name -> true;
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
            ChipLayout layout = format.chips().get();
            return ChipFolder.read(folder, layout, inputs, wanted(root, ChipFolder.find(folder, layout)));
        }
        List<Sample> samples = new ArrayList<>();
        for (SceneFolder.Scene scene : SceneFolder.find(folder, sceneNames())) {
            samples.add(SceneFolder.read(
                    scene,
                    inputs,
                    resolution == null ? OptionalDouble.empty() : OptionalDouble.of(resolution),
                    blocks == null ? (labels, width, height) -> {} : blocks::keepOnly));
        }
        return samples;
    }
}
