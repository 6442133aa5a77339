package org.geolandslide.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTests {
    @TempDir
    private Path folder;

    @Test
    void a_file_that_cannot_be_finished_is_not_there() throws IOException {
        Path file = folder.resolve("x.txt");
        assertThatThrownBy(() -> OutputFile.write(file, unfinished -> {
                    Files.writeString(unfinished, "half");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(list()).isEmpty();
    }

    @Test
    void a_file_that_cannot_be_replaced_keeps_its_content() throws IOException {
        Path file = Files.writeString(folder.resolve("x.txt"), "old");
        assertThatThrownBy(() -> OutputFile.write(file, unfinished -> {
                    throw new IOException("no");
                }))
                .hasMessage("no");
        assertThat(file).hasContent("old");
        assertThat(list()).hasSize(1);
    }

    @Test
    void places_that_cannot_be_written_are_found_out_before_the_work() throws IOException {
        Path occupied = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> OutputFile.requireWritable(occupied.resolve("x.tif")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> OutputFile.requireWritable(folder))
                .hasMessageContaining("is a folder, expected a file to write");
        assertThatThrownBy(() -> OutputFile.requireWritable(Path.of("/proc/none/x.tif")))
                .isInstanceOf(IOException.class);
        OutputFile.requireWritable(folder.resolve("new").resolve("x.tif"));
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void a_file_can_be_read_by_whom_other_files_can() throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), "");
        Path file = folder.resolve("x.txt");
        OutputFile.write(file, unfinished -> Files.writeString(unfinished, "whole"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
