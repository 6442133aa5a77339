package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.SegmentationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTests {
    private static final Device CPU = new Device.Cpu();

    @TempDir
    private Path folder;

    private ModelRegistry registry() {
        return new ModelRegistry(folder, Optional.empty());
    }

    @Test
    void the_only_model_is_the_default() throws Exception {
        TinyModel.RED.write(folder.resolve("a.zip"), 64, 16);
        ModelRegistry registry = registry();
        assertThat(registry.defaultModel()).contains("red-share");
        assertThat(registry.session(Optional.empty(), CPU).description().name()).isEqualTo("red-share");
    }

    @Test
    void a_session_is_shared() throws Exception {
        TinyModel.RED.write(folder.resolve("a.zip"), 64, 16);
        ModelRegistry registry = registry();
        assertThat(registry.session(Optional.of("red-share"), CPU)).isSameAs(registry.session(Optional.empty(), CPU));
    }

    @Test
    void among_several_one_must_be_named() throws Exception {
        TinyModel.RED.write(folder.resolve("a.zip"), 64, 16);
        TinyModel.ELEVATION.write(folder.resolve("b.zip"), 64, 16);
        assertThatThrownBy(() -> registry().session(Optional.empty(), CPU))
                .isInstanceOf(SegmentationException.class)
                .hasMessage("no model was named, and there are several: [elevation-share, red-share]");
        ModelRegistry withDefault = new ModelRegistry(folder, Optional.of("elevation-share"));
        assertThat(withDefault.session(Optional.empty(), CPU).description().name())
                .isEqualTo("elevation-share");
        assertThat(withDefault.defaultModel()).contains("elevation-share");
    }

    @Test
    void an_unknown_model_is_an_error_that_names_those_that_there_are() throws Exception {
        TinyModel.RED.write(folder.resolve("a.zip"), 64, 16);
        assertThatThrownBy(() -> registry().session(Optional.of("other"), CPU))
                .hasMessage("there is no model 'other'; there are [red-share]");
    }

    @Test
    void a_folder_that_does_not_exist_has_no_models() throws Exception {
        ModelRegistry registry = new ModelRegistry(folder.resolve("none"), Optional.empty());
        assertThat(registry.models()).isEmpty();
        assertThatThrownBy(() -> registry.session(Optional.empty(), CPU))
                .hasMessageContaining("there is no model package in the folder of models");
    }

    @Test
    void a_package_that_cannot_be_read_is_told_apart_from_one_that_is_not_there() throws Exception {
        TinyModel.RED.write(folder.resolve("a.zip"), 64, 16);
        Files.writeString(folder.resolve("broken.zip"), "no zip");
        ModelRegistry registry = registry();
        assertThat(registry.models()).containsOnlyKeys("red-share");
        assertThat(registry.problems()).containsOnlyKeys("broken.zip");
        assertThatThrownBy(() -> registry.session(Optional.of("other"), CPU))
                .hasMessageContaining("broken.zip")
                .hasMessageContaining("is not a zip archive");
    }

    @Test
    void models_come_go_and_change_without_a_restart() throws Exception {
        ModelRegistry registry = registry();
        assertThat(registry.models()).isEmpty();
        Path file = TinyModel.RED.write(folder.resolve("a.zip"), 64, 16);
        ModelSession first = registry.session(Optional.empty(), CPU);
        TinyModel.RED.write(file, 32, 8);
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
        ModelSession second = registry.session(Optional.empty(), CPU);
        assertThat(second).isNotSameAs(first);
        assertThat(second.description().windowing().size()).isEqualTo(32);
        Files.delete(file);
        assertThat(registry.models()).isEmpty();
    }

    private static void unpack(Path zip, Path target, String... names) throws IOException {
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (String name : names) {
                Files.write(
                        target.resolve(name),
                        archive.getInputStream(archive.getEntry(name)).readAllBytes());
            }
        }
    }

    @Test
    void an_unpacked_package_counts_once_it_is_whole_and_hidden_files_do_not() throws Exception {
        Path zip = TinyModel.RED.write(folder.resolve(".upload.zip"), 64, 16);
        Path unpacked = Files.createDirectory(folder.resolve("red"));
        ModelRegistry registry = registry();
        unpack(zip, unpacked, "item.json");
        assertThat(registry.models()).isEmpty();
        assertThat(registry.problems())
                .containsExactly(entry("red", "model package red: the package lacks the file 'model.onnx'"));
        unpack(zip, unpacked, "model.onnx", "golden.json", "MODEL_CARD.md");
        assertThat(registry.models()).containsOnlyKeys("red-share");
        assertThat(registry.problems()).isEmpty();
    }

    @Test
    void a_link_to_an_unpacked_package_is_watched_as_the_package_is(@TempDir Path elsewhere) throws Exception {
        Path zip = TinyModel.RED.write(elsewhere.resolve("red.zip"), 64, 16);
        unpack(zip, elsewhere, "item.json");
        Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
        ModelRegistry registry = registry();
        assertThat(registry.models()).isEmpty();
        unpack(zip, elsewhere, "model.onnx", "golden.json", "MODEL_CARD.md");
        assertThat(registry.models()).containsOnlyKeys("red-share");
    }

    @Test
    void what_cannot_be_read_does_not_hide_the_rest() throws Exception {
        TinyModel.RED.write(folder.resolve("a.zip"), 64, 16);
        Files.createDirectory(folder.resolve("folder.zip"));
        Files.createSymbolicLink(folder.resolve("gone.zip"), folder.resolve("nowhere"));
        byte[] damaged = Files.readAllBytes(folder.resolve("a.zip"));
        Arrays.fill(damaged, 200, damaged.length / 2, (byte) 0);
        Files.write(folder.resolve("damaged.zip"), damaged);
        ModelRegistry registry = registry();
        assertThat(registry.models()).containsOnlyKeys("red-share");
        assertThat(registry.problems()).containsOnlyKeys("damaged.zip", "folder.zip", "gone.zip");
        assertThat(registry.session(Optional.empty(), CPU).description().name()).isEqualTo("red-share");
    }

    @Test
    void two_packages_of_one_name_are_not_guessed_between() throws Exception {
        TinyModel.RED.write(folder.resolve("a.zip"), 64, 16);
        TinyModel.RED.write(folder.resolve("b.zip"), 32, 8);
        assertThatThrownBy(() -> registry().session(Optional.of("red-share"), CPU))
                .hasMessageContaining("several packages")
                .hasMessageContaining("[a.zip, b.zip]");
        assertThatThrownBy(() -> registry().session(Optional.empty(), CPU))
                .hasMessage("several packages hold a model 'red-share': [a.zip, b.zip]");
        assertThat(registry().models()).isEmpty();
        assertThat(registry().defaultModel()).isEmpty();
        assertThat(registry().problems()).containsOnlyKeys("a.zip", "b.zip");
    }
}
