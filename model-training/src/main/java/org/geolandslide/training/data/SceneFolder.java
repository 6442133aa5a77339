package org.geolandslide.training.data;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.alignment.AlignedInput;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.alignment.Nodata;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geotools.coverage.grid.GridCoverage2D;

/**
 * Georeferenced scenes in a folder: GeoTIFFs {@code optical}, {@code dem} and {@code mask}, or any number of them as
 * {@code NAME_optical} and so on. {@code rgb} or {@code image} will do for {@code optical}, {@code dsm} or {@code dtm} for
 * {@code dem}, which only a model needs that takes elevation. The mask lies on the grid of the optical raster; the elevation model is brought onto it.
 */
public final class SceneFolder {
    private static final List<String> OPTICAL = List.of("optical", "rgb", "image");
    private static final List<String> ELEVATION = List.of("dem", "dsm", "dtm");
    private static final List<String> MASK = List.of("mask");

    private SceneFolder() {}

    /**
     * The files of one scene.
     *
     * @param name name of the scene: what stands before the kind of file, or the folder's name
     * @param optical optical GeoTIFF
     * @param elevation elevation model, if there is one
     * @param mask 0 background, 1 landslide, 255 or the declared nodata value for no data
     */
    public record Scene(String name, Path optical, Optional<Path> elevation, Path mask) {
        /**
         * The elevation model.
         *
         * @throws IOException if there is none
         */
        public Path requireElevation() throws IOException {
            return elevation.orElseThrow(() -> new IOException(
                    "scene '" + name + "' has no " + String.join(" or ", ELEVATION) + " file beside " + optical));
        }
    }

    /**
     * Finds the scenes of a folder.
     *
     * @param names scenes that are wanted; all if empty
     * @throws IOException if there is no such scene, or one lacks a file
     */
    public static List<Scene> find(Path folder, List<String> names) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder);
        }
        Map<String, Map<String, Path>> files = new TreeMap<>();
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(Files::isRegularFile).forEach(file -> sort(file, files));
        }
        List<Scene> scenes = new ArrayList<>();
        for (Map.Entry<String, Map<String, Path>> entry : files.entrySet()) {
            String name = entry.getKey().isEmpty()
                    ? String.valueOf(folder.toAbsolutePath().normalize().getFileName())
                    : entry.getKey();
            if (names.isEmpty() || names.contains(name)) {
                scenes.add(new Scene(
                        name,
                        file(entry.getValue(), OPTICAL, name, folder),
                        ELEVATION.stream()
                                .filter(entry.getValue()::containsKey)
                                .map(entry.getValue()::get)
                                .findFirst(),
                        file(entry.getValue(), MASK, name, folder)));
            }
        }
        for (String name : names) {
            if (scenes.stream().noneMatch(scene -> scene.name().equals(name))) {
                throw new IOException(
                        "there is no scene '" + name + "' in " + folder + "; there are " + files.keySet());
            }
        }
        if (scenes.isEmpty()) {
            throw new IOException("there are no scenes in " + folder
                    + "; expected GeoTIFFs optical.tif, dem.tif and mask.tif, or NAME_optical.tif and so on");
        }
        return scenes;
    }

    private static void sort(Path file, Map<String, Map<String, Path>> files) {
        String name = file.getFileName().toString();
        if (!name.matches(".*\\.tiff?")) {
            return;
        }
        String stem = name.substring(0, name.lastIndexOf('.'));
        int underscore = stem.lastIndexOf('_');
        String kind = stem.substring(underscore + 1);
        String scene = underscore < 0 ? "" : stem.substring(0, underscore);
        if (OPTICAL.contains(kind) || ELEVATION.contains(kind) || MASK.contains(kind)) {
            files.computeIfAbsent(scene, key -> new HashMap<>()).put(kind, file);
        }
    }

    private static Path file(Map<String, Path> files, List<String> kinds, String scene, Path folder)
            throws IOException {
        for (String kind : kinds) {
            Path file = files.get(kind);
            if (file != null) {
                return file;
            }
        }
        throw new IOException("scene '" + scene + "' in " + folder + " has no " + String.join(" or ", kinds)
                + " file; it has "
                + files.values().stream().map(Path::getFileName).sorted().toList());
    }

    /**
     * Reads a scene as the model will see it, in the pixels of its optical raster.
     *
     * @param inputs the model's inputs, optical first, then, if the model takes it, the elevation
     * @throws IOException if a file cannot be read or is missing, or the mask lies on another grid
     */
    public static Sample read(Scene scene, List<ModelInput> inputs) throws IOException {
        return read(scene, inputs, OptionalDouble.empty(), (labels, width, height) -> {});
    }

    /** Takes labels off pixels of a scene. */
    @FunctionalInterface
    public interface Unlabelling {
        /** Changes labels, per pixel of the optical raster, row-major. */
        void of(byte[] labels, int width, int height);
    }

    /**
     * Reads a scene as the model will see it.
     *
     * @param inputs the model's inputs, optical first, then, if the model takes it, the elevation
     * @param metres size of the sample's pixels on the ground; that of the optical raster's if empty. Larger pixels are means of the
     *     smaller ones; the label of each is that of the raster's pixel at its centre
     * @param unlabelling takes labels off before that
     * @throws IOException if a file cannot be read or is missing, or the mask lies on another grid
     */
    public static Sample read(Scene scene, List<ModelInput> inputs, OptionalDouble metres, Unlabelling unlabelling)
            throws IOException {
        try (SceneCoverages coverages = SceneCoverages.open(scene, inputs)) {
            AlignedInputs own = AlignedInputs.align(inputs, coverages.byInput(), Optional.empty());
            byte[] labels = labels(scene, own.grid());
            unlabelling.of(labels, own.grid().width(), own.grid().height());
            RasterGrid grid = metres.isPresent() ? own.grid().withPixels(metres.getAsDouble()) : own.grid();
            AlignedInputs aligned = grid.equals(own.grid())
                    ? own
                    : AlignedInputs.alignTo(grid, inputs, coverages.byInput(), Optional.empty());
            Rectangle all = new Rectangle(0, 0, grid.width(), grid.height());
            AlignedInput.Pixels colours = aligned.inputs().get(0).read(all);
            AlignedInput.Pixels elevation = inputs.size() > 1
                    ? aligned.inputs().get(1).read(all)
                    : new AlignedInput.Pixels(new float[1][0], new boolean[0]);
            return Sample.withGaps(
                    scene.name(),
                    grid.width(),
                    grid.height(),
                    colours.values(),
                    colours.valid(),
                    elevation.values()[0],
                    elevation.valid(),
                    nearest(labels, own.grid(), grid));
        }
    }

    /** The label of the pixel at the centre of each pixel of another grid. */
    private static byte[] nearest(byte[] labels, RasterGrid own, RasterGrid target) {
        AffineTransform toOwn = target.to(own);
        byte[] result = new byte[target.width() * target.height()];
        double[] centre = new double[2];
        for (int i = 0; i < result.length; i++) {
            int row = i / target.width();
            centre[0] = i % target.width() + 0.5;
            centre[1] = row + 0.5;
            toOwn.transform(centre, 0, centre, 0, 1);
            int x = (int) Math.floor(centre[0]);
            int y = (int) Math.floor(centre[1]);
            boolean inside = x >= 0 && x < own.width() && y >= 0 && y < own.height();
            result[i] = inside ? labels[y * own.width() + x] : Sample.UNLABELLED;
        }
        return result;
    }

    /**
     * Labels of a scene.
     *
     * @param grid grid of the optical raster
     * @return per pixel 0, 1 or {@link Sample#UNLABELLED}, row-major
     * @throws IOException if the mask cannot be read or lies on another grid
     */
    public static byte[] labels(Scene scene, RasterGrid grid) throws IOException {
        try (GeoTiffFile mask = GeoTiffFile.open(scene.mask())) {
            GridCoverage2D coverage = mask.coverage();
            RasterGrid own = RasterGrid.of(coverage);
            if (!own.isSame(grid)) {
                throw new IOException("the mask " + scene.mask() + " has " + own.width() + " x " + own.height()
                        + " pixels over " + own.envelope() + ", expected the grid of its optical raster, "
                        + grid.width()
                        + " x " + grid.height() + " over " + grid.envelope());
            }
            float[] values = ImageFile.band(coverage.getRenderedImage().getData(), 0);
            double nodata = Nodata.of(coverage).orElse(Double.NaN);
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] == (float) nodata ? Float.NaN : values[i];
            }
            return MaskValues.CLASSES.labels(values, scene.mask());
        }
    }
}
