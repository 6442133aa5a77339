package org.geolandslide.training.synthetic;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.ProjectedCRS;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.CRS;

/** Writes a scene as the three GeoTIFF files that the product takes. */
public final class SceneWriter {

    private SceneWriter() {}

    /**
     * Writes {@code optical.tif}, {@code dem.tif} and {@code mask.tif}, replacing files of these names.
     *
     * @param scene what to write
     * @param directory where to; made if it is not there
     * @return the files
     * @throws IllegalArgumentException if a coordinate system is unknown, if the optical one is not projected,
     *     or if the other cannot be reached from it
     * @throws IOException if a file cannot be written
     */
    public static SceneFiles write(SyntheticScene scene, Path directory) throws IOException {
        SceneSpecification specification = scene.specification();
        CoordinateReferenceSystem crs = decode("crs", specification.crs());
        if (!(crs instanceof ProjectedCRS)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "crs: found %s, expected a projected system", specification.crs()));
        }
        ReferencedEnvelope extent = new ReferencedEnvelope(
                specification.west(),
                specification.west() + specification.width() * specification.groundSampleDistance(),
                specification.north() - specification.height() * specification.groundSampleDistance(),
                specification.north(),
                crs);
        TerrainModel model = model(scene, extent);
        SceneFiles files = new SceneFiles(
                directory.resolve("optical.tif"), directory.resolve("dem.tif"), directory.resolve("mask.tif"));
        int width = specification.width();
        GeoTiffFile.write(SceneCoverage.of(interleaved(scene), 3, width, extent, 0), files.optical());
        GeoTiffFile.write(
                SceneCoverage.of(model.heights(), model.width(), model.extent(), TerrainModel.NO_DATA), files.dem());
        GeoTiffFile.write(SceneCoverage.of(scene.mask(), 1, width, extent, 255), files.mask());
        return files;
    }

    private static TerrainModel model(SyntheticScene scene, ReferencedEnvelope extent) {
        SceneSpecification specification = scene.specification();
        try {
            return TerrainModel.of(scene, extent, decode("demCrs", specification.demCrs()));
        } catch (FactoryException | TransformException e) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "demCrs: found %s, expected a system with a transform from %s at %.0f, %.0f",
                            specification.demCrs(),
                            specification.crs(),
                            specification.west(),
                            specification.north()),
                    e);
        }
    }

    private static CoordinateReferenceSystem decode(String name, String code) {
        try {
            return CRS.decode(code, true);
        } catch (FactoryException e) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s: found %s, expected a code of the EPSG database", name, code), e);
        }
    }

    private static byte[] interleaved(SyntheticScene scene) {
        byte[][] bands = {scene.optical(0), scene.optical(1), scene.optical(2)};
        byte[] pixels = new byte[3 * bands[0].length];
        for (int i = 0; i < bands[0].length; i++) {
            pixels[3 * i] = bands[0][i];
            pixels[3 * i + 1] = bands[1][i];
            pixels[3 * i + 2] = bands[2][i];
        }
        return pixels;
    }
}
