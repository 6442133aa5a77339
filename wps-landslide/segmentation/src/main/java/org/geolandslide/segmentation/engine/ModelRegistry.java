package org.geolandslide.segmentation.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.Supplier;
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
    private Optional<String> defaultName = Optional.empty();
    private Supplier<EngineSettings> settings = EngineSettings::ofSystem;
    private final Map<Path, Entry> entries = new HashMap<>();
    private final Map<SessionKey, ModelSession> sessions = new HashMap<>();

    /** Where the models lie of all sessions that somebody still has: also of those that would not be given out any more. */
    private final Map<ModelSession, Path> givenOut = new WeakHashMap<>();

    /** A package that was read, and the state of the files from which it was read. */
    private record Entry(State state, Content content) {}

    /** When the newest of a package's files was written, and the size of all. */
    private record State(FileTime modified, long size) {
        static State of(Path location) throws IOException {
            FileTime newest = FileTime.fromMillis(0);
            long size = 0;
            List<Path> files = new ArrayList<>();
            try (Stream<Path> tree = Files.walk(location.toRealPath())) {
                tree.filter(Files::isRegularFile).forEach(files::add);
            }
            for (Path file : files) {
                FileTime modified = Files.getLastModifiedTime(file);
                newest = modified.compareTo(newest) > 0 ? modified : newest;
                size += Files.size(file);
            }
            return new State(newest, size);
        }
    }

    /** What a package turned out to be. */
    private sealed interface Content {}

    private record Usable(ModelPackage model) implements Content {}

    private record Unusable(String reason) implements Content {}

    private record SessionKey(Path location, State state, String device) {}

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

    /**
     * Changes what holds from now on. Sessions that were given out keep the settings that they have; a model whose settings have changed
     * is loaded again when it is next asked for.
     *
     * @param name model that is taken where none is named; if empty, the only one that there is
     * @param engine limits of segmentations; if this is never called, those of {@link EngineSettings#ofSystem()}
     */
    public synchronized void configure(Optional<String> name, EngineSettings engine) {
        defaultName = name;
        settings = () -> engine;
    }

    /** Where the packages lie. */
    public Path folder() {
        return folder;
    }

    /** Descriptions of the models that can be used, by name. */
    public synchronized Map<String, ModelDescription> models() throws IOException {
        Map<String, List<Path>> locations = byName();
        Map<String, ModelDescription> result = new TreeMap<>();
        for (ModelPackage model : readable().values()) {
            String name = model.description().name();
            if (locations.getOrDefault(name, List.of()).size() == 1) {
                result.put(name, model.description());
            }
        }
        return result;
    }

    /** Why packages in the folder cannot be used, by file name. */
    public synchronized Map<String, String> problems() throws IOException {
        refresh();
        Map<String, String> result = new TreeMap<>();
        entries.forEach((location, entry) -> {
            if (entry.content() instanceof Unusable unusable) {
                result.put(location.getFileName().toString(), unusable.reason());
            }
        });
        for (Map.Entry<String, List<Path>> same : byName().entrySet()) {
            if (same.getValue().size() > 1) {
                List<Path> files =
                        same.getValue().stream().map(Path::getFileName).toList();
                files.forEach(file ->
                        result.put(file.toString(), "several packages hold a model '" + same.getKey() + "': " + files));
            }
        }
        return result;
    }

    /**
     * A model's package.
     *
     * @return empty if there is no such model, or more than one
     */
    public synchronized Optional<ModelPackage> find(String name) throws IOException {
        Optional<Path> location = location(name);
        Map<Path, ModelPackage> readable = readable();
        return location.flatMap(known -> Optional.ofNullable(readable.get(known)));
    }

    /** Where the package of a model lies: an archive or a folder. Empty if there is no such model, or more than one. */
    public synchronized Optional<Path> location(String name) throws IOException {
        List<Path> locations = byName().getOrDefault(name, List.of());
        return locations.size() == 1 ? Optional.of(locations.get(0)) : Optional.empty();
    }

    /** Whether there is a model of that name, or more than one. */
    synchronized boolean isKnown(String name) throws IOException {
        return byName().containsKey(name);
    }

    /** Whether any session of the package at a location {@linkplain ModelSession#isBusy is busy}. */
    public synchronized boolean isBusy(Path location) {
        return givenOut.entrySet().stream()
                .anyMatch(given ->
                        given.getValue().equals(location) && given.getKey().isBusy());
    }

    /** Where the packages of each model lie; all but one are too many. */
    private Map<String, List<Path>> byName() throws IOException {
        Map<String, List<Path>> result = new TreeMap<>();
        readable().forEach((location, model) -> result.computeIfAbsent(
                        model.description().name(), name -> new ArrayList<>())
                .add(location));
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
        SessionKey key = new SessionKey(location, entry.state(), device.toString());
        EngineSettings engine = settings.get();
        ModelSession present = sessions.get(key);
        if (present != null && present.settings().equals(engine)) {
            return present;
        }
        ModelSession session = ModelSession.open(model, device, engine);
        sessions.keySet()
                .removeIf(other ->
                        other.location().equals(location) && !other.state().equals(entry.state()));
        sessions.put(key, session);
        givenOut.put(session, location);
        return session;
    }

    private String whyNot(String wanted, List<Path> matching, Map<Path, ModelPackage> readable) throws IOException {
        List<String> names = readable.values().stream()
                .map(model -> model.description().name())
                .distinct()
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return "there is no model package in the folder of models" + unreadable();
        }
        if (wanted.isEmpty() && names.size() > 1) {
            return "no model was named, and there are several: " + names;
        }
        if (matching.isEmpty()) {
            return "there is no model '" + wanted + "'; there are " + names + unreadable();
        }
        return "several packages hold a model '" + (wanted.isEmpty() ? names.get(0) : wanted) + "': "
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
            Entry present = entries.get(location);
            try {
                State state = State.of(location);
                if (present == null || !present.state().equals(state)) {
                    entries.put(location, new Entry(state, read(location)));
                }
            } catch (IOException | UncheckedIOException e) {
                // It vanished meanwhile, or is a link to nowhere.
                entries.put(location, new Entry(new State(FileTime.fromMillis(0), 0), unusable(location, e)));
            }
        }
    }

    private static boolean isPackage(Path location) {
        String name = location.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".zip") || Files.isRegularFile(location.resolve("item.json")));
    }

    /** One package that cannot be read, for whatever reason, must not hide the others. */
    private static Content read(Path location) {
        try {
            return new Usable(ModelPackage.open(location));
        } catch (IOException | RuntimeException e) {
            return unusable(location, e);
        }
    }

    private static Unusable unusable(Path location, Exception reason) {
        String text = reason instanceof InvalidPackageException
                ? String.valueOf(reason.getMessage())
                : "it cannot be read: " + reason;
        // Clients read this: they are told the file, not where the server keeps it.
        Path name = location.getFileName();
        return new Unusable(text.replace(location.toString(), String.valueOf(name)));
    }
}
