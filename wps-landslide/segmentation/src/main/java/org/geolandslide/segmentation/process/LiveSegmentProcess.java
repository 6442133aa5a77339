package org.geolandslide.segmentation.process;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Resolution;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geotools.api.coverage.grid.GridGeometry;
import org.geotools.api.data.Query;
import org.geotools.api.util.ProgressListener;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridGeometry2D;
import org.geotools.process.ProcessException;
import org.geotools.process.RenderingProcess;
import org.geotools.process.factory.DescribeParameter;
import org.geotools.process.factory.DescribeProcess;
import org.geotools.process.factory.DescribeResult;
import org.jspecify.annotations.Nullable;

/**
 * The process {@code landslide:LiveSegment}, a rendering transformation ({@link RenderingProcess}): a layer whose style names it shows
 * what a network says about the pixels in view. A style can hand over its own layer alone, so the network must do without a DEM.
 */
@DescribeProcess(
        title = "Segment landslides live",
        description = "Rendering transformation: maps landslides in the part of an optical layer that a map shows.")
public final class LiveSegmentProcess {
    private static final String INPUT = "optical";
    private static final String PROBABILITY = "probability";
    private static final String MASK = "mask";
    private static final int MOST_WINDOWS = 128;

    /**
     * Prepares the picture; windows are run when its pixels are drawn.
     *
     * @throws ProcessException naming what was found and what was expected, if the network does not fit the layer or the map
     */
    @DescribeResult(
            name = "result",
            description = "Probability, float32 0 to 1, -9999 where there is no data; or mask, byte: 0 background,"
                    + " 1 landslide, 255 no data")
    public GridCoverage2D execute(
            @DescribeParameter(name = "data", description = "Optical raster, the layer's own") GridCoverage2D data,
            @DescribeParameter(
                            name = "model",
                            description = "Name of a model that takes no DEM; the default model if missing",
                            min = 0)
                    @Nullable
                    String model,
            @DescribeParameter(
                            name = "resolution",
                            description =
                                    "Metres per pixel that the network is shown; what it was trained on if missing and known",
                            min = 0,
                            minValue = 0)
                    @Nullable
                    Double resolution,
            @DescribeParameter(
                            name = "product",
                            description = "probability or mask",
                            min = 0,
                            defaultValue = PROBABILITY)
                    @Nullable
                    String product,
            @DescribeParameter(
                            name = "threshold",
                            description =
                                    "Probability from which a pixel of the mask is landslide, above 0 and below 1; the"
                                            + " model's own if missing",
                            min = 0,
                            minValue = 0,
                            maxValue = 1)
                    @Nullable
                    Double threshold,
            @DescribeParameter(
                            name = "maxWindows",
                            description = "Windows that are run for one map at most; a map that needs more is refused",
                            min = 0,
                            defaultValue = "" + MOST_WINDOWS,
                            minValue = 1)
                    @Nullable
                    Integer maxWindows,
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
            String wanted = requireProduct(product);
            RasterGrid grid = RasterGrid.of(data);
            LiveGrid.requireResolution(grid, resolution(session.description(), resolution));
            requireFew(grid, session.description(), maxWindows == null ? MOST_WINDOWS : maxWindows);
            SegmentationRequest request = new SegmentationRequest(
                    Map.of(INPUT, data),
                    Requests.optional(threshold),
                    Optional.empty(),
                    0,
                    OptionalInt.empty(),
                    false,
                    new Resolution.OfRaster(),
                    false,
                    OptionalDouble.empty());
            Segmentation segmentation = Segmentation.of(session, request, ListenerMonitor.of(listener));
            return wanted.equals(MASK) ? segmentation.mask() : segmentation.probability();
        });
    }

    /**
     * Says what must be read to draw a map, as {@link RenderingProcess#invertGridGeometry} has it. Found by GeoTools by its name.
     *
     * @param targetGridGeometry the map's pixels, or the raster's own where the map's are smaller
     * @throws ProcessException if the map is too coarse
     */
    public GridGeometry invertGridGeometry(
            @DescribeParameter(name = "model", description = "As for the process", min = 0) @Nullable String model,
            @DescribeParameter(name = "resolution", description = "As for the process", min = 0) @Nullable
                    Double resolution,
            @DescribeParameter(name = "device", description = "As for the process", min = 0) @Nullable String device,
            Query targetQuery,
            GridGeometry targetGridGeometry)
            throws ProcessException {
        return Requests.answer(() -> {
            ModelDescription description = Models.session(model, device).description();
            return LiveGrid.around(
                    (GridGeometry2D) targetGridGeometry, resolution(description, resolution), description.windowing());
        });
    }

    /** The resolution that was asked for, or that of the model's coarsest band; refuses a model that takes more than a layer. */
    private static double resolution(ModelDescription model, @Nullable Double asked) {
        List<String> inputs = model.inputs().stream().map(ModelInput::name).toList();
        if (!inputs.equals(List.of(INPUT))) {
            throw new SegmentationException("model '" + model.name() + "' takes " + inputs
                    + "; a style can give it its own layer alone: expected a model that takes [" + INPUT + "]");
        }
        if (asked != null) {
            if (!(asked > 0 && Double.isFinite(asked))) {
                throw new SegmentationException("resolution is " + asked + ", expected metres per pixel above 0");
            }
            return asked;
        }
        return model.inputs().get(0).bands().stream()
                .map(Band::groundSampleDistance)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .max(Comparator.naturalOrder())
                .orElseThrow(
                        () -> new SegmentationException(
                                "model '" + model.name()
                                        + "' does not say its ground sample distance; expected the input 'resolution' in metres per pixel"));
    }

    private static String requireProduct(@Nullable String product) {
        String wanted = product == null ? PROBABILITY : product;
        if (!wanted.equals(PROBABILITY) && !wanted.equals(MASK)) {
            throw new SegmentationException("product is '" + wanted + "', expected " + PROBABILITY + " or " + MASK);
        }
        return wanted;
    }

    private static void requireFew(RasterGrid grid, ModelDescription model, int most) {
        long windows =
                WindowGrid.over(grid.width(), grid.height(), model.windowing()).windows();
        if (windows > most) {
            throw new SegmentationException(String.format(
                    Locale.ROOT,
                    "the map needs up to %d windows of model '%s', expected at most %d (maxWindows): zoom in, or ask for"
                            + " a smaller map",
                    windows,
                    model.name(),
                    most));
        }
    }
}
