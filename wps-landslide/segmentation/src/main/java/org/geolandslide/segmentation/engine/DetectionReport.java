package org.geolandslide.segmentation.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What was detected, in what, and how.
 *
 * @param cells all cells
 * @param valid cells with data
 * @param positive cells at or above the threshold
 * @param windows windows that went through the model
 * @param seconds time spent on them, reading and alignment included
 * @param session the model
 * @param threshold least probability of a cell that counts as holding a landslide
 * @param cellWidth columns of a cell
 * @param cellHeight rows of a cell
 * @param request what was asked
 */
public record DetectionReport(
        long cells,
        long valid,
        long positive,
        long windows,
        double seconds,
        ModelSession session,
        double threshold,
        int cellWidth,
        int cellHeight,
        DetectionRequest request) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The report as JSON. */
    public ObjectNode toJson() {
        ObjectNode root = MAPPER.createObjectNode();
        ObjectNode counts = root.putObject("cells");
        counts.put("total", cells);
        counts.put("valid", valid);
        counts.put("positive", positive);
        ReportSections.putSpeed(root, windows, seconds);
        ReportSections.putModel(root, session);
        ObjectNode parameters = root.putObject("parameters");
        parameters.put("threshold", threshold);
        request.cell().ifPresent(metres -> parameters.put("cellMetres", metres));
        parameters.put("cellWidthPixels", cellWidth);
        parameters.put("cellHeightPixels", cellHeight);
        parameters.put("windowPixels", session.description().windowing().size());
        ReportSections.putOrigin(root, session, request.inputs());
        return root;
    }
}
