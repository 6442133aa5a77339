package org.geolandslide.segmentation.product;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.geolandslide.segmentation.SegmentationException;

/** What a segmentation can be asked for as a layer of its own. */
public enum Product {
    /** Byte raster: 0 background, 1 landslide, 255 no data. */
    MASK("Landslide mask", "1 landslide, 0 background, 255 no data"),
    /** Float raster, 0 to 1. */
    PROBABILITY("Landslide probability", "probability of landslide, 0 to 1, -9999 no data"),
    /** Float raster, bits, 0 to 1. */
    ENTROPY("Uncertainty of landslides", "entropy of the probability in bits, 0 certain to 1 undecided, -9999 no data"),
    /** Float raster, 0 to 1. */
    ATTENTION("Attention of the network", "mean attention, 0 to 1, -9999 no data"),
    /** Polygons with area, perimeter and probabilities. */
    POLYGONS("Landslides", "outlines with area_m2 and perim_m in metres, prob_mean and prob_max from 0 to 1");

    private final String title;
    private final String meaning;

    Product(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    /** Name in requests, names of layers and tags of files: {@code mask}, {@code probability} and so on. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Heading for people. */
    public String title() {
        return title;
    }

    /** What its values mean, in words. */
    public String meaning() {
        return meaning;
    }

    /** Whether this is a raster; polygons otherwise. */
    public boolean isRaster() {
        return this != POLYGONS;
    }

    /**
     * Reads a list such as {@code mask, polygons}.
     *
     * @return in the order of the list
     * @throws SegmentationException if the list is empty, names one twice, or names what is none
     */
    public static List<Product> parseList(String text) {
        Set<Product> products = new LinkedHashSet<>();
        for (String word : text.split(",", -1)) {
            Product product = Arrays.stream(values())
                    .filter(candidate -> candidate.id().equals(word.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new SegmentationException(
                            "products is '" + text + "', in which '" + word.strip() + "' is none of " + ids()));
            if (!products.add(product)) {
                throw new SegmentationException("products is '" + text + "', which names " + product.id() + " twice");
            }
        }
        return List.copyOf(products);
    }

    private static String ids() {
        return Arrays.stream(values()).map(Product::id).collect(Collectors.joining(", "));
    }
}
