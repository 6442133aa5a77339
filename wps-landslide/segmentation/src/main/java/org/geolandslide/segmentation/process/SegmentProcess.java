package org.geolandslide.segmentation.process;

import java.util.LinkedHashMap;
import java.util.Map;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geotools.api.util.ProgressListener;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.process.ProcessException;
import org.geotools.process.factory.DescribeParameter;
import org.geotools.process.factory.DescribeProcess;
import org.geotools.process.factory.DescribeResult;
import org.geotools.process.factory.DescribeResults;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * The process {@code landslide:Segment}. The network runs once, while the process executes, if its result fits into memory, and
 * when results are read otherwise; what is made of its result is made only for results that are read.
 */
@DescribeProcess(
        title = "Segment landslides",
        description = "Maps landslides in an optical raster and a digital elevation model with a trained network.")
public final class SegmentProcess {
    /**
     * Prepares the results.
     *
     * @throws ProcessException naming the input, what was found and what was expected, if anything does not fit
     */
    @DescribeResults({
        @DescribeResult(
                name = "mask",
                description = "Landslide mask, byte: 0 background, 1 landslide, 255 no data",
                type = GridCoverage2D.class),
        @DescribeResult(
                name = "probability",
                description = "Probability of landslide, float32 0 to 1, -9999 where there is no data",
                type = GridCoverage2D.class),
        @DescribeResult(
                name = "entropy",
                description = "Entropy of the probability in bits, float32 0 (certain) to 1 (undecided)",
                type = GridCoverage2D.class),
        @DescribeResult(
                name = "attention",
                description = "Mean attention of the network, float32 0 to 1; missing if the network has none",
                type = GridCoverage2D.class),
        @DescribeResult(
                name = "features",
                description = "Landslides as polygons with area_m2, perim_m, prob_mean and prob_max",
                type = SimpleFeatureCollection.class),
        @DescribeResult(
                name = "report",
                description = "Counts, areas and provenance as JSON",
                type = CharSequence.class)
    })
    public Map<String, Object> execute(
            @DescribeParameter(name = "optical", description = "Optical raster; its grid is that of the results")
                    GridCoverage2D optical,
            @DescribeParameter(
                            name = "dem",
                            description =
                                    "Digital elevation model in metres, any CRS and resolution; needed if the model has"
                                            + " an input 'dem'",
                            min = 0)
                    @Nullable
                    GridCoverage2D dem,
            @DescribeParameter(name = "model", description = "Name of the model; the default model if missing", min = 0)
                    @Nullable
                    String model,
            @DescribeParameter(
                            name = "threshold",
                            description =
                                    "Probability from which a pixel counts as landslide, above 0 and below 1; the model's"
                                            + " own if missing",
                            min = 0,
                            minValue = 0,
                            maxValue = 1)
                    @Nullable
                    Double threshold,
            @DescribeParameter(
                            name = "region",
                            description =
                                    "Polygon outside of which nothing is looked at, in the CRS of the optical raster or"
                                            + " with its own SRID",
                            min = 0)
                    @Nullable
                    Geometry region,
            @DescribeParameter(
                            name = "minArea",
                            description = "Area in square metres below which a landslide is dropped",
                            min = 0,
                            defaultValue = "0",
                            minValue = 0)
                    @Nullable
                    Double minArea,
            @DescribeParameter(
                            name = "simplify",
                            description =
                                    "Length in metres: a corner of a polygon that makes a triangle smaller than its square goes;"
                                            + " polygons stay valid, keep their holes and do not overlap, area_m2 and perim_m"
                                            + " stay those of the pixels; along the pixels' edges if missing",
                            min = 0,
                            minValue = 0)
                    @Nullable
                    Double simplify,
            @DescribeParameter(
                            name = "overlap",
                            description = "Pixels that neighbouring windows share; the model's own if missing",
                            min = 0,
                            minValue = 0)
                    @Nullable
                    Integer overlap,
            @DescribeParameter(
                            name = "augment",
                            description =
                                    "Average over the eight symmetries of each window: eight times the work, a little"
                                            + " better",
                            min = 0,
                            defaultValue = "false")
                    @Nullable
                    Boolean augment,
            @DescribeParameter(
                            name = "resample",
                            description =
                                    "Bring the rasters to the ground sample distance that the model was trained with, and"
                                            + " its results back; as the model's package says if missing",
                            min = 0)
                    @Nullable
                    Boolean resample,
            @DescribeParameter(
                            name = "resolution",
                            description =
                                    "Metres: show the model pixels of this size, and bring its results back; instead of"
                                            + " resample",
                            min = 0,
                            minValue = 0)
                    @Nullable
                    Double resolution,
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
            ModelSession session = Models.session(model, device);
            SegmentationRequest request = Requests.segmentation(
                    Requests.inputs(optical, dem),
                    threshold,
                    region,
                    minArea,
                    overlap,
                    augment,
                    resample,
                    resolution,
                    true,
                    simplify);
            Segmentation segmentation = Segmentation.of(session, request, ListenerMonitor.of(listener));
            // GeoServer shows progress and reports errors while a process runs, and hardly any while its results are
            // encoded.
            segmentation.computeIfItFits();
            return results(segmentation);
        });
    }

    private static Map<String, Object> results(Segmentation segmentation) {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("mask", segmentation.mask());
        results.put("probability", segmentation.probability());
        results.put("entropy", segmentation.entropy());
        segmentation.attention().ifPresent(attention -> results.put("attention", attention));
        results.put("features", segmentation.features());
        results.put("report", new LazyText(() -> segmentation.report().toJson().toPrettyString()));
        return results;
    }
}
