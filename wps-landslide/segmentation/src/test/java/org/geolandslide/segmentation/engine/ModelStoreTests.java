package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.geolandslide.model.TinyModel;
import org.geolandslide.model.UnfaithfulPackage;
import org.geolandslide.segmentation.engine.ModelRefusedException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTests {
    @TempDir
    private Path outside;

    private Path folder;
    private ModelRegistry registry;
    private ModelStore store;

    @BeforeEach
    void openStore() {
        folder = outside.resolve("models");
        registry = new ModelRegistry(folder, Optional.empty());
        store = new ModelStore(registry, 1);
    }

    private byte[] zip(TinyModel model) throws Exception {
        return Files.readAllBytes(model.write(outside.resolve("package.zip"), 64, 16));
    }

    private static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private AbstractThrowableAssert<?, ?> refused(byte[] content, Reason reason) {
        return assertThatThrownBy(() -> store.add(stream(content)))
                .isInstanceOf(ModelRefusedException.class)
                .satisfies(refusal ->
                        assertThat(((ModelRefusedException) refusal).reason()).isEqualTo(reason));
    }

    @Test
    void a_sound_package_is_there_at_once_under_the_name_of_its_model() throws Exception {
        assertThat(store.add(stream(zip(TinyModel.RED))).name()).isEqualTo("red-share");
        assertThat(files()).containsExactly("red-share.zip");
        assertThat(registry.session(Optional.of("red-share"), new Device.Cpu())
                        .description()
                        .name())
                .isEqualTo("red-share");
    }

    @Test
    void a_package_that_does_not_reproduce_its_golden_sample_is_refused_and_leaves_nothing() throws Exception {
        Path file = UnfaithfulPackage.write(outside.resolve("wrong.zip"));
        refused(Files.readAllBytes(file), Reason.INVALID)
                .hasMessageContaining("'red-share' does not reproduce its golden sample")
                .hasMessageContaining("differs by 0.5");
        assertThat(files()).isEmpty();
    }

    @Test
    void what_is_no_package_is_refused_with_the_reason_and_without_the_servers_paths() throws Exception {
        refused("no zip".getBytes(StandardCharsets.UTF_8), Reason.INVALID)
                .hasMessageContaining("it is not a zip archive")
                .hasMessageNotContaining(outside.toString());
        Path climbing = outside.resolve("climbing.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(climbing))) {
            zip.putNextEntry(new ZipEntry("../../item.json"));
            zip.closeEntry();
        }
        refused(Files.readAllBytes(climbing), Reason.INVALID)
                .hasMessageContaining("the path '../../item.json' leaves the package");
        byte[] cut = zip(TinyModel.RED);
        refused(Arrays.copyOf(cut, cut.length / 2), Reason.INVALID);
        assertThat(files()).isEmpty();
    }

    @Test
    void a_package_above_the_limit_is_refused_while_it_comes_in() throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        refused(large, Reason.TOO_LARGE)
                .hasMessageContaining("more than 1 MB")
                .hasMessageContaining("maximumUploadMegabytes");
        assertThatThrownBy(() -> store.requireSize(large.length)).isInstanceOf(ModelRefusedException.class);
        store.requireSize(1 << 20);
        store.requireSize(-1);
        assertThat(files()).isEmpty();
    }

    @Test
    void a_broken_connection_leaves_nothing() throws Exception {
        byte[] content = zip(TinyModel.RED);
        InputStream broken = new SequenceInputStream(stream(Arrays.copyOf(content, 500)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset by peer");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        });
        assertThatThrownBy(() -> store.add(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("reset by peer");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_name_is_taken_once() throws Exception {
        store.add(stream(zip(TinyModel.RED)));
        refused(zip(TinyModel.RED), Reason.CONFLICT).hasMessage("there is a model 'red-share'; remove it first");
        Files.move(folder.resolve("red-share.zip"), folder.resolve("other.zip"));
        refused(zip(TinyModel.RED), Reason.CONFLICT).hasMessage("there is a model 'red-share'; remove it first");
        Files.writeString(folder.resolve("elevation-share.zip"), "something else");
        refused(zip(TinyModel.ELEVATION), Reason.CONFLICT)
                .hasMessageContaining("there is a file elevation-share.zip which holds something else");
        assertThat(files()).containsExactly("elevation-share.zip", "other.zip");
        assertThat(folder.resolve("elevation-share.zip")).hasContent("something else");
    }

    @Test
    void models_and_files_that_are_none_can_be_removed_by_name() throws Exception {
        store.add(stream(zip(TinyModel.RED)));
        Files.writeString(folder.resolve("broken.zip"), "no zip");
        Files.createDirectory(folder.resolve("unpacked"));
        Files.writeString(folder.resolve("unpacked/item.json"), "{}");
        assertThat(registry.problems()).containsOnlyKeys("broken.zip", "unpacked");
        store.remove("red-share");
        store.remove("broken.zip");
        store.remove("unpacked");
        assertThat(files()).isEmpty();
    }

    @Test
    void nothing_but_what_the_registry_knows_is_removed() throws Exception {
        store.add(stream(zip(TinyModel.RED)));
        Files.writeString(outside.resolve("precious.zip"), "mine");
        Files.writeString(folder.resolve("notes.txt"), "mine");
        for (String name : List.of("other", "../precious.zip", "notes.txt", "red-share.zip", ".", "..", "")) {
            assertThatThrownBy(() -> store.remove(name))
                    .isInstanceOf(ModelRefusedException.class)
                    .hasMessage("there is no model '" + name + "'; there are [red-share]")
                    .extracting("reason")
                    .isEqualTo(Reason.UNKNOWN);
        }
        assertThat(files()).containsExactly("notes.txt", "red-share.zip");
        assertThat(outside.resolve("precious.zip")).exists();
    }

    @Test
    void of_two_packages_of_one_name_one_can_be_removed_by_its_file() throws Exception {
        TinyModel.RED.write(Files.createDirectories(folder).resolve("a.zip"), 64, 16);
        TinyModel.RED.write(folder.resolve("b.zip"), 32, 8);
        refused(zip(TinyModel.RED), Reason.CONFLICT);
        store.remove("b.zip");
        assertThat(registry.models()).containsOnlyKeys("red-share");
    }

    @Test
    void what_a_killed_server_left_goes_away_a_day_later() throws Exception {
        Path old = Files.writeString(Files.createDirectories(folder).resolve(".upload-old.zip"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Files.writeString(folder.resolve(".upload-new.zip"), "half");
        store.add(stream(zip(TinyModel.RED)));
        assertThat(files()).containsExactly(".upload-new.zip", "red-share.zip");
    }
}
