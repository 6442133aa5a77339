package org.geolandslide.segmentation.process;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.engine.Resolution;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.process.ProcessException;
import org.geotools.util.logging.Logging;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** What the processes have in common: models, inputs and errors as GeoServer names and shows them. */
public final class Requests {
    private static final Logger LOGGER = Logging.getLogger(Requests.class);

    private Requests() {}

    /**
     * What a process does.
     *
     * @param <T> what it answers
     */
    @FunctionalInterface
    public interface Work<T> {
        T answer() throws IOException;
    }

    /**
     * Does a process's work.
     *
     * @throws ProcessException with the engine's message if the request cannot be fulfilled
     */
    public static <T> T answer(Work<T> work) {
        try {
            return work.answer();
        } catch (SegmentationException e) {
            // Without the cause, whose message is the same: GeoServer shows both.
            LOGGER.log(Level.FINE, "request refused", e);
            throw new ProcessException(e.getMessage());
        } catch (IOException e) {
            throw new ProcessException("the models cannot be read: " + e.getMessage(), e);
        }
    }

    /** The coverages under the names of the model's inputs. */
    public static Map<String, GridCoverage2D> inputs(GridCoverage2D optical, @Nullable GridCoverage2D dem) {
        Map<String, GridCoverage2D> inputs = new LinkedHashMap<>();
        inputs.put("optical", optical);
        if (dem != null) {
            inputs.put("dem", dem);
        }
        return inputs;
    }

    /**
     * A request for a segmentation, from inputs that may be missing as {@code landslide:Segment} has them.
     *
     * @throws SegmentationException naming an input outside of its range
     */
    public static SegmentationRequest segmentation(
            Map<String, GridCoverage2D> inputs,
            @Nullable Double threshold,
            @Nullable Geometry region,
            @Nullable Double minArea,
            @Nullable Integer overlap,
            @Nullable Boolean augment,
            @Nullable Boolean resample,
            @Nullable Double resolution,
            boolean attention,
            @Nullable Double simplify) {
        return new SegmentationRequest(
                inputs,
                optional(threshold),
                Optional.ofNullable(region),
                minArea == null ? 0 : minArea,
                overlap == null ? OptionalInt.empty() : OptionalInt.of(overlap),
                augment != null && augment,
                Resolution.of(resample, resolution),
                attention,
                optional(simplify));
    }

    static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
