package org.geolandslide.training.config;

/** Layouts of data folders. */
public enum DataFormat {
    /** Folders {@code image}, {@code dem} and {@code mask} with one file per chip. */
    CHIPS,
    /** Georeferenced GeoTIFFs {@code optical}, {@code dem} and {@code mask}, or {@code NAME_optical} and so on. */
    SCENE
}
