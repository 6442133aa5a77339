package org.geolandslide.segmentation.process;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.process.ProcessException;
import org.geotools.util.logging.Logging;
import org.jspecify.annotations.Nullable;

/** What the processes have in common: models, inputs and errors as GeoServer names and shows them. */
final class Requests {
    private static final Logger LOGGER = Logging.getLogger(Requests.class);

    private Requests() {}

    /**
     * What a process does.
     *
     * @param <T> what it answers
     */
    @FunctionalInterface
    interface Work<T> {
        T answer() throws IOException;
    }

    /**
     * Does a process's work.
     *
     * @throws ProcessException with the engine's message if the request cannot be fulfilled
     */
    static <T> T answer(Work<T> work) {
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
    static Map<String, GridCoverage2D> inputs(GridCoverage2D optical, @Nullable GridCoverage2D dem) {
        Map<String, GridCoverage2D> inputs = new LinkedHashMap<>();
        inputs.put("optical", optical);
        if (dem != null) {
            inputs.put("dem", dem);
        }
        return inputs;
    }

    static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
