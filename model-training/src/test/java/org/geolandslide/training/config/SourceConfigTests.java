package org.geolandslide.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.geolandslide.model.ModelInput;
import org.geolandslide.training.SyntheticChips;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SampleFile;
import org.geolandslide.training.data.Window;
import org.geolandslide.training.data.WindowSet;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources that are divided: by ratio, by file list and by space. */
class SourceConfigTests {
    private static final List<ModelInput> OPTICAL = new Imagery(false, null, null).modelInputs();

    @TempDir
    private Path folder;

    private static TrainingConfig config(String training, String validation) throws IOException {
        return ConfigFile.parse(
                "name: test\ndata:\n  training: [{" + training + "}]\n  validation: [{" + validation + "}]\n",
                "x.yaml");
    }

    private static SourceConfig source(String fields) throws IOException {
        return config(fields, "format: chips, path: elsewhere")
                .data()
                .training()
                .get(0);
    }

    private void writeChips(String... names) throws IOException {
        int number = 0;
        for (String name : names) {
            SyntheticChips.write(folder.resolve("chips"), name, number++);
        }
    }

    private List<String> taken(SourceConfig source) throws IOException {
        List<String> names = source.files(folder).stream().map(SampleFile::name).toList();
        assertThat(source.read(folder, OPTICAL)).extracting(Sample::name).isEqualTo(names);
        return names;
    }

    @Test
    void a_list_takes_the_chips_that_it_names() throws IOException {
        writeChips("a", "b", "c.1", "d", "e");
        Files.writeString(folder.resolve("list.txt"), "# the test set\n\nb\n  d.tif \r\nc.1\nb\n");
        SourceConfig source = source("format: chips, path: chips, list: list.txt");
        assertThat(taken(source)).containsExactly("b", "c.1", "d");
        assertThat(source.title()).isEqualTo("chips (list list.txt)");
    }

    @Test
    void a_listed_chip_that_is_not_there_is_named() throws IOException {
        writeChips("a", "b");
        Path list = folder.resolve("list.txt");
        SourceConfig source = source("format: chips, path: chips, list: list.txt");
        assertThatThrownBy(() -> source.files(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no list " + list);
        Files.writeString(list, "a\nlost.png\n");
        assertThatThrownBy(() -> source.files(folder))
                .hasMessage("the list " + list + " names the chip 'lost.png', which is not there");
        assertThatThrownBy(() -> source.read(folder, OPTICAL)).hasMessageContaining("'lost.png'");
        Files.writeString(list, "# nothing\n");
        assertThatThrownBy(() -> source.files(folder)).hasMessage("the list " + list + " names no chip");
        Files.write(list, new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0});
        assertThatThrownBy(() -> source.files(folder)).hasMessageContaining("is not text in UTF-8");
    }

    @Test
    void shares_of_one_folder_hold_each_chip_once() throws IOException {
        writeChips("a", "b", "c", "d", "e", "f", "g", "h");
        List<String> first = taken(source("format: chips, path: chips, share: {from: 0.0, to: 0.7, seed: 1}"));
        List<String> second = taken(source("format: chips, path: chips, share: {from: 0.7, to: 1, seed: 1}"));
        assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
        assertThat(second).isNotEmpty();
        assertThat(first.size() + second.size()).isEqualTo(8);
    }

    @Test
    void no_training_window_has_a_labelled_pixel_of_a_validation_block() throws IOException {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(5, 256, 192)), folder.resolve("scene"));
        String blocks = "format: scene, path: scene, blocks: {size: 48, count: 4, take: %s, seed: 2}";
        TrainingConfig config = config(String.format(blocks, "[0, 1, 2]"), String.format(blocks, "[3]"));
        Sample training = config.data().training().get(0).read(folder, OPTICAL).get(0);
        Sample validation =
                config.data().validation().get(0).read(folder, OPTICAL).get(0);
        Sample all = source("format: scene, path: scene").read(folder, OPTICAL).get(0);
        assertThat(training.labelled() + validation.labelled()).isEqualTo(all.labelled());
        assertThat(validation.labelled()).isPositive();
        // The image stays whole: it is context.
        assertThat(training.optical()).isDeepEqualTo(all.optical());
        WindowSet windows = new WindowSet(List.of(training), 64);
        assertThat(windows.windows()).isNotEmpty();
        for (Window window : windows.shuffled(0.25, new SplittableRandom(1))) {
            for (int y = window.y(); y < window.y() + 64; y++) {
                for (int x = window.x(); x < window.x() + 64; x++) {
                    int pixel = y * 256 + x;
                    assertThat(window.sample().labels()[pixel] != Sample.UNLABELLED
                                    && validation.labels()[pixel] != Sample.UNLABELLED)
                            .isFalse();
                }
            }
        }
        assertThat(config.data().validation().get(0).title())
                .isEqualTo("scene (blocks of 48 pixels, parts 3 of 4, seed 2)");
        assertThat(ConfigFile.parse(ConfigFile.toYaml(config), "again")).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format: scene, path: s, list: l.txt | s, which is of the format SCENE, is divided by list; name its scenes",
                "format: scene, path: s, share: {from: 0, to: 0.5, seed: 1} | s, which is of the format SCENE, is divided by share",
                "format: scene, path: s, folds: {count: 2, take: [0], seed: 1} | is divided by folds; name its scenes or divide",
                "format: bijie, path: b, blocks: {size: 8, count: 2, take: [0], seed: 1} | is divided by blocks; divide chips by",
                "format: chips, path: c, list: l, share: {from: 0, to: 1, seed: 1} | c is divided by list and share, expected one of",
                "format: chips, path: c, share: {from: 0.5, to: 0.2, seed: 1} | from is 0.5 and to is 0.2, expected 0 <= from",
                "format: chips, path: c, share: {from: 0.5, to: 0.7} | the field 'data.training[0].share.seed' is missing",
                "format: scene, path: s, blocks: {count: 2, take: [0], seed: 1} | the field 'data.training[0].blocks.size' is missing",
                "format: scene, path: s, blocks: {size: 8, count: 2, take: [2], seed: 1} | take names 2, expected numbers from 0 to 1",
            })
    void what_does_not_fit_is_refused(String fields, String message) {
        assertThatThrownBy(() -> source(fields)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "share: {from: 0, to: 0.7, seed: 1} | share: {from: 0.7, to: 1, seed: 1} | false",
                "share: {from: 0, to: 0.7, seed: 1} | share: {from: 0.7, to: 1, seed: 2} | true",
                "share: {from: 0, to: 0.7, seed: 1} | folds: {count: 2, take: [0], seed: 1} | true",
                "share: {from: 0, to: 0.7, seed: 1} | weight: 1 | true",
                "list: a.txt | list: b.txt | false",
                "list: a.txt | list: ./a.txt | true",
                "list: a.txt | share: {from: 0.7, to: 1, seed: 1} | false",
                "list: a.txt | weight: 1 | true",
            })
    void configurations_with_shared_chips_are_told(String one, String other, boolean shared) throws IOException {
        SourceConfig a = source("format: chips, path: c, " + one);
        SourceConfig b = source("format: chips, path: ./c, " + other);
        assertThat(a.sharesWith(b)).isEqualTo(shared);
        assertThat(b.sharesWith(a)).isEqualTo(shared);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "take: [0, 1], seed: 1 | count: 3, take: [2], seed: 1 | false",
                "take: [0, 1], seed: 1 | count: 3, take: [1, 2], seed: 1 | true",
                "take: [0, 1], seed: 1 | count: 3, take: [2], seed: 2 | true",
            })
    void configurations_with_shared_blocks_are_told(String one, String other, boolean shared) throws IOException {
        SourceConfig a = source("format: scene, path: s, blocks: {size: 64, count: 3, " + one + "}");
        SourceConfig b = source("format: scene, path: s, blocks: {size: 64, " + other + "}");
        assertThat(a.sharesWith(b)).isEqualTo(shared);
        assertThat(a.sharesWith(source("format: scene, path: s"))).isTrue();
        // Another scene of the folder is another place.
        assertThat(source("format: scene, path: s, scenes: [A], blocks: {size: 64, count: 3, take: [0], seed: 1}")
                        .sharesWith(source("format: scene, path: s, scenes: [B]")))
                .isFalse();
    }
}
