package org.geolandslide.segmentation.alignment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.SegmentationException;

/**
 * Which bands of a raster a model takes. A name says something if it is that of one of the model's bands or a common name of
 * STAC's electro-optical extension, in any letter case, and only one band has it. Where some name says something, every band
 * of the model is found by its name; where none does, as with the names that GeoTools takes from the colour model
 * ({@code RED_BAND}, {@code GRAY_INDEX}: GDAL writes any three bytes as red, green and blue), the first bands are taken in
 * their order. So they are where there is only one to choose.
 *
 * @param bands per band of the model the index of the raster's band
 * @param alpha index of the band of transparency, which is never taken
 */
record BandSelection(List<Integer> bands, OptionalInt alpha) {
    private static final String ALPHA = "alpha";

    BandSelection {
        bands = List.copyOf(bands);
    }

    /**
     * Selects bands.
     *
     * @param names per band of the raster its name in small letters
     * @param transparent whether the colour model calls the last band transparency. It is not believed where the model needs
     *     every band or has one of that name: TIFF readers say so of the last of any four bands. A band named {@code alpha} is
     *     transparency in any case
     * @throws SegmentationException if there are too few bands, or names say something and one of the model's is missing
     */
    static BandSelection of(ModelInput input, List<String> names, boolean transparent) {
        List<String> wanted = input.bands().stream()
                .map(band -> band.name().toLowerCase(Locale.ROOT))
                .toList();
        OptionalInt alpha = alpha(names, wanted, transparent);
        List<Integer> candidates = IntStream.range(0, names.size())
                .filter(band -> alpha.isEmpty() || band != alpha.getAsInt())
                .boxed()
                .toList();
        List<String> data = candidates.stream().map(names::get).toList();
        if (data.size() < wanted.size()) {
            throw new SegmentationException("input '" + input.name() + "' has " + data.size() + " band(s)"
                    + (alpha.isPresent() ? " and one of transparency" : "") + ", the model takes " + wanted.size()
                    + ": " + bandNames(input));
        }
        if (data.size() == 1 || !sayAnything(data, wanted)) {
            return new BandSelection(candidates.subList(0, wanted.size()), alpha);
        }
        List<Integer> bands = new ArrayList<>();
        for (String name : wanted) {
            if (Collections.frequency(data, name) != 1) {
                throw new SegmentationException("input '" + input.name() + "' has the bands " + data
                        + ", the model takes " + bandNames(input) + ": expected one band named '" + name
                        + "', or names of which none says what the band shows");
            }
            bands.add(candidates.get(data.indexOf(name)));
        }
        return new BandSelection(bands, alpha);
    }

    private static OptionalInt alpha(List<String> names, List<String> wanted, boolean transparent) {
        int named = wanted.contains(ALPHA) ? -1 : names.indexOf(ALPHA);
        if (named >= 0) {
            return OptionalInt.of(named);
        }
        int last = names.size() - 1;
        boolean spare = wanted.size() < names.size() && !wanted.contains(names.get(last));
        return transparent && spare ? OptionalInt.of(last) : OptionalInt.empty();
    }

    /** Whether a name among several tells what a band shows. */
    static boolean sayAnything(List<String> names, List<String> wanted) {
        return names.stream()
                .anyMatch(name ->
                        (wanted.contains(name) || Band.isCommonName(name)) && Collections.frequency(names, name) == 1);
    }

    private static List<String> bandNames(ModelInput input) {
        return input.bands().stream().map(Band::name).toList();
    }
}
