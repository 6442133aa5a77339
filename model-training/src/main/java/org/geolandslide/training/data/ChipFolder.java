package org.geolandslide.training.data;

import java.awt.Dimension;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;

/**
 * Chips in the folders {@code image}, {@code mask} and, for a model that takes elevation, {@code dem}, one file per chip under the same name (the extensions may
 * differ). The optical chips have three bands, the elevation is in metres. Where all bands have the model's nodata value, the
 * elevation is no number or has the nodata value of its TIFF file, a chip has a gap. Masks hold 0 for background and either 1
 * for landslide and 255 for no data, or 255 for landslide; which of both is told from all masks of the folder.
 */
public final class ChipFolder {
    private ChipFolder() {}

    /**
     * Reads all chips of a folder.
     *
     * @param inputs the model's inputs, optical first, then, if the model takes it, the elevation
     * @throws IOException naming the folder or chip if one is missing, unreadable, or of another size than its image, or a mask
     *     holds other values
     */
    public static List<Sample> read(Path folder, List<ModelInput> inputs) throws IOException {
        Map<String, Path> images = files(folder.resolve("image"));
        boolean takesElevation = inputs.size() > 1;
        Map<String, Path> elevations = takesElevation ? files(folder.resolve("dem")) : Map.of();
        Map<String, Path> masks = files(folder.resolve("mask"));
        if (images.isEmpty()) {
            throw new IOException("there are no chips in " + folder.resolve("image"));
        }
        Map<String, float[]> maskValues = new TreeMap<>();
        for (Map.Entry<String, Path> image : images.entrySet()) {
            Path mask = partner(masks, image, folder.resolve("mask"));
            maskValues.put(image.getKey(), ImageFile.band(sameSize(mask, image.getValue()), 0));
        }
        MaskValues kind = MaskValues.of(maskValues.values());
        List<Band> bands = inputs.get(0).bands();
        List<Sample> samples = new ArrayList<>();
        for (Map.Entry<String, Path> image : images.entrySet()) {
            Optional<Path> elevation =
                    takesElevation ? Optional.of(partner(elevations, image, folder.resolve("dem"))) : Optional.empty();
            byte[] labels = kind.labels(
                    maskValues.getOrDefault(image.getKey(), new float[0]), masks.getOrDefault(image.getKey(), folder));
            samples.add(chip(image.getKey(), image.getValue(), bands, elevation, labels));
        }
        return samples;
    }

    private static Map<String, Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + "; chips lie in image, dem and mask");
        }
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> children = Files.list(folder)) {
            children.filter(Files::isRegularFile).forEach(file -> {
                String name = file.getFileName().toString();
                int dot = name.lastIndexOf('.');
                if (dot > 0) {
                    files.put(name.substring(0, dot), file);
                }
            });
        }
        return files;
    }

    private static Path partner(Map<String, Path> files, Map.Entry<String, Path> image, Path folder)
            throws IOException {
        Path file = files.get(image.getKey());
        if (file == null) {
            throw new IOException(
                    "the chip " + image.getValue() + " has no partner " + image.getKey() + ".* in " + folder);
        }
        return file;
    }

    private static Sample chip(String name, Path image, List<Band> bands, Optional<Path> elevation, byte[] labels)
            throws IOException {
        Raster colours = ImageFile.read(image);
        if (colours.getNumBands() < bands.size()) {
            throw new IOException(image + " has " + colours.getNumBands() + " band(s), expected " + bands.size());
        }
        float[][] optical = new float[bands.size()][];
        for (int band = 0; band < optical.length; band++) {
            optical[band] = ImageFile.band(colours, band);
        }
        boolean[] opticalValid = new boolean[labels.length];
        for (int i = 0; i < opticalValid.length; i++) {
            opticalValid[i] = isValid(optical, bands, i);
        }
        float[] metres = elevation.isPresent() ? ImageFile.band(sameSize(elevation.get(), image), 0) : new float[0];
        double nodata =
                elevation.isPresent() ? ImageFile.nodata(elevation.get()).orElse(Double.NaN) : Double.NaN;
        boolean[] elevationValid = new boolean[metres.length];
        for (int i = 0; i < metres.length; i++) {
            elevationValid[i] = Float.isFinite(metres[i]) && metres[i] != (float) nodata;
        }
        return Sample.withGaps(
                name, colours.getWidth(), colours.getHeight(), optical, opticalValid, metres, elevationValid, labels);
    }

    /** Whether any band has something else than its nodata value. */
    private static boolean isValid(float[][] optical, List<Band> bands, int pixel) {
        for (int band = 0; band < optical.length; band++) {
            double nodata = bands.get(band).nodata().orElse(Double.NaN);
            if (optical[band][pixel] != (float) nodata) {
                return true;
            }
        }
        return false;
    }

    private static Raster sameSize(Path file, Path image) throws IOException {
        Raster raster = ImageFile.read(file);
        Dimension expected = ImageFile.size(image);
        if (raster.getWidth() != expected.width || raster.getHeight() != expected.height) {
            throw new IOException(file + " has " + raster.getWidth() + " x " + raster.getHeight()
                    + " pixels, its image " + image + " has " + expected.width + " x " + expected.height);
        }
        return raster;
    }
}
