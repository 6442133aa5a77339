package org.geolandslide.segmentation.engine;

import java.util.Map;
import java.util.OptionalDouble;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.coverage.grid.GridCoverage2D;

/**
 * Where landslides are to be detected, and how.
 *
 * @param inputs one coverage per model input, by name
 * @param cell side of a cell in metres; the model's window if empty
 * @param threshold least probability of a cell that counts as holding a landslide, between 0 and 1; {@link #THRESHOLD} if empty
 */
public record DetectionRequest(Map<String, GridCoverage2D> inputs, OptionalDouble cell, OptionalDouble threshold) {

    /** Where none is asked for: the threshold in a package is one of pixels, and detection heads are trained against one half. */
    public static final double THRESHOLD = 0.5;

    public DetectionRequest {
        inputs = Map.copyOf(inputs);
        if (cell.isPresent() && !(cell.getAsDouble() > 0 && Double.isFinite(cell.getAsDouble()))) {
            throw new SegmentationException("cell is " + cell.getAsDouble() + ", expected a length in metres above 0");
        }
        if (threshold.isPresent() && !(threshold.getAsDouble() > 0 && threshold.getAsDouble() < 1)) {
            throw new SegmentationException(
                    "threshold is " + threshold.getAsDouble() + ", expected a probability above 0 and below 1");
        }
    }
}
