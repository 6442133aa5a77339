package org.geolandslide.segmentation.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.geolandslide.model.ProjectVersion;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.product.LandslideInventory;
import org.geotools.coverage.grid.GridCoverage2D;

/**
 * What was found, in what, and how.
 *
 * @param grid the raster
 * @param inventory the landslides
 * @param windows windows that went through the model
 * @param seconds time spent on them, reading and alignment included
 * @param session the model
 * @param threshold least probability of a landslide pixel
 * @param overlap pixels that neighbouring windows shared
 * @param request what was asked
 */
public record SegmentationReport(
        RasterGrid grid,
        LandslideInventory inventory,
        long windows,
        double seconds,
        ModelSession session,
        double threshold,
        int overlap,
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
        root.put("windows", windows);
        root.put("seconds", seconds);
        root.put("windowsPerSecond", seconds > 0 ? windows / seconds : 0);
        ObjectNode model = root.putObject("model");
        model.put("name", session.description().name());
        model.put("checksum", session.checksum());
        root.put("device", session.device().toString());
        ObjectNode parameters = root.putObject("parameters");
        parameters.put("threshold", threshold);
        parameters.put("minimumAreaSquareMetres", request.minimumArea());
        parameters.put("windowPixels", session.description().windowing().size());
        parameters.put("overlapPixels", overlap);
        parameters.put("augment", request.augment());
        request.simplification().ifPresent(metres -> parameters.put("simplificationMetres", metres));
        request.region().ifPresent(region -> parameters.put("region", region.toText()));
        ObjectNode inputs = root.putObject("inputs");
        session.description().inputs().forEach(input -> {
            GridCoverage2D coverage = request.inputs().get(input.name());
            if (coverage != null) {
                writeInput(inputs.putObject(input.name()), coverage);
            }
        });
        ObjectNode versions = root.putObject("versions");
        versions.put("landslide", ProjectVersion.get());
        versions.put("onnxruntime", ModelSession.runtimeVersion());
        versions.put("java", Runtime.version().toString());
        return root;
    }

    private static void writeInput(ObjectNode node, GridCoverage2D coverage) {
        node.put("name", coverage.getName().toString());
        node.put("crs", coverage.getCoordinateReferenceSystem2D().getName().getCode());
        node.put("width", coverage.getRenderedImage().getWidth());
        node.put("height", coverage.getRenderedImage().getHeight());
    }
}
