package org.geolandslide.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes files beside their place first and moves them when they are whole. */
public final class OutputFile {
    private OutputFile() {}

    /** What makes and fills a file, which does not exist before. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Path unfinished) throws IOException;
    }

    /**
     * Makes sure, before long work begins, that a file can be written. Nothing is made.
     *
     * @throws IOException if its folder cannot be made or written to, or a folder is in its place
     */
    public static void requireWritable(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new IOException(file + " is a folder, expected a file to write");
        }
        Path folder = target.getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IOException(file + " is not a file to write");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException(file + " cannot be written: " + folder + " is not a folder");
        }
        if (!Files.isWritable(folder) || (Files.exists(target) && !Files.isWritable(target))) {
            throw new AccessDeniedException(target.toString());
        }
        try {
            // Permissions do not tell everything (read-only mounts, special folders): try.
            Files.delete(Files.createTempFile(folder, ".landslide", ".part"));
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: no file can be made in " + folder, e);
        }
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
        // Not a temporary file: those are for their owner only, and what becomes of this one is for others to read.
        Path unfinished = folder.resolve(".landslide-" + UUID.randomUUID() + "-" + target.getFileName());
        try {
            content.writeTo(unfinished);
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
