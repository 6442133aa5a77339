package org.geolandslide.training.data;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;

/**
 * Reads the Landslide4Sense dataset (Ghorbanzadeh et al. 2022) as published: {@code img/image_N.h5} with the dataset {@code img},
 * {@code [H, W, 14]}, and {@code mask/mask_N.h5} with the dataset {@code mask}, {@code [H, W]} of 0 and 1, in a folder or in
 * {@code TrainData} below it. A chip's name is that of its image, {@code image_N}.
 *
 * <p>What is published was divided by the training set's mean; here it is multiplied by it again, so that a model sees what a
 * Sentinel-2 raster holds: digital numbers of the bands B1 to B12, slope in degrees and elevation in metres. A model may take any of
 * the 14 bands, in any order, by their names, and the elevation as its DEM.
 */
final class Landslide4Sense {
    /** The bands in the order of the files: B1 to B12 of Sentinel-2 without B8A, slope, elevation. */
    static final List<String> BANDS = List.of(
            "coastal",
            "blue",
            "green",
            "red",
            "rededge071",
            "rededge075",
            "rededge078",
            "nir",
            "nir09",
            "cirrus",
            "swir16",
            "swir22",
            "slope",
            "elevation");

    /** Means of the training set, by which the published values were divided. */
    private static final double[] MEANS = {
        1111.81236406,
        824.63171476,
        663.41636217,
        445.17289745,
        645.8582926,
        1547.73508126,
        1960.44401001,
        1941.32229668,
        674.07572865,
        9.04787384,
        1113.98338755,
        519.90397929,
        20.29228266,
        772.83144788
    };

    private static final int ELEVATION = 13;
    private static final String TRAINING = "TrainData";
    private static final Pattern IMAGE = Pattern.compile("(image_.+)\\.h5");

    private Landslide4Sense() {}

    /** Values of a dataset, the last dimension fastest. */
    private record Values(int[] sizes, double[] values) {}

    /**
     * Finds chips without reading them.
     *
     * @throws IOException if a folder is missing or empty
     */
    static List<SampleFile> find(Path folder) throws IOException {
        Path images = root(folder).resolve("img");
        Map<String, Path> found = new TreeMap<>();
        try (Stream<Path> children = Files.list(images)) {
            for (Path file : children.toList()) {
                Matcher name = IMAGE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.put(name.group(1), file);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException("there are no chips image_N.h5 in " + images);
        }
        return found.entrySet().stream()
                .map(chip -> new SampleFile(chip.getKey(), chip.getValue()))
                .toList();
    }

    /** The folder that holds images and masks. */
    private static Path root(Path folder) throws IOException {
        Path root = Files.isDirectory(folder.resolve("img")) ? folder : folder.resolve(TRAINING);
        for (String kind : List.of("img", "mask")) {
            if (!Files.isDirectory(root.resolve(kind))) {
                throw new IOException("there is no folder " + folder.resolve(kind) + ", and no "
                        + folder.resolve(TRAINING).resolve(kind));
            }
        }
        return root;
    }

    /**
     * Reads chips.
     *
     * @param inputs the model's inputs, optical first, then, if the model takes it, the elevation
     * @param wanted whether a chip is taken, by its name and the file of its image
     * @throws IOException naming the folder, file or band if one is missing, unreadable or of another shape, or a mask holds other
     *     values
     */
    static List<Sample> read(Path folder, List<ModelInput> inputs, BiPredicate<String, Path> wanted)
            throws IOException {
        List<Integer> taken = taken(inputs.get(0).bands());
        Path masks = root(folder).resolve("mask");
        List<Sample> samples = new ArrayList<>();
        for (SampleFile chip : find(folder)) {
            if (wanted.test(chip.name(), chip.image())) {
                Path mask = masks.resolve(chip.name().replaceFirst("image", "mask") + ".h5");
                samples.add(chip(chip.name(), chip.image(), mask, inputs, taken));
            }
        }
        return samples;
    }

    /** Which of the file's bands the model takes. */
    private static List<Integer> taken(List<Band> bands) throws IOException {
        List<Integer> taken = new ArrayList<>();
        for (Band band : bands) {
            int index = BANDS.indexOf(band.name());
            if (index < 0) {
                throw new IOException("Landslide4Sense has no band '" + band.name() + "'; it has " + BANDS);
            }
            taken.add(index);
        }
        return taken;
    }

    private static Sample chip(String name, Path image, Path mask, List<ModelInput> inputs, List<Integer> taken)
            throws IOException {
        Values pixels = values(image, "img");
        if (pixels.sizes().length != 3 || pixels.sizes()[2] != BANDS.size()) {
            throw new IOException(image + " has the shape " + Arrays.toString(pixels.sizes())
                    + ", expected height, width and " + BANDS.size() + " bands");
        }
        int height = pixels.sizes()[0];
        int width = pixels.sizes()[1];
        Values classes = values(mask, "mask");
        if (!Arrays.equals(classes.sizes(), new int[] {height, width})) {
            throw new IOException(mask + " has the shape " + Arrays.toString(classes.sizes()) + ", its image " + image
                    + " has " + height + " x " + width + " pixels");
        }
        float[][] optical = new float[taken.size()][];
        for (int band = 0; band < optical.length; band++) {
            optical[band] = band(pixels.values(), taken.get(band));
        }
        float[] elevation = inputs.size() > 1 ? band(pixels.values(), ELEVATION) : new float[0];
        boolean[] opticalValid = new boolean[height * width];
        boolean[] elevationValid = new boolean[elevation.length];
        for (int i = 0; i < opticalValid.length; i++) {
            opticalValid[i] = allFinite(optical, i)
                    && ChipFolder.isValid(optical, inputs.get(0).bands(), i);
        }
        for (int i = 0; i < elevationValid.length; i++) {
            elevationValid[i] = Float.isFinite(elevation[i]);
        }
        float[] labels = new float[classes.values().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (float) classes.values()[i];
        }
        return Sample.withGaps(
                name,
                width,
                height,
                optical,
                opticalValid,
                elevation,
                elevationValid,
                MaskValues.CLASSES.labels(labels, mask));
    }

    private static float[] band(double[] pixels, int band) {
        float[] values = new float[pixels.length / BANDS.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (pixels[i * BANDS.size() + band] * MEANS[band]);
        }
        return values;
    }

    private static boolean allFinite(float[][] bands, int pixel) {
        for (float[] band : bands) {
            if (!Float.isFinite(band[pixel])) {
                return false;
            }
        }
        return true;
    }

    private static Values values(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        try (HdfFile hdf = new HdfFile(file)) {
            if (!(hdf.getChildren().get(name) instanceof Dataset dataset)) {
                throw new IOException(file + " has no dataset '" + name + "'; it holds "
                        + hdf.getChildren().keySet());
            }
            return new Values(dataset.getDimensions(), numbers(dataset.getDataFlat(), file));
        } catch (RuntimeException e) {
            // The library throws what it likes at damaged files.
            throw new IOException(file + " cannot be read as HDF5: " + e.getMessage(), e);
        }
    }

    private static double[] numbers(Object flat, Path file) throws IOException {
        if (flat instanceof double[] doubles) {
            return doubles;
        }
        if (flat instanceof int[] integers) {
            return Arrays.stream(integers).asDoubleStream().toArray();
        }
        if (flat instanceof float[] floats) {
            double[] values = new double[floats.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = floats[i];
            }
            return values;
        }
        if (flat instanceof byte[] bytes) {
            double[] values = new double[bytes.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = bytes[i];
            }
            return values;
        }
        throw new IOException(file + " holds " + flat.getClass().getSimpleName() + ", expected numbers");
    }
}
