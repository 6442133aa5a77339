package org.geolandslide.segmentation.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.geolandslide.model.InvalidPackageException;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.segmentation.SegmentationException;

/**
 * The models in a folder: every zip archive and every subfolder with an {@code item.json} is a package. The folder is looked
 * at anew at each call, so that models come and go without a restart; a model is loaded when it is first asked for and shared
 * from then on, until its file changes.
 */
public final class ModelRegistry {
    private final Path folder;
    private final Optional<String> defaultName;
    private final Map<Path, Entry> entries = new HashMap<>();
    private final Map<SessionKey, ModelSession> sessions = new HashMap<>();

    /** A package that was read, and the state of the file from which it was read. */
    private record Entry(FileTime modified, long size, Content content) {}

    /** What a package turned out to be. */
    private sealed interface Content {}

    private record Usable(ModelPackage model) implements Content {}

    private record Unusable(String reason) implements Content {}

    private record SessionKey(Path location, FileTime modified, String device) {}

    /**
     * A registry.
     *
     * @param folder folder of packages; it need not exist yet
     * @param defaultName model that is taken where none is named; if empty, the only one that there is
     */
    public ModelRegistry(Path folder, Optional<String> defaultName) {
        this.folder = folder;
        this.defaultName = defaultName;
    }

    /** Where the packages lie. */
    public Path folder() {
        return folder;
    }

    /** Descriptions of the models that can be read, by name. */
    public synchronized Map<String, ModelDescription> models() throws IOException {
        Map<String, ModelDescription> result = new TreeMap<>();
        for (ModelPackage model : readable().values()) {
            result.put(model.description().name(), model.description());
        }
        return result;
    }

    /** Why packages in the folder cannot be read, by file name. */
    public synchronized Map<String, String> problems() throws IOException {
        refresh();
        Map<String, String> result = new TreeMap<>();
        entries.forEach((location, entry) -> {
            if (entry.content() instanceof Unusable unusable) {
                result.put(location.getFileName().toString(), unusable.reason());
            }
        });
        return result;
    }

    /** Name of the model that is taken where none is named. */
    public synchronized Optional<String> defaultModel() throws IOException {
        List<String> names = List.copyOf(models().keySet());
        if (defaultName.isPresent()) {
            return defaultName.filter(names::contains);
        }
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    /**
     * A model ready to run.
     *
     * @param name name of the model, or empty for the default
     * @throws SegmentationException if there is no such model, or the device is not there
     * @throws IOException if the folder or the package cannot be read
     */
    public synchronized ModelSession session(Optional<String> name, Device device) throws IOException {
        String wanted = name.or(() -> defaultName).orElse("");
        Map<Path, ModelPackage> readable = readable();
        List<Path> matching = new ArrayList<>();
        readable.forEach((location, model) -> {
            if (wanted.isEmpty() || model.description().name().equals(wanted)) {
                matching.add(location);
            }
        });
        if (matching.size() != 1) {
            throw new SegmentationException(whyNot(wanted, matching, readable));
        }
        Path location = matching.get(0);
        ModelPackage model = readable.get(location);
        Entry entry = entries.get(location);
        if (model == null || entry == null) {
            throw new IllegalStateException("the registry lost " + location);
        }
        SessionKey key = new SessionKey(location, entry.modified(), device.toString());
        ModelSession present = sessions.get(key);
        if (present != null) {
            return present;
        }
        ModelSession session = ModelSession.open(model, device);
        sessions.keySet()
                .removeIf(other ->
                        other.location().equals(location) && !other.modified().equals(entry.modified()));
        sessions.put(key, session);
        return session;
    }

    private String whyNot(String wanted, List<Path> matching, Map<Path, ModelPackage> readable) throws IOException {
        List<String> names = readable.values().stream()
                .map(model -> model.description().name())
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return "there is no model package in the folder of models" + unreadable();
        }
        if (wanted.isEmpty()) {
            return "no model was named, and there are several: " + names;
        }
        if (matching.isEmpty()) {
            return "there is no model '" + wanted + "'; there are " + names + unreadable();
        }
        return "several packages hold a model '" + wanted + "': "
                + matching.stream().map(Path::getFileName).toList();
    }

    private String unreadable() throws IOException {
        Map<String, String> problems = problems();
        return problems.isEmpty() ? "" : "; these packages cannot be read: " + problems;
    }

    private Map<Path, ModelPackage> readable() throws IOException {
        refresh();
        Map<Path, ModelPackage> result = new TreeMap<>();
        entries.forEach((location, entry) -> {
            if (entry.content() instanceof Usable usable) {
                result.put(location, usable.model());
            }
        });
        return result;
    }

    private void refresh() throws IOException {
        List<Path> locations = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> children = Files.list(folder)) {
                children.filter(ModelRegistry::isPackage).forEach(locations::add);
            }
        }
        entries.keySet().retainAll(locations);
        sessions.keySet().removeIf(key -> !locations.contains(key.location()));
        for (Path location : locations) {
            Path file = Files.isDirectory(location) ? location.resolve("item.json") : location;
            FileTime modified = Files.getLastModifiedTime(file);
            long size = Files.size(file);
            Entry present = entries.get(location);
            if (present == null || !present.modified().equals(modified) || present.size() != size) {
                entries.put(location, new Entry(modified, size, read(location)));
            }
        }
    }

    private static boolean isPackage(Path location) {
        String name = location.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".zip") || Files.isRegularFile(location.resolve("item.json")));
    }

    private static Content read(Path location) throws IOException {
        try {
            return new Usable(ModelPackage.open(location));
        } catch (InvalidPackageException e) {
            // Clients read this: they are told the file, not where the server keeps it.
            Path name = location.getFileName();
            return new Unusable(String.valueOf(e.getMessage()).replace(location.toString(), String.valueOf(name)));
        }
    }
}
