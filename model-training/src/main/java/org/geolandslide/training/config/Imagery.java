package org.geolandslide.training.config;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;
import org.geolandslide.training.network.InputFeature;
import org.geolandslide.training.network.InputFeatures;
import org.geolandslide.training.network.SegmentationGraphs;
import org.jspecify.annotations.Nullable;

/**
 * The imagery that a model is for: one optical raster and, if it takes terrain, elevation in metres.
 *
 * @param bands names of the optical bands in their order in the file: common names of STAC's electro-optical extension such as
 *     {@code red}, {@code nir} and {@code swir16} for bands of light, free names such as {@code slope} for others
 * @param dataType STAC 1.1 data type of the optical raster, e.g. {@code uint8}
 * @param dem whether the model takes an elevation model
 * @param opticalNodata value that marks missing pixels where all bands have it; null if none does
 * @param groundSampleDistance distance between pixel centres in metres; null if it is not known
 * @param resample whether rasters with pixels of another size are brought to that distance unless somebody asks for something else
 * @param features what the model computes from the optical bands and shows to the network behind them
 */
public record Imagery(
        List<String> bands,
        String dataType,
        boolean dem,
        @Nullable Double opticalNodata,
        @Nullable Double groundSampleDistance,
        boolean resample,
        List<InputFeature> features) {
    private static final String BYTE = "uint8";
    private static final String ELEVATION = "elevation";

    public Imagery {
        bands = List.copyOf(bands);
        features = List.copyOf(features);
        if (resample && groundSampleDistance == null) {
            throw new IllegalArgumentException(
                    "resample is true, expected a groundSampleDistance to which rasters are resampled");
        }
        if (bands.isEmpty()) {
            throw new IllegalArgumentException("bands is empty, expected the optical bands in their order in the file");
        }
        if (new HashSet<>(bands).size() < bands.size()) {
            throw new IllegalArgumentException("bands names one twice: " + bands);
        }
        if (dem && bands.contains(ELEVATION)) {
            throw new IllegalArgumentException("bands names " + ELEVATION
                    + ", which is what the DEM holds; expected it there or, with dem: false, among the bands");
        }
        for (String name : bands) {
            band(name, dataType, opticalNodata, groundSampleDistance);
        }
        InputFeatures.requireBands(bands, features);
    }

    /** Red, green and blue bytes. */
    public Imagery(boolean dem, @Nullable Double opticalNodata, @Nullable Double groundSampleDistance) {
        this(List.of("red", "green", "blue"), BYTE, dem, opticalNodata, groundSampleDistance, false, List.of());
    }

    /** The model's inputs. */
    public List<ModelInput> modelInputs() {
        ModelInput optical = new ModelInput(
                SegmentationGraphs.OPTICAL,
                opticalBands(),
                "Orthorectified raster with the bands " + String.join(", ", bands) + " as "
                        + (dataType.equals(BYTE) ? "8-bit numbers" : dataType));
        ModelInput elevation = new ModelInput(
                SegmentationGraphs.DEM,
                List.of(band(ELEVATION, "float32", null, groundSampleDistance)),
                "Digital elevation or surface model in metres; only differences of elevation matter");
        return dem ? List.of(optical, elevation) : List.of(optical);
    }

    /** Indices of the optical bands that are of light: those with a common name. */
    public List<Integer> lightBands() {
        List<Band> optical = opticalBands();
        return IntStream.range(0, optical.size())
                .filter(index -> optical.get(index).isCommonName())
                .boxed()
                .toList();
    }

    /** The optical bands and what the model computes from them. */
    public InputFeatures inputFeatures() {
        return new InputFeatures(bands, features);
    }

    /** Names of the features. */
    public List<String> featureTitles() {
        return features.stream().map(InputFeature::title).toList();
    }

    /** The optical raster in words. */
    public String title() {
        return String.join(", ", bands) + ", " + (dataType.equals(BYTE) ? "8 bits" : dataType)
                + (features.isEmpty() ? "" : "; computed from them: " + String.join(", ", featureTitles()));
    }

    private List<Band> opticalBands() {
        return bands.stream()
                .map(name -> band(name, dataType, opticalNodata, groundSampleDistance))
                .toList();
    }

    private static Band band(String name, String dataType, @Nullable Double nodata, @Nullable Double distance) {
        String unit =
                switch (name) {
                    case ELEVATION -> "m";
                    case "slope" -> "deg";
                    default -> "";
                };
        return new Band(name, dataType, unit, optional(nodata), optional(distance));
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
