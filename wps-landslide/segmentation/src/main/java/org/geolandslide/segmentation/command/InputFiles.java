package org.geolandslide.segmentation.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geotools.coverage.grid.GridCoverage2D;

/** The GeoTIFFs of a command, open while it works. */
public final class InputFiles implements AutoCloseable {
    private final Map<String, GeoTiffFile> files = new LinkedHashMap<>();

    private InputFiles() {}

    /**
     * Opens files.
     *
     * @param paths one per input of the model, by name
     * @throws IOException if one cannot be read; none is left open
     */
    public static InputFiles open(Map<String, Path> paths) throws IOException {
        InputFiles inputs = new InputFiles();
        try {
            for (Map.Entry<String, Path> input : paths.entrySet()) {
                inputs.files.put(input.getKey(), GeoTiffFile.open(input.getValue()));
            }
            return inputs;
        } catch (IOException | RuntimeException e) {
            inputs.close();
            throw e;
        }
    }

    /** The rasters by the names of the inputs; they can be read until this is closed. */
    public Map<String, GridCoverage2D> coverages() {
        Map<String, GridCoverage2D> coverages = new LinkedHashMap<>();
        files.forEach((name, file) -> coverages.put(name, file.coverage()));
        return coverages;
    }

    @Override
    public void close() {
        files.values().forEach(GeoTiffFile::close);
    }
}
