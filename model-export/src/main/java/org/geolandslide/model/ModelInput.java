package org.geolandslide.model;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One input of a model: a float32 tensor {@code [N, bands, H, W]} of raw raster values. Scaling is part of the ONNX graph,
 * so that training and serving cannot drift.
 *
 * @param name {@code optical} or {@code dem}: the name on the command line, in WPS and in the ONNX graph
 * @param bands bands in the order of the tensor's second dimension
 * @param description what the raster must hold, for people
 */
public record ModelInput(String name, List<Band> bands, String description) {

    public ModelInput {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model input needs a name");
        }
        bands = List.copyOf(bands);
        if (bands.isEmpty()) {
            throw new IllegalArgumentException("input '" + name + "' has no bands");
        }
    }

    /** Distance between the pixels of the training data in metres, as the first band that states one has it. */
    public OptionalDouble groundSampleDistance() {
        return bands.stream()
                .map(Band::groundSampleDistance)
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    /**
     * Which bands a picture of the input shows.
     *
     * @return the indices of the bands red, green and blue; where one of them is missing, of the first three bands, or of the first one
     *     alone, as grey, of fewer
     */
    public List<Integer> shownBands() {
        List<String> names = bands.stream().map(Band::name).toList();
        List<Integer> colours =
                Stream.of("red", "green", "blue").map(names::indexOf).toList();
        if (!colours.contains(-1)) {
            return colours;
        }
        return names.size() < 3 ? List.of(0) : List.of(0, 1, 2);
    }
}
