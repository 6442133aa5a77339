package org.geolandslide.segmentation.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.geolandslide.segmentation.alignment.PixelSize;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.product.LandslideInventory;

/**
 * What was found, in what, and how.
 *
 * @param grid the raster
 * @param workingPixels size of the pixels that the model saw, if they were resampled for it
 * @param inventory the landslides
 * @param windows windows that went through the model
 * @param seconds time spent on them, reading and alignment included
 * @param session the model
 * @param threshold least probability of a landslide pixel
 * @param overlap pixels that neighbouring windows shared
 * @param batch windows that ran together
 * @param request what was asked
 */
public record SegmentationReport(
        RasterGrid grid,
        Optional<PixelSize> workingPixels,
        LandslideInventory inventory,
        long windows,
        double seconds,
        ModelSession session,
        double threshold,
        int overlap,
        int batch,
        SegmentationRequest request) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Share of the pixels with data, 0 to 1. */
    public double validShare() {
        return (double) inventory.validPixels() / ((long) grid.width() * grid.height());
    }

    /** The report as JSON, with the keys of the command-line contract and more. */
    public ObjectNode toJson() {
        ObjectNode root = MAPPER.createObjectNode();
        long total = (long) grid.width() * grid.height();
        ObjectNode pixels = root.putObject("pixels");
        pixels.put("total", total);
        pixels.put("valid", inventory.validPixels());
        pixels.put("landslide", inventory.landslidePixels());
        root.put("validShare", validShare());
        root.put("areaSquareMetres", inventory.area());
        root.put("polygons", inventory.landslides().size());
        ReportSections.putSpeed(root, windows, seconds);
        ReportSections.putModel(root, session);
        ObjectNode parameters = root.putObject("parameters");
        parameters.put("threshold", threshold);
        parameters.put("minimumAreaSquareMetres", request.minimumArea());
        parameters.put("windowPixels", session.description().windowing().size());
        parameters.put("overlapPixels", overlap);
        parameters.put("batchWindows", batch);
        parameters.put("threads", session.threads());
        parameters.put("lanes", session.lanes());
        parameters.put("augment", request.augment());
        parameters.put("resampled", workingPixels.isPresent());
        workingPixels.ifPresent(size ->
                parameters.putArray("workingPixelMetres").add(size.width()).add(size.height()));
        request.simplification().ifPresent(metres -> parameters.put("simplificationMetres", metres));
        request.region().ifPresent(region -> parameters.put("region", region.toText()));
        ReportSections.putOrigin(root, session, request.inputs());
        return root;
    }
}
