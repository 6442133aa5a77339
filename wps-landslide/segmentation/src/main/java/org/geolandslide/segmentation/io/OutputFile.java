package org.geolandslide.segmentation.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files beside their place first and moves them when they are whole. */
public final class OutputFile {
    private OutputFile() {}

    /** What fills a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path unfinished) throws IOException;
    }

    /**
     * Makes sure, before long work begins, that a file can be written.
     *
     * @throws IOException if its folder cannot be made or written to, or a folder is in its place
     */
    public static void requireWritable(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new IOException(file + " is a folder, expected a file to write");
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        Files.createDirectories(folder);
        if (!Files.isWritable(folder) || (Files.exists(target) && !Files.isWritable(target))) {
            throw new AccessDeniedException(target.toString());
        }
        // Permissions do not tell everything (read-only mounts, special folders): try.
        Files.delete(Files.createTempFile(folder, ".landslide", ".part"));
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @param file replaced if it exists
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file");
        }
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, ".landslide", "-" + target.getFileName());
        try {
            content.writeTo(unfinished);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
