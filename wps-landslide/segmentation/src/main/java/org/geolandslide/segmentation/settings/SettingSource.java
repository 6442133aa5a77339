package org.geolandslide.segmentation.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Knows what was written for a key, if anything was. Nothing but spaces counts as nothing. */
@FunctionalInterface
public interface SettingSource {
    /** What was written for a key such as {@code runs}. */
    Optional<Setting> find(String key);

    /** System properties: {@code landslide.} and the key. */
    static SettingSource systemProperties(UnaryOperator<@Nullable String> properties) {
        return key ->
                setting("the system property landslide." + key, properties.apply("landslide." + key), Path.of(""));
    }

    /** Environment variables: {@code LANDSLIDE_MODELS_DEFAULT} for {@code models.default}, {@code LANDSLIDE_MAXIMUM_PIXELS} for {@code maximumPixels}. */
    static SettingSource environment(UnaryOperator<@Nullable String> variables) {
        return key -> {
            String name = "LANDSLIDE_"
                    + key.replaceAll("([A-Z])", "_$1").replace('.', '_').toUpperCase(Locale.ROOT);
            return setting("the environment variable " + name, variables.apply(name), Path.of(""));
        };
    }

    /**
     * The content of a file.
     *
     * @param file errors name its last part, for clients read them; relative paths are relative to its folder
     */
    static SettingSource file(Path file, Map<String, String> content) {
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        return key -> setting(file.getFileName() + ": " + key, content.get(key), folder);
    }

    /** This one where it knows something, else another. */
    default SettingSource orElse(SettingSource other) {
        return key -> find(key).or(() -> other.find(key));
    }

    private static Optional<Setting> setting(String place, @Nullable String text, Path folder) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(new Setting(place, text.trim(), folder));
    }
}
