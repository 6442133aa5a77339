package org.geolandslide.segmentation.engine;

import java.util.OptionalDouble;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.SegmentationException;
import org.jspecify.annotations.Nullable;

/** The size of the pixels that a model is shown. Its results are brought back to the pixels of its first input. */
public sealed interface Resolution {
    /** The pixels of the model's ground sample distance if its package wants rasters to be resampled, else the raster's own. */
    record OfPackage() implements Resolution {}

    /** The raster's own pixels, whatever the package says. */
    record OfRaster() implements Resolution {}

    /** Pixels of the model's ground sample distance, whatever else the package says. */
    record OfModel() implements Resolution {}

    /**
     * Pixels of another size.
     *
     * @param metres side of a pixel on the ground, positive
     */
    record Metres(double metres) implements Resolution {
        public Metres {
            if (!(metres > 0 && Double.isFinite(metres))) {
                throw new SegmentationException(
                        "resolution is " + metres + ", expected a positive number of metres per pixel");
            }
        }
    }

    /**
     * What a caller asks for.
     *
     * @param resample whether the model's ground sample distance is wanted; null if nothing was said
     * @param metres side of a pixel; null if nothing was said
     * @throws SegmentationException if both are asked for, or the size is not positive
     */
    static Resolution of(@Nullable Boolean resample, @Nullable Double metres) {
        if (metres != null) {
            if (resample != null) {
                throw new SegmentationException("resolution is " + metres + " and resample is " + resample
                        + ", expected one of them: resolution says a size, resample that of the model");
            }
            return new Metres(metres);
        }
        return resample == null ? new OfPackage() : resample ? new OfModel() : new OfRaster();
    }

    /**
     * The size of the pixels that a model is shown in metres; empty for those of the raster.
     *
     * @throws SegmentationException if the model's ground sample distance is wanted and not known
     */
    default OptionalDouble metresFor(ModelDescription model) {
        if (this instanceof Metres given) {
            return OptionalDouble.of(given.metres());
        }
        boolean wanted = this instanceof OfModel
                || (this instanceof OfPackage && model.windowing().resample());
        if (!wanted) {
            return OptionalDouble.empty();
        }
        ModelInput first = model.inputs().get(0);
        return OptionalDouble.of(first.groundSampleDistance()
                .orElseThrow(() -> new SegmentationException("the model '" + model.name()
                        + "' does not say which ground sample distance its input '" + first.name()
                        + "' has, so nothing can be resampled to it")));
    }
}
