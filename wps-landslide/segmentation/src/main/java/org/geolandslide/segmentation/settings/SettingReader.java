package org.geolandslide.segmentation.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.geolandslide.segmentation.SegmentationException;

/**
 * Reads settings and remembers what it was asked for: all mistakes are told at once, keys that nobody asked for are mistakes, too, and
 * what is in force can be shown. Reading goes on after a mistake, with the default, so that {@link #requireSound} must be called in the end.
 */
public final class SettingReader {
    private final SettingSource source;
    private final Map<String, String> inForce = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    public SettingReader(SettingSource source) {
        this.source = source;
    }

    /**
     * A whole number.
     *
     * @param otherwise what holds where nothing was written
     * @param least smallest value
     * @param most largest value
     */
    public long number(String key, long otherwise, long least, long most) {
        return value(key, otherwise, "a whole number from " + least + " to " + most, setting -> {
            long value = Long.parseLong(setting.text());
            if (value < least || value > most) {
                throw new IllegalArgumentException("outside");
            }
            return value;
        });
    }

    /**
     * Anything.
     *
     * @param <T> type of the value
     * @param otherwise what holds where nothing was written
     * @param expected what may be written, for errors
     * @param parser throws {@link IllegalArgumentException} or {@link SegmentationException} at what may not be written
     */
    public <T> T value(String key, T otherwise, String expected, Function<Setting, T> parser) {
        asked.add(key);
        Optional<Setting> setting = source.find(key);
        if (setting.isEmpty()) {
            inForce.put(key, otherwise + " (default)");
            return otherwise;
        }
        try {
            T value = parser.apply(setting.get());
            inForce.put(key, setting.get().text() + " (" + setting.get().place() + ")");
            return value;
        } catch (IllegalArgumentException | SegmentationException e) {
            problems.add(setting.get().place() + " is '" + setting.get().text() + "', expected " + expected);
            return otherwise;
        }
    }

    /**
     * A text that may be missing.
     *
     * @param <T> what it means
     * @param missing what it means that it is missing, for people
     */
    public <T> Optional<T> optional(String key, String missing, String expected, Function<Setting, T> parser) {
        asked.add(key);
        if (source.find(key).isEmpty()) {
            inForce.put(key, missing + " (default)");
            return Optional.empty();
        }
        return value(key, Optional.<T>empty(), expected, setting -> Optional.of(parser.apply(setting)));
    }

    /** Takes keys for mistakes that were not asked for so far. */
    public void requireKnown(String file, Collection<String> keys) {
        for (String key : keys) {
            if (!asked.contains(key)) {
                problems.add(file + ": there is no setting '" + key + "', expected one of " + asked);
            }
        }
    }

    /**
     * Ends the reading.
     *
     * @throws SegmentationException with every mistake: place, key, what was found and what was expected
     */
    public void requireSound() {
        if (!problems.isEmpty()) {
            throw new SegmentationException(String.join("; ", problems));
        }
    }

    /** What is in force and who said so, by key in the order of reading. */
    public Map<String, String> inForce() {
        return new LinkedHashMap<>(inForce);
    }
}
