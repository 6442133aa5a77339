package org.geolandslide.training.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A text file that names chips, one per line. Empty lines and lines that begin with {@code #} say nothing. */
final class ChipList {
    private ChipList() {}

    /**
     * Reads a list.
     *
     * @param file names of chips, with or without the extension of a file
     * @param chips names of the chips that are there
     * @return names of the chips that are listed
     * @throws IOException naming the chip if a listed one is not there; if the file cannot be read or names none
     */
    static Set<String> read(Path file, Set<String> chips) throws IOException {
        Set<String> listed = new HashSet<>();
        for (String line : lines(file)) {
            String name = line.strip();
            if (name.isEmpty() || name.startsWith("#")) {
                continue;
            }
            if (!chips.contains(name)) {
                // A name may hold a dot itself: an extension is dropped only from one that is not there.
                int dot = name.lastIndexOf('.');
                String stem = dot > 0 ? name.substring(0, dot) : name;
                if (!chips.contains(stem)) {
                    throw new IOException("the list " + file + " names the chip '" + name + "', which is not there");
                }
                name = stem;
            }
            listed.add(name);
        }
        if (listed.isEmpty()) {
            throw new IOException("the list " + file + " names no chip");
        }
        return listed;
    }

    private static List<String> lines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no list " + file);
        }
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IOException("the list " + file + " is not text in UTF-8", e);
        }
    }
}
