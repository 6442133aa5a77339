package org.geolandslide.segmentation.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.geolandslide.model.InvalidPackageException;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.PackageVerifier;
import org.geolandslide.segmentation.engine.ModelRefusedException.Reason;

/** Adds models to the folder of a registry and removes them, while they are used. */
public final class ModelStore {
    /** Hidden files are no packages to the registry. */
    private static final String UNFINISHED = ".upload-";

    private static final String REMOVED = ".removed-";
    private static final Duration ABANDONED = Duration.ofDays(1);
    private static final int BUFFER = 1 << 16;

    private final ModelRegistry registry;
    private final long maximumMegabytes;

    /**
     * A store.
     *
     * @param maximumMegabytes size of the largest package that is taken, in units of 2^20 bytes
     */
    public ModelStore(ModelRegistry registry, long maximumMegabytes) {
        this.registry = registry;
        this.maximumMegabytes = maximumMegabytes;
    }

    /**
     * Adds a model: the package is written beside its place, checked as a whole, run on its golden sample on the processor, and moved in
     * place when all of it is right. Its file is named after the model in it.
     *
     * @param content a package as a zip archive
     * @throws ModelRefusedException if it is no sound package ({@link Reason#INVALID}), too large, or there is a model or file of its name
     */
    public ModelDescription add(InputStream content) throws IOException, ModelRefusedException {
        Files.createDirectories(registry.folder());
        removeAbandoned();
        Path unfinished = registry.folder().resolve(UNFINISHED + UUID.randomUUID() + ".zip");
        try {
            receive(content, unfinished);
            ModelDescription model = check(unfinished);
            synchronized (registry) {
                Path target = free(model.name());
                Files.move(unfinished, target);
            }
            return model;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Refuses what says itself that it is too large, before it is received.
     *
     * @param bytes size as announced; negative if unknown
     */
    public void requireSize(long bytes) throws ModelRefusedException {
        if (bytes > maximumMegabytes << 20) {
            throw new ModelRefusedException(
                    Reason.TOO_LARGE,
                    "the package has more than " + maximumMegabytes
                            + " MB, which is the limit (maximumUploadMegabytes)");
        }
    }

    private void receive(InputStream content, Path file) throws IOException, ModelRefusedException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            long received = 0;
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                received += count;
                requireSize(received);
                out.write(buffer, 0, count);
            }
        }
    }

    private static ModelDescription check(Path file) throws IOException, ModelRefusedException {
        try {
            ModelPackage model = ModelPackage.open(file);
            PackageVerifier.verify(model);
            return model.description();
        } catch (InvalidPackageException e) {
            // Clients read this: the file is theirs, its place is not.
            String reason = String.valueOf(e.getMessage()).replace(file.toString(), "as uploaded");
            throw new ModelRefusedException(Reason.INVALID, reason, e);
        } catch (RuntimeException e) {
            throw new ModelRefusedException(Reason.INVALID, "the package cannot be read: " + e, e);
        }
    }

    private Path free(String name) throws IOException, ModelRefusedException {
        if (registry.isKnown(name)) {
            throw new ModelRefusedException(Reason.CONFLICT, "there is a model '" + name + "'; remove it first");
        }
        Path target = registry.folder().resolve(name.replaceAll("\\s+", "-") + ".zip");
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new ModelRefusedException(
                    Reason.CONFLICT,
                    "there is a file " + target.getFileName() + " which holds something else; remove it first");
        }
        return target;
    }

    /**
     * Removes a model, or a file that cannot be used. Work that has the model already, but rests, is not harmed.
     *
     * @param name name of a model; or of a file in the folder, where {@link ModelRegistry#problems} tells it
     * @throws ModelRefusedException if there is no such model, or it is at work
     */
    public void remove(String name) throws IOException, ModelRefusedException {
        synchronized (registry) {
            Optional<Path> model = registry.location(name);
            Path location = model.isPresent() ? model.get() : problem(name);
            if (registry.isBusy(location)) {
                throw new ModelRefusedException(
                        Reason.BUSY, "the model '" + name + "' is at work; try again when it is done");
            }
            if (Files.isDirectory(location, LinkOption.NOFOLLOW_LINKS)) {
                Path removed = registry.folder().resolve(REMOVED + UUID.randomUUID());
                Files.move(location, removed, StandardCopyOption.ATOMIC_MOVE);
                deleteTree(removed);
            } else {
                Files.delete(location);
            }
        }
    }

    /** A file of the folder that the registry knows: a name is never made a path. */
    private Path problem(String name) throws IOException, ModelRefusedException {
        if (!registry.problems().containsKey(name)) {
            throw new ModelRefusedException(
                    Reason.UNKNOWN,
                    "there is no model '" + name + "'; there are "
                            + registry.models().keySet());
        }
        return registry.folder().resolve(name);
    }

    private static void deleteTree(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    /** What a server that was killed left. */
    private void removeAbandoned() throws IOException {
        List<Path> hidden;
        try (Stream<Path> files = Files.list(registry.folder())) {
            hidden = files.filter(file -> file.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
        }
        FileTime old = FileTime.from(Instant.now().minus(ABANDONED));
        for (Path file : hidden) {
            if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
                Files.deleteIfExists(file);
            }
        }
    }
}
