package org.geolandslide.training.config;

import java.util.List;
import java.util.OptionalDouble;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;
import org.geolandslide.training.network.SegmentationGraphs;
import org.jspecify.annotations.Nullable;

/**
 * The imagery that a model is for: red, green and blue bytes and, if it takes terrain, elevation in metres.
 *
 * @param dem whether the model takes an elevation model
 * @param opticalNodata value that marks missing pixels where all bands have it; null if none does
 * @param groundSampleDistance distance between pixel centres in metres; null if it is not known
 */
public record Imagery(boolean dem, @Nullable Double opticalNodata, @Nullable Double groundSampleDistance) {

    /** The model's inputs. */
    public List<ModelInput> modelInputs() {
        ModelInput optical = new ModelInput(
                SegmentationGraphs.OPTICAL,
                List.of(optical("red"), optical("green"), optical("blue")),
                "Orthorectified image: red, green and blue as 8-bit numbers");
        ModelInput elevation = new ModelInput(
                SegmentationGraphs.DEM,
                List.of(new Band("elevation", "float32", "m", OptionalDouble.empty(), distance())),
                "Digital elevation or surface model in metres; only differences of elevation matter");
        return dem ? List.of(optical, elevation) : List.of(optical);
    }

    private Band optical(String name) {
        OptionalDouble nodata = opticalNodata == null ? OptionalDouble.empty() : OptionalDouble.of(opticalNodata);
        return new Band(name, "uint8", "", nodata, distance());
    }

    private OptionalDouble distance() {
        return groundSampleDistance == null ? OptionalDouble.empty() : OptionalDouble.of(groundSampleDistance);
    }
}
