package org.geolandslide.training.config;

import java.util.Optional;
import org.geolandslide.training.data.ChipLayout;

/** Layouts of data folders. */
public enum DataFormat {
    /** Folders {@code image}, {@code mask} and {@code dem} with one file per chip. */
    CHIPS(Optional.of(ChipLayout.PLAIN)),
    /** The Bijie landslide dataset. */
    BIJIE(Optional.of(ChipLayout.BIJIE)),
    /** One folder of the Nepal landslide dataset. */
    NEPAL(Optional.of(ChipLayout.NEPAL)),
    /** One folder of the Landslide4Sense dataset. */
    LANDSLIDE4SENSE(Optional.of(ChipLayout.LANDSLIDE4SENSE)),
    /** Georeferenced GeoTIFFs {@code optical}, {@code dem} and {@code mask}, or {@code NAME_optical} and so on. */
    SCENE(Optional.empty());

    private final Optional<ChipLayout> chips;

    DataFormat(Optional<ChipLayout> chips) {
        this.chips = chips;
    }

    /** The layout of chips; empty for scenes. */
    public Optional<ChipLayout> chips() {
        return chips;
    }
}
