package org.geolandslide.training.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.geolandslide.model.Checksum;
import org.geolandslide.training.config.Blocks;
import org.geolandslide.training.config.DataFormat;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SampleFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTests {
    private static final String BLOCKS = "blocks of 2 pixels, parts 0 of 2, seed 3";

    @TempDir
    private Path folder;

    private final List<SampleFile> files = new ArrayList<>();

    @BeforeEach
    void writeImages() throws IOException {
        for (String name : List.of("a", "b", "c", "d")) {
            files.add(new SampleFile(name, Files.writeString(folder.resolve(name), "image of " + name)));
        }
    }

    private UsedSample used(Use use, String name, String file, String blocks) throws IOException {
        return new UsedSample(use, "set", DataFormat.CHIPS, name, blocks, "", Checksum.of(folder.resolve(file)));
    }

    private Selection chips(Admission admission, UsedSample... used) throws IOException {
        return Selection.ofChips(files, new UsedSamples(Arrays.asList(used)), admission);
    }

    private static List<String> measured(Selection selection) {
        return selection.measured().stream().map(SampleFile::name).toList();
    }

    @Test
    void content_decides_and_names_do_not() throws IOException {
        // Trained on "a" under another name, and on another "b".
        Files.writeString(folder.resolve("foreign"), "image of another b");
        Selection selection = chips(
                Admission.NOT_TRAINED_ON,
                used(Use.TRAINING, "renamed", "a", ""),
                used(Use.TRAINING, "b", "foreign", ""));
        assertThat(measured(selection)).containsExactly("b", "c", "d");
        assertThat(selection.leftOut()).isEqualTo(1);
        assertThat(selection.namesakes()).isEqualTo(1);
        assertThat(selection.trainedOn()).isZero();
    }

    @Test
    void validation_samples_are_counted_and_left_out_on_request() throws IOException {
        UsedSample[] used = {
            used(Use.TRAINING, "a", "a", ""), used(Use.VALIDATION, "b", "b", ""), used(Use.VALIDATION, "a", "a", "")
        };
        Selection usual = chips(Admission.NOT_TRAINED_ON, used);
        assertThat(measured(usual)).containsExactly("b", "c", "d");
        assertThat(usual.validated()).isEqualTo(1);
        Selection unseen = chips(Admission.UNSEEN, used);
        assertThat(measured(unseen)).containsExactly("c", "d");
        assertThat(unseen.leftOut()).isEqualTo(1);
        assertThat(unseen.leftOutValidation()).isEqualTo(1);
        assertThat(unseen.validated()).isZero();
        Selection all = chips(Admission.ALL, used);
        assertThat(measured(all)).containsExactly("a", "b", "c", "d");
        assertThat(all.leftOut()).isZero();
        assertThat(all.trainedOn()).isEqualTo(1);
        assertThat(all.validated()).isEqualTo(2);
    }

    @Test
    void a_scene_is_measured_on_the_blocks_that_the_model_does_not_know() throws IOException {
        UsedSamples used =
                new UsedSamples(List.of(used(Use.TRAINING, "a", "a", BLOCKS), used(Use.TRAINING, "b", "b", "")));
        Selection selection = Selection.ofScenes(files, used, Admission.NOT_TRAINED_ON);
        assertThat(measured(selection)).containsExactly("a", "c", "d");
        assertThat(selection.leftOut()).isEqualTo(1);
        byte[] labels = new byte[40];
        selection.unlabel(folder.resolve("a"), labels, 8, 5);
        for (int i = 0; i < labels.length; i++) {
            assertThat(labels[i] == Sample.UNLABELLED)
                    .isEqualTo(Blocks.parse(BLOCKS).holds(i % 8, i / 8));
        }
        assertThat(labels).contains((byte) 0, Sample.UNLABELLED);
        byte[] other = new byte[40];
        selection.unlabel(folder.resolve("c"), other, 8, 5);
        assertThat(other).containsOnly(0);
        // Chips are whole.
        assertThat(measured(Selection.ofChips(files, used, Admission.NOT_TRAINED_ON)))
                .containsExactly("c", "d");
    }
}
