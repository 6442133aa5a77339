package org.geolandslide.training.network;

import java.util.List;
import java.util.Locale;

/**
 * What a network can be shown besides the optical bands: the bands 15 to 26 of table V of Pham et al. 2025. How each is computed,
 * {@link InputFeatures} says.
 */
public enum InputFeature {
    /** Red, green and blue, each from 0 at its least to 1 at its largest value in the window. */
    RGB_MINMAX(3),
    /** Normalised difference vegetation index. */
    NDVI(1),
    /** Normalised difference moisture index. */
    NDMI(1),
    /** Normalised burn ratio. */
    NBR(1),
    /** Luma of the min-max colours. */
    GRAY(1),
    /** Gray, smoothed by a Gaussian of 10 x 10 pixels. */
    GAUSSIAN(1),
    /** Median of gray over 10 x 10 pixels. */
    MEDIAN(1),
    /** Rise of gray per pixel towards the right and towards the bottom. */
    GRADIENT(2),
    /** Edges of gray (Canny 1986). */
    CANNY(1);

    private final int channels;

    InputFeature(int channels) {
        this.channels = channels;
    }

    /** Number of channels. */
    public int channels() {
        return channels;
    }

    /** Common names of the bands that it is computed from; of an index, the first is the one that counts positive. */
    public List<String> bands() {
        return switch (this) {
            case NDVI -> List.of("nir", "red");
            case NDMI -> List.of("nir", "swir16");
            case NBR -> List.of("nir", "swir22");
            case RGB_MINMAX, GRAY, GAUSSIAN, MEDIAN, GRADIENT, CANNY -> List.of("red", "green", "blue");
        };
    }

    /** Its name as a configuration has it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a normalised difference of two bands. */
    boolean isIndex() {
        return bands().size() == 2;
    }
}
