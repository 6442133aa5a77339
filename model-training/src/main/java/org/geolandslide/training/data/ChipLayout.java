package org.geolandslide.training.data;

import java.util.List;
import java.util.Optional;

/** How published sets of chips lie in their folders. In each folder there is one file per chip; extensions may differ. */
public enum ChipLayout {
    /** {@code image}, {@code mask} and {@code dem}; masks of either kind, elevation in metres. */
    PLAIN,

    /**
     * The Bijie landslide dataset (Ji et al. 2020) as published: {@code landslide/image}, {@code landslide/mask} (0 and 255) and
     * {@code non-landslide/image}, chips of any size; {@code dem} in both. Its DEM is a picture of 8 bits: its steps are no metres.
     */
    BIJIE,

    /** The Nepal landslide dataset (Bragagnolo et al. 2021), one of its folders {@code train}, {@code val} and {@code test}. */
    NEPAL,

    /**
     * The Landslide4Sense dataset (Ghorbanzadeh et al. 2022) as published, in HDF5: {@code img} and {@code mask} in the folder or in
     * {@code TrainData} below it. What is in the files, {@link Landslide4Sense} says.
     */
    LANDSLIDE4SENSE;

    /**
     * Folders that belong together.
     *
     * @param masks folder of the masks; without one no pixel is landslide
     */
    record Part(String images, String elevations, Optional<String> masks) {}

    /** The folders of a layout of pictures. */
    List<Part> parts() {
        return switch (this) {
            case PLAIN -> List.of(new Part("image", "dem", Optional.of("mask")));
            case BIJIE ->
                List.of(
                        new Part("landslide/image", "landslide/dem", Optional.of("landslide/mask")),
                        new Part("non-landslide/image", "non-landslide/dem", Optional.empty()));
            // No pictures.
            case LANDSLIDE4SENSE -> List.of();
            case NEPAL -> List.of(new Part("images", "dem", Optional.of("masks")));
        };
    }

    /** How the masks are written; told from the masks if empty. */
    Optional<MaskValues> maskValues() {
        return this == BIJIE ? Optional.of(MaskValues.BLACK_AND_WHITE) : Optional.empty();
    }
}
