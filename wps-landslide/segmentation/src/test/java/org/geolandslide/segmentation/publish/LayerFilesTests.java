package org.geolandslide.segmentation.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerFilesTests {
    @TempDir
    private Path folder;

    private List<String> all() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder))
                    .map(path -> folder.relativize(path).toString())
                    .toList();
        }
    }

    private Path settle(LayerFiles files, String text, boolean commit) throws IOException {
        try (Transaction transaction = new Transaction(step -> {})) {
            Path unfinished = files.unfinished(transaction);
            Path file = Files.writeString(unfinished.resolve("map.tif"), text);
            Path place = files.settle(file, transaction);
            if (commit) {
                transaction.commit();
            }
            return place;
        }
    }

    @Test
    void versions_have_the_same_name_and_lie_side_by_side() throws IOException {
        LayerFiles files = new LayerFiles(folder.resolve("ws"));
        Path first = settle(files, "first", true);
        Path second = settle(files, "second", true);
        assertThat(first).hasContent("first").hasFileName("map.tif");
        assertThat(second).hasContent("second").hasFileName("map.tif");
        assertThat(first.getParent().getParent())
                .isEqualTo(second.getParent().getParent())
                .isEqualTo(folder.resolve("ws/map"));
        assertThat(folder.resolve("ws")).isDirectoryNotContaining("glob:**.unfinished*");
    }

    @Test
    void a_failure_leaves_no_file_and_no_folder() throws IOException {
        settle(new LayerFiles(folder.resolve("ws")), "text", false);
        assertThat(all()).isEmpty();
    }

    @Test
    void a_failure_leaves_the_version_before() throws IOException {
        LayerFiles files = new LayerFiles(folder.resolve("ws"));
        Path first = settle(files, "first", true);
        settle(files, "second", false);
        assertThat(first).hasContent("first");
        assertThat(folder.resolve("ws/map")).isDirectoryContaining(path -> true);
        assertThat(all()).hasSize(4);
    }

    @Test
    void a_version_goes_with_all_that_lies_beside_its_file() throws IOException {
        LayerFiles files = new LayerFiles(folder.resolve("ws"));
        Path file = settle(files, "text", true);
        Files.writeString(file.resolveSibling("map.tif-wal"), "log");
        files.remove(file);
        assertThat(all()).isEmpty();
        // Once more: it is gone, and that is all right.
        files.remove(file);
    }

    @Test
    void files_that_lie_elsewhere_are_not_removed() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("mine.tif"), "mine");
        assertThatThrownBy(() -> new LayerFiles(folder.resolve("ws")).remove(elsewhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not the file of a layer");
        assertThat(elsewhere).exists();
    }
}
