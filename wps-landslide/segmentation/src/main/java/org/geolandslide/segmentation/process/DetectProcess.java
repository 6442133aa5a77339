package org.geolandslide.segmentation.process;

import java.util.LinkedHashMap;
import java.util.Map;
import org.geolandslide.segmentation.engine.Detection;
import org.geolandslide.segmentation.engine.DetectionRequest;
import org.geotools.api.util.ProgressListener;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.process.ProcessException;
import org.geotools.process.factory.DescribeParameter;
import org.geotools.process.factory.DescribeProcess;
import org.geotools.process.factory.DescribeResult;
import org.geotools.process.factory.DescribeResults;
import org.jspecify.annotations.Nullable;

/** The process {@code landslide:Detect}. The network runs once, while the process executes. */
@DescribeProcess(
        title = "Detect landslides",
        description =
                "Tells which cells of an optical raster hold a landslide, with a network that has a detection head.")
public final class DetectProcess {

    /**
     * Judges all cells.
     *
     * @throws ProcessException naming the input, what was found and what was expected, if anything does not fit
     */
    @DescribeResults({
        @DescribeResult(
                name = "features",
                description =
                        "Cells with data as polygons with prob (0 to 1), landslide (1 from the threshold on, else 0),"
                                + " valid (share of pixels with data), row and col",
                type = SimpleFeatureCollection.class),
        @DescribeResult(name = "report", description = "Counts and provenance as JSON", type = CharSequence.class)
    })
    public Map<String, Object> execute(
            @DescribeParameter(name = "optical", description = "Optical raster; the cells divide its grid")
                    GridCoverage2D optical,
            @DescribeParameter(
                            name = "dem",
                            description =
                                    "Digital elevation model in metres, any CRS and resolution; needed if the model has"
                                            + " an input 'dem'",
                            min = 0)
                    @Nullable
                    GridCoverage2D dem,
            @DescribeParameter(
                            name = "model",
                            description = "Name of a model with a detection head; the default model if missing",
                            min = 0)
                    @Nullable
                    String model,
            @DescribeParameter(
                            name = "cell",
                            description =
                                    "Side of a cell in metres, rounded to whole pixels; the model's window if missing",
                            min = 0,
                            minValue = 0)
                    @Nullable
                    Double cell,
            @DescribeParameter(
                            name = "threshold",
                            description =
                                    "Probability from which a cell counts as holding a landslide, above 0 and below 1;"
                                            + " 0.5 if missing",
                            min = 0,
                            minValue = 0,
                            maxValue = 1)
                    @Nullable
                    Double threshold,
            @DescribeParameter(
                            name = "device",
                            description =
                                    "Where the model runs: auto, cpu, cuda or cuda:n; the server's setting if missing",
                            min = 0)
                    @Nullable
                    String device,
            @Nullable ProgressListener listener)
            throws ProcessException {
        return Requests.answer(() -> {
            DetectionRequest request = new DetectionRequest(
                    Requests.inputs(optical, dem), Requests.optional(cell), Requests.optional(threshold));
            Detection detection = Detection.run(Models.session(model, device), request, ListenerMonitor.of(listener));
            Map<String, Object> results = new LinkedHashMap<>();
            results.put("features", detection.features());
            results.put("report", detection.report().toJson().toPrettyString());
            return results;
        });
    }
}
