package org.geolandslide.segmentation.publish;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The files of the layers of one workspace: {@code LAYER/VERSION/LAYER.tif}. A file keeps its name from version to version, for
 * readers take the name of the raster from it; a new version never touches an old one, which may still be read.
 */
public final class LayerFiles {
    /** Folders are made and removed under it: else one job could remove the empty folder that another has just made. */
    private static final Object LOCK = new Object();

    private final Path folder;

    /**
     * Files in a folder.
     *
     * @param folder need not exist yet
     */
    public LayerFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a folder for files that are not finished yet, beside the layers, so that they can be moved there.
     *
     * @param transaction removes it again, whether it fails or not
     */
    public Path unfinished(Transaction transaction) throws IOException {
        Path unfinished = folder.resolve(".unfinished-" + UUID.randomUUID());
        transaction.step(
                "make the folder " + unfinished,
                () -> {
                    synchronized (LOCK) {
                        Files.createDirectories(unfinished);
                    }
                },
                () -> removeTree(unfinished));
        transaction.afterwards("remove the folder " + unfinished, () -> removeTree(unfinished));
        return unfinished;
    }

    /**
     * Moves a finished file to its place.
     *
     * @param file its name without the ending is that of the layer
     * @return the new place
     */
    public Path settle(Path file, Transaction transaction) throws IOException {
        String name = file.getFileName().toString();
        Path place = folder.resolve(name.substring(0, name.lastIndexOf('.')))
                .resolve(UUID.randomUUID().toString())
                .resolve(name);
        transaction.step(
                "move the file " + name,
                () -> {
                    synchronized (LOCK) {
                        Files.createDirectories(place.getParent());
                        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
                    }
                },
                () -> remove(place));
        return place;
    }

    /** Removes one version of a layer's file, what a database has put beside it, and folders that are empty then. */
    public void remove(Path file) throws IOException {
        Path version = file.toAbsolutePath().getParent();
        if (version == null
                || !version.startsWith(folder.toAbsolutePath())
                || version.equals(folder.toAbsolutePath())) {
            throw new IOException(file + " is not the file of a layer in " + folder);
        }
        removeTree(version);
    }

    /** Removes a folder below this one, and those above it that are empty then. */
    public void removeTree(Path tree) throws IOException {
        synchronized (LOCK) {
            if (Files.exists(tree)) {
                List<Path> paths;
                try (Stream<Path> walk = Files.walk(tree)) {
                    paths = walk.sorted((a, b) -> b.getNameCount() - a.getNameCount())
                            .toList();
                }
                for (Path path : paths) {
                    Files.deleteIfExists(path);
                }
            }
            Path parent = tree.toAbsolutePath().getParent();
            while (parent != null && parent.startsWith(folder.toAbsolutePath()) && removeEmpty(parent)) {
                parent = parent.getParent();
            }
        }
    }

    /** Removes a folder unless something is in it, and says whether it is gone. */
    private static boolean removeEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
