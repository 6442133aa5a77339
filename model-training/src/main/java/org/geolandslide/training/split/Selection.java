package org.geolandslide.training.split;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.geolandslide.model.Checksum;
import org.geolandslide.training.config.Blocks;
import org.geolandslide.training.data.SampleFile;

/**
 * What of some data a model is measured on. The bytes of the image files decide whether the model knows a sample, not names: a renamed
 * copy of a training chip is found, another encoding or a crop of it is not.
 *
 * @param measured the samples that are measured
 * @param leftOut samples that are not, since the model was trained on them
 * @param leftOutValidation samples that are not, since the model's epoch and threshold were chosen on them
 * @param trainedOn measured samples that the model was trained on
 * @param validated measured samples on which the model's epoch and threshold were chosen
 * @param namesakes measured samples of other content with the name of one that the model was trained on
 * @param blocks by image, the blocks of measured scenes that are left out
 */
public record Selection(
        List<SampleFile> measured,
        int leftOut,
        int leftOutValidation,
        int trainedOn,
        int validated,
        int namesakes,
        Map<Path, List<Blocks>> blocks) {

    public Selection {
        measured = List.copyOf(measured);
        blocks = Map.copyOf(blocks);
    }

    /**
     * Selects chips, which are measured whole or not at all.
     *
     * @param used what the model was trained and validated on
     * @throws IOException if an image cannot be read
     */
    public static Selection ofChips(List<SampleFile> chips, UsedSamples used, Admission admission) throws IOException {
        return of(chips, used, admission, false);
    }

    /**
     * Selects scenes. One of which the model knows some blocks is measured on the others.
     *
     * @param used what the model was trained and validated on
     * @throws IOException if an image cannot be read
     */
    public static Selection ofScenes(List<SampleFile> scenes, UsedSamples used, Admission admission)
            throws IOException {
        return of(scenes, used, admission, true);
    }

    private static Selection of(List<SampleFile> files, UsedSamples used, Admission admission, boolean divisible)
            throws IOException {
        Map<String, List<UsedSample>> byFingerprint = new HashMap<>();
        Set<String> trainingNames = new HashSet<>();
        for (UsedSample sample : used.all()) {
            byFingerprint
                    .computeIfAbsent(sample.fingerprint(), key -> new ArrayList<>())
                    .add(sample);
            if (sample.use() == Use.TRAINING) {
                trainingNames.add(sample.sample());
            }
        }
        List<SampleFile> measured = new ArrayList<>();
        Map<Path, List<Blocks>> blocks = new HashMap<>();
        int leftOut = 0;
        int leftOutValidation = 0;
        int trainedOn = 0;
        int validated = 0;
        int namesakes = 0;
        for (SampleFile file : files) {
            List<UsedSample> uses = byFingerprint.getOrDefault(Checksum.of(file.image()), List.of());
            List<UsedSample> refused = uses.stream()
                    .filter(sample -> admission.refuses(sample.use()))
                    .toList();
            if (refused.stream()
                    .anyMatch(sample -> !divisible || sample.division().isEmpty())) {
                leftOut += isAny(Use.TRAINING, refused) ? 1 : 0;
                leftOutValidation += isAny(Use.TRAINING, refused) ? 0 : 1;
                continue;
            }
            measured.add(file);
            if (!refused.isEmpty()) {
                blocks.put(
                        file.image(),
                        refused.stream()
                                .flatMap(sample -> sample.division().stream())
                                .toList());
            }
            List<UsedSample> admitted = uses.stream()
                    .filter(sample -> !admission.refuses(sample.use()))
                    .toList();
            trainedOn += isAny(Use.TRAINING, admitted) ? 1 : 0;
            validated += isAny(Use.VALIDATION, admitted) ? 1 : 0;
            namesakes += uses.isEmpty() && trainingNames.contains(file.name()) ? 1 : 0;
        }
        return new Selection(measured, leftOut, leftOutValidation, trainedOn, validated, namesakes, blocks);
    }

    private static boolean isAny(Use use, List<UsedSample> samples) {
        return samples.stream().anyMatch(sample -> sample.use() == use);
    }

    /**
     * Takes the labels off what is left out of a scene.
     *
     * @param labels per pixel, row-major
     */
    public void unlabel(Path image, byte[] labels, int width, int height) {
        blocks.getOrDefault(image, List.of()).forEach(left -> left.removeFrom(labels, width, height));
    }
}
