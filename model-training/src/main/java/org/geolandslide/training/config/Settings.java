package org.geolandslide.training.config;

import org.jspecify.annotations.Nullable;

/** Settings that only one of several choices has. */
final class Settings {
    private Settings() {}

    /**
     * A setting, or its default where it is left out.
     *
     * @param has whether the choice that was made has the setting
     * @param owner the choice that has it, for the message
     * @return null if the choice has no such setting
     * @throws IllegalArgumentException if it is given nevertheless
     */
    static <T> @Nullable T of(String name, @Nullable T given, boolean has, String owner, T otherwise) {
        if (has) {
            return given == null ? otherwise : given;
        }
        if (given != null) {
            throw new IllegalArgumentException(name + " is given, only " + owner + " has it");
        }
        return null;
    }
}
