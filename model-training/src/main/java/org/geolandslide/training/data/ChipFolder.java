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
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;

/**
 * Chips as pictures without georeference. The optical chips have the model's bands in their order, and perhaps more behind them; the elevation is in metres. Where all bands have
 * the model's nodata value, the elevation is no number or has the nodata value of its TIFF file, a chip has a gap. Masks hold 0 for
 * background and either 1 for landslide and 255 for no data, or 255 for landslide; which of both is told from all masks of a folder
 * where the layout does not say.
 */
public final class ChipFolder {
    private ChipFolder() {}

    /**
     * Reads chips.
     *
     * @param layout how they lie in the folder
     * @param inputs the model's inputs, optical first, then, if the model takes it, the elevation
     * @param wanted whether a chip is taken, by its name
     * @throws IOException naming the folder or chip if one is missing, unreadable, or of another size than its image, or a mask
     *     holds other values
     */
    public static List<Sample> read(Path folder, ChipLayout layout, List<ModelInput> inputs, Predicate<String> wanted)
            throws IOException {
        return read(folder, layout, inputs, (name, image) -> wanted.test(name));
    }

    /**
     * Reads chips.
     *
     * @param wanted whether a chip is taken, by its name and the file of its image
     * @see #read(Path, ChipLayout, List, Predicate)
     */
    public static List<Sample> read(
            Path folder, ChipLayout layout, List<ModelInput> inputs, BiPredicate<String, Path> wanted)
            throws IOException {
        List<Sample> samples = new ArrayList<>();
        if (layout == ChipLayout.LANDSLIDE4SENSE) {
            samples.addAll(Landslide4Sense.read(folder, inputs, wanted));
        } else {
            for (ChipLayout.Part part : layout.parts()) {
                read(folder, part, layout.maskValues(), inputs, wanted, samples);
            }
        }
        if (samples.isEmpty()) {
            throw new IOException("no chip of " + folder + " was taken");
        }
        return samples;
    }

    private static void read(
            Path folder,
            ChipLayout.Part part,
            Optional<MaskValues> declared,
            List<ModelInput> inputs,
            BiPredicate<String, Path> wanted,
            List<Sample> samples)
            throws IOException {
        Map<String, Path> images = images(folder, part);
        boolean takesElevation = inputs.size() > 1;
        Map<String, Path> elevations = takesElevation ? files(folder.resolve(part.elevations())) : Map.of();
        Map<String, Path> masks = new TreeMap<>();
        Map<String, float[]> maskValues = new TreeMap<>();
        if (part.masks().isPresent()) {
            masks.putAll(files(folder.resolve(part.masks().get())));
            for (Map.Entry<String, Path> image : images.entrySet()) {
                Path mask = partner(masks, image, folder.resolve(part.masks().get()));
                maskValues.put(image.getKey(), ImageFile.band(sameSize(mask, image.getValue()), 0));
            }
        }
        MaskValues kind = declared.orElseGet(() -> MaskValues.of(maskValues.values()));
        for (Map.Entry<String, Path> image : images.entrySet()) {
            if (wanted.test(image.getKey(), image.getValue())) {
                Optional<Path> elevation = takesElevation
                        ? Optional.of(partner(elevations, image, folder.resolve(part.elevations())))
                        : Optional.empty();
                float[] mask = maskValues.get(image.getKey());
                Path file = masks.get(image.getKey());
                byte[] labels = mask == null || file == null ? background(image.getValue()) : kind.labels(mask, file);
                samples.add(chip(image.getKey(), image.getValue(), inputs.get(0).bands(), elevation, labels));
            }
        }
    }

    /**
     * Finds chips without reading them, in the order in which they are read.
     *
     * @throws IOException if a folder is missing or empty
     */
    public static List<SampleFile> find(Path folder, ChipLayout layout) throws IOException {
        if (layout == ChipLayout.LANDSLIDE4SENSE) {
            return Landslide4Sense.find(folder);
        }
        List<SampleFile> chips = new ArrayList<>();
        for (ChipLayout.Part part : layout.parts()) {
            images(folder, part).forEach((name, image) -> chips.add(new SampleFile(name, image)));
        }
        return chips;
    }

    private static Map<String, Path> images(Path folder, ChipLayout.Part part) throws IOException {
        Map<String, Path> images = files(folder.resolve(part.images()));
        if (images.isEmpty()) {
            throw new IOException("there are no chips in " + folder.resolve(part.images()));
        }
        return images;
    }

    /** Labels of a chip that has no landslide. */
    private static byte[] background(Path image) throws IOException {
        Dimension size = ImageFile.size(image);
        return new byte[size.width * size.height];
    }

    private static Map<String, Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + "");
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
            throw new IOException(image + " has " + colours.getNumBands() + " band(s), expected " + bands.size() + ": "
                    + bands.stream().map(Band::name).toList());
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
    static boolean isValid(float[][] optical, List<Band> bands, int pixel) {
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
