package org.geolandslide.training.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geotools.coverage.grid.GridCoverage2D;

/** The open files of a scene that a model takes. */
public final class SceneCoverages implements AutoCloseable {
    private final Map<String, GeoTiffFile> files = new LinkedHashMap<>();

    private SceneCoverages() {}

    /**
     * Opens the files of a scene.
     *
     * @param inputs the model's inputs, optical first, then, if the model takes it, the elevation
     * @throws IOException if a file cannot be read or is missing
     */
    public static SceneCoverages open(SceneFolder.Scene scene, List<ModelInput> inputs) throws IOException {
        SceneCoverages coverages = new SceneCoverages();
        try {
            coverages.files.put(inputs.get(0).name(), GeoTiffFile.open(scene.optical()));
            if (inputs.size() > 1) {
                coverages.files.put(inputs.get(1).name(), GeoTiffFile.open(scene.requireElevation()));
            }
            return coverages;
        } catch (IOException | RuntimeException e) {
            coverages.close();
            throw e;
        }
    }

    /** The coverages by the names of the model's inputs. */
    public Map<String, GridCoverage2D> byInput() {
        Map<String, GridCoverage2D> coverages = new LinkedHashMap<>();
        files.forEach((name, file) -> coverages.put(name, file.coverage()));
        return coverages;
    }

    @Override
    public void close() {
        files.values().forEach(GeoTiffFile::close);
    }
}
