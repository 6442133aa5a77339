package org.geolandslide.segmentation.engine;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.locationtech.jts.geom.Geometry;

/**
 * What is to be segmented, and how.
 *
 * @param inputs one coverage per model input, by name
 * @param threshold least probability of a landslide pixel, between 0 and 1; the model's own if empty
 * @param region polygon outside of which nothing is looked at
 * @param minimumArea square metres below which a landslide is dropped; 0 drops none
 * @param overlap pixels that neighbouring windows share; the model's own if empty
 * @param augment whether the eight symmetries of each window are averaged: slower by eight, a little better
 * @param resolution size of the pixels that the model is shown
 * @param attention whether the attention map can be asked for, if the network has one; it takes memory and time
 * @param simplification metres: corners of outlines that matter less are taken out, see {@link
 *     org.geolandslide.segmentation.product.LandslideInventory#of}; outlines follow the pixels if empty
 */
public record SegmentationRequest(
        Map<String, GridCoverage2D> inputs,
        OptionalDouble threshold,
        Optional<Geometry> region,
        double minimumArea,
        OptionalInt overlap,
        boolean augment,
        Resolution resolution,
        boolean attention,
        OptionalDouble simplification) {

    public SegmentationRequest {
        inputs = Map.copyOf(inputs);
        if (threshold.isPresent() && !(threshold.getAsDouble() > 0 && threshold.getAsDouble() < 1)) {
            throw new SegmentationException(
                    "threshold is " + threshold.getAsDouble() + ", expected a probability above 0 and below 1");
        }
        if (!(minimumArea >= 0)) {
            throw new SegmentationException("minimum area is " + minimumArea + ", expected 0 square metres or more");
        }
        if (overlap.isPresent() && overlap.getAsInt() < 0) {
            throw new SegmentationException("overlap is " + overlap.getAsInt() + ", expected 0 pixels or more");
        }
        if (simplification.isPresent()
                && !(simplification.getAsDouble() >= 0 && Double.isFinite(simplification.getAsDouble()))) {
            throw new SegmentationException("simplification is " + simplification.getAsDouble()
                    + ", expected a finite length of 0 metres or more");
        }
    }

    /** A request with the model's own settings, without attention. */
    public static SegmentationRequest of(Map<String, GridCoverage2D> inputs) {
        return new SegmentationRequest(
                inputs,
                OptionalDouble.empty(),
                Optional.empty(),
                0,
                OptionalInt.empty(),
                false,
                new Resolution.OfPackage(),
                false,
                OptionalDouble.empty());
    }

    /** The same, with or without the attention map. */
    public SegmentationRequest withAttention(boolean wanted) {
        return new SegmentationRequest(
                inputs, threshold, region, minimumArea, overlap, augment, resolution, wanted, simplification);
    }

    /** The same with pixels of another size for the model. */
    public SegmentationRequest withResolution(Resolution other) {
        return new SegmentationRequest(
                inputs, threshold, region, minimumArea, overlap, augment, other, attention, simplification);
    }

    /** The same, with or without the average over the symmetries. */
    public SegmentationRequest withAugmentation(boolean wanted) {
        return new SegmentationRequest(
                inputs, threshold, region, minimumArea, overlap, wanted, resolution, attention, simplification);
    }
}
