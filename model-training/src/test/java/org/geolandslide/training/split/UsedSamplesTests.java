package org.geolandslide.training.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.geolandslide.model.Checksum;
import org.geolandslide.training.SyntheticChips;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.DataConfig;
import org.geolandslide.training.config.DataFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsedSamplesTests {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeChips() throws IOException {
        for (int i = 0; i < 6; i++) {
            SyntheticChips.write(folder.resolve("chips"), "c" + i, i);
        }
        Files.writeString(folder.resolve("training.txt"), "c0\nc1\nc2\n");
        Files.writeString(folder.resolve("validation.txt"), "c3\n");
    }

    private static DataConfig data(String training, String validation) throws IOException {
        return ConfigFile.parse(
                        "name: test\ndata:\n  training: [{" + training + "}]\n  validation: [{" + validation + "}]\n",
                        "x.yaml")
                .data();
    }

    private UsedSamples lists() throws IOException {
        return UsedSamples.find(
                data(
                        "format: chips, path: chips, list: training.txt",
                        "format: chips, path: chips, list: validation.txt"),
                folder);
    }

    private static UsedSample scene(Use use, String blocks, String run) {
        return new UsedSample(use, "scenes", DataFormat.SCENE, "A", blocks, run, "1220ab");
    }

    @Test
    void samples_are_listed_with_the_checksums_of_their_images() throws IOException {
        UsedSamples samples = lists();
        assertThat(samples.all()).extracting(UsedSample::sample).containsExactly("c0", "c1", "c2", "c3");
        assertThat(samples.all())
                .extracting(UsedSample::use)
                .containsExactly(Use.TRAINING, Use.TRAINING, Use.TRAINING, Use.VALIDATION);
        String checksum = Checksum.of(folder.resolve("chips/image/c1.png"));
        assertThat(samples.all().get(1).fingerprint()).isEqualTo(checksum);
        assertThat(samples.toCsv())
                .startsWith("use,source,format,sample,blocks,run,fingerprint\n")
                .contains("\ntraining,chips,chips,c1,,," + checksum + "\n");
    }

    @Test
    void a_written_list_reads_the_same() throws IOException {
        UsedSamples samples = new UsedSamples(List.of(
                new UsedSample(Use.TRAINING, "a, \"b\"", DataFormat.BIJIE, "chip, é", "", "", "1220"),
                scene(Use.VALIDATION, "blocks of 64 pixels, parts 0, 2 of 3, seed -1", "earlier")));
        assertThat(UsedSamples.parse(samples.toCsv(), "x")).isEqualTo(samples);
        // A later version may say more.
        String more = samples.toCsv().lines().map(line -> line + ",more").reduce("", (a, b) -> a + b + "\n");
        assertThat(UsedSamples.parse(more, "x")).isEqualTo(samples);
    }

    @Test
    void what_is_no_list_is_refused() {
        for (String bad : List.of(
                "use,source\ntraining,a\n",
                "use,source,format,sample,blocks,run,fingerprint\ntesting,a,chips,b,,,1220\n",
                "use,source,format,sample,blocks,run,fingerprint\ntraining,a,scene,b,everywhere,,1220\n",
                "use,source,format,sample,blocks,run,fingerprint\ntraining,a,chips,b,,,\n")) {
            assertThatThrownBy(() -> UsedSamples.parse(bad, "samples.csv"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("samples.csv is not a list of samples");
        }
    }

    @Test
    void lists_that_share_a_chip_are_refused() throws IOException {
        assertThatCode(() -> lists().requireApart()).doesNotThrowAnyException();
        Files.writeString(folder.resolve("validation.txt"), "c3\nc2\n");
        UsedSamples samples = lists();
        assertThatThrownBy(samples::requireApart)
                .isInstanceOf(IOException.class)
                .hasMessage("training and validation share an image: chips: c2 and chips: c2 are the same");
    }

    @Test
    void a_copy_under_another_name_is_refused() throws IOException {
        SyntheticChips.write(folder.resolve("other"), "x", 9);
        SyntheticChips.write(folder.resolve("other"), "copy", 1);
        UsedSamples samples = UsedSamples.find(
                data("format: chips, path: chips, list: training.txt", "format: chips, path: other"), folder);
        assertThatThrownBy(samples::requireApart).hasMessageContaining("chips: c1 and other: copy are the same");
    }

    @Test
    void blocks_of_one_scene_may_serve_both_if_they_differ() {
        String first = "blocks of 64 pixels, parts 0, 1 of 3, seed 1";
        UsedSample training = scene(Use.TRAINING, first, "");
        UsedSample apart = scene(Use.VALIDATION, "blocks of 64 pixels, parts 2 of 3, seed 1", "");
        assertThatCode(() -> new UsedSamples(List.of(training, apart)).requireApart())
                .doesNotThrowAnyException();
        for (String blocks : List.of("", first, "blocks of 32 pixels, parts 2 of 3, seed 1")) {
            UsedSamples samples = new UsedSamples(List.of(training, scene(Use.VALIDATION, blocks, "")));
            assertThatThrownBy(samples::requireApart).hasMessageContaining("share an image: scenes: A (" + first + ")");
        }
    }

    @Test
    void what_an_earlier_run_was_trained_on_is_known_too() throws IOException {
        Files.writeString(folder.resolve("earlier.txt"), "c3\nc4\n");
        Files.writeString(folder.resolve("chosen.txt"), "c0\n");
        UsedSamples earlier = UsedSamples.find(
                data("format: chips, path: chips, list: earlier.txt", "format: chips, path: chips, list: chosen.txt"),
                folder);
        UsedSamples both = lists().after(earlier, "first");
        assertThat(both.all()).hasSize(7).element(4).hasToString("chips: c3 of the run first");
        assertThatThrownBy(both::requireApart).hasMessageContaining("chips: c3 of the run first and chips: c3");
        // What an earlier run chose its epoch by may be trained on now.
        Files.writeString(folder.resolve("earlier.txt"), "c4\n");
        UsedSamples harmless = UsedSamples.find(
                data("format: chips, path: chips, list: earlier.txt", "format: chips, path: chips, list: chosen.txt"),
                folder);
        assertThatCode(() -> lists().after(harmless, "first").requireApart()).doesNotThrowAnyException();
    }

    @Test
    void a_run_goes_on_only_with_the_same_samples() throws IOException {
        UsedSamples begun = lists().after(new UsedSamples(List.of(scene(Use.TRAINING, "", ""))), "first");
        assertThatCode(() -> begun.requireSame(lists())).doesNotThrowAnyException();
        SyntheticChips.write(folder.resolve("chips"), "c1", 99);
        UsedSamples changed = lists();
        assertThatThrownBy(() -> begun.requireSame(changed))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "the run was begun with other samples: 1 of 4 are not there or have changed, 1 are new or have"
                                + " changed; the first is chips: c1");
    }
}
