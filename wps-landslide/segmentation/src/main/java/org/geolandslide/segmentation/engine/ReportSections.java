package org.geolandslide.segmentation.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.geolandslide.model.ProjectVersion;
import org.geotools.coverage.grid.GridCoverage2D;

/** What every report says about the model, its inputs and the software. */
final class ReportSections {
    private ReportSections() {}

    /** Adds {@code model} and {@code device}. */
    static void putModel(ObjectNode root, ModelSession session) {
        ObjectNode model = root.putObject("model");
        model.put("name", session.description().name());
        model.put("checksum", session.checksum());
        root.put("device", session.device().toString());
    }

    /** Adds {@code windows}, {@code seconds} and {@code windowsPerSecond}. */
    static void putSpeed(ObjectNode root, long windows, double seconds) {
        root.put("windows", windows);
        root.put("seconds", seconds);
        root.put("windowsPerSecond", seconds > 0 ? windows / seconds : 0);
    }

    /** Adds {@code inputs} and {@code versions}. */
    static void putOrigin(ObjectNode root, ModelSession session, Map<String, GridCoverage2D> coverages) {
        ObjectNode inputs = root.putObject("inputs");
        session.description().inputs().forEach(input -> {
            GridCoverage2D coverage = coverages.get(input.name());
            if (coverage != null) {
                writeInput(inputs.putObject(input.name()), coverage);
            }
        });
        ObjectNode versions = root.putObject("versions");
        versions.put("landslide", ProjectVersion.get());
        versions.put("onnxruntime", ModelSession.runtimeVersion());
        versions.put("java", Runtime.version().toString());
    }

    private static void writeInput(ObjectNode node, GridCoverage2D coverage) {
        node.put("name", coverage.getName().toString());
        node.put("crs", coverage.getCoordinateReferenceSystem2D().getName().getCode());
        node.put("width", coverage.getRenderedImage().getWidth());
        node.put("height", coverage.getRenderedImage().getHeight());
    }
}
