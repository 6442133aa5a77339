package org.geolandslide.segmentation.command;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.OutputFile;
import org.geolandslide.model.command.ConsoleProgress;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationReport;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.segmentation.io.GeoJsonFile;
import org.geolandslide.segmentation.io.GeoPackageFile;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geotools.coverage.grid.GridCoverage2D;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code landslide segment}: maps landslides in GeoTIFFs. */
@Command(
        name = "segment",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Maps landslides in GeoTIFFs with a model package.",
        footer = {
            "",
            "Example:",
            "  landslide segment --model fusion.zip \\",
            "      --input optical=rgb.tif --input dem=dem.tif \\",
            "      --mask mask.tif --features landslides.gpkg --map map.png"
        })
public final class SegmentCommand implements Callable<Integer> {

    @Option(names = "--model", required = true, paramLabel = "PACKAGE", description = "Model package, zip or folder.")
    private Path model = Path.of("");

    @Option(
            names = "--input",
            required = true,
            paramLabel = "NAME=FILE.tif",
            description = "GeoTIFF for an input of the model, e.g. optical=rgb.tif; once per input.")
    private Map<String, Path> inputs = new LinkedHashMap<>();

    @Option(names = "--probability", paramLabel = "F.tif", description = "Write the probability, float32 0 to 1.")
    private @Nullable Path probability;

    @Option(
            names = "--entropy",
            paramLabel = "F.tif",
            description = "Write the entropy of the probability in bits, float32 0 (certain) to 1 (undecided).")
    private @Nullable Path entropy;

    @Option(
            names = "--attention",
            paramLabel = "F.tif",
            description = "Write the network's mean attention, float32 0 to 1; an error if it has none.")
    private @Nullable Path attention;

    @Option(names = "--mask", paramLabel = "F.tif", description = "Write the mask: 0, 1, 255 for no data.")
    private @Nullable Path mask;

    @Option(
            names = "--features",
            paramLabel = "F.gpkg|F.geojson",
            description = "Write the landslides as polygons: GeoPackage in the raster's CRS, or GeoJSON in WGS 84.")
    private @Nullable Path features;

    @Option(names = "--report", paramLabel = "F.json", description = "Write counts, areas and provenance.")
    private @Nullable Path report;

    @Option(names = "--map", paramLabel = "F.png", description = "Draw a map.")
    private @Nullable Path map;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Probability from which a pixel counts as landslide; default: the model's own.")
    private @Nullable Double threshold;

    @Option(
            names = "--min-area",
            paramLabel = "M2",
            defaultValue = "0",
            description = "Drop landslides below so many square metres.")
    private double minimumArea;

    @Option(
            names = "--simplify",
            paramLabel = "M",
            description =
                    "Take out corners of the polygons that make triangles smaller than the square of so many metres;"
                            + " areas and perimeters stay those of the pixels.")
    private @Nullable Double simplify;

    @Option(
            names = "--overlap",
            paramLabel = "PX",
            description = "Pixels that neighbouring windows share; default: the model's own.")
    private @Nullable Integer overlap;

    @Option(
            names = "--augment",
            description = "Average over the eight symmetries of each window: eight times the work, a little better.")
    private boolean augment;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "cpu",
            description = "auto, cpu, cuda or cuda:n; default: ${DEFAULT-VALUE}.")
    private String device = "cpu";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (features != null && !isGeoPackage(features) && !features.toString().endsWith(".geojson")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--features is " + features + ", expected a file that ends in .gpkg or .geojson");
        }
        requireDistinctFiles();
        for (Path file : outputs()) {
            OutputFile.requireWritable(file);
        }
        ModelSession session = ModelSession.open(ModelPackage.open(model), Device.parse(device));
        if (attention != null && !session.description().hasOutput(ModelOutput.ATTENTION)) {
            throw new SegmentationException("--attention asks for the attention of the model '"
                    + session.description().name() + "', which has none; expected a model with an output '"
                    + ModelOutput.ATTENTION + "'");
        }
        Map<String, GeoTiffFile> files = new LinkedHashMap<>();
        SegmentationReport made;
        PrintWriter out = spec.commandLine().getOut();
        try (ConsoleProgress progress = ConsoleProgress.start("segment", "windows", out)) {
            Map<String, GridCoverage2D> coverages = new LinkedHashMap<>();
            for (Map.Entry<String, Path> input : inputs.entrySet()) {
                files.put(input.getKey(), GeoTiffFile.open(input.getValue()));
            }
            files.forEach((name, file) -> coverages.put(name, file.coverage()));
            made = write(Segmentation.of(session, request(coverages), progress::at));
        } finally {
            files.values().forEach(GeoTiffFile::close);
        }
        summarize(made);
        outputs().forEach(file -> out.println("wrote " + file));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    /** One file for two results would lose one of them, and one that is read and written would lose the input. */
    private void requireDistinctFiles() throws IOException {
        Set<Path> taken = new HashSet<>();
        taken.add(real(model));
        for (Path input : inputs.values()) {
            taken.add(real(input));
        }
        for (Path output : outputs()) {
            if (!taken.add(real(output))) {
                throw new ParameterException(
                        spec.commandLine(), output + " is named twice, as an output and as another file");
            }
        }
    }

    private static Path real(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
    }

    private List<Path> outputs() {
        List<Path> files = new ArrayList<>();
        for (Path file : new @Nullable Path[] {probability, entropy, attention, mask, features, report, map}) {
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }

    private SegmentationRequest request(Map<String, GridCoverage2D> coverages) {
        return new SegmentationRequest(
                coverages,
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                Optional.empty(),
                minimumArea,
                overlap == null ? OptionalInt.empty() : OptionalInt.of(overlap),
                augment,
                simplify == null ? OptionalDouble.empty() : OptionalDouble.of(simplify));
    }

    private SegmentationReport write(Segmentation segmentation) throws IOException {
        if (attention != null) {
            // From the same windows as the probability, while they are there.
            segmentation.computeIfItFits();
        }
        write(segmentation, "probability", Optional.of(segmentation.probability()), probability);
        write(segmentation, "entropy", Optional.of(segmentation.entropy()), entropy);
        write(segmentation, "attention", segmentation.attention(), attention);
        write(segmentation, "mask", Optional.of(segmentation.mask()), mask);
        if (features != null) {
            if (isGeoPackage(features)) {
                GeoPackageFile.write(segmentation.features(), features);
            } else {
                GeoJsonFile.write(segmentation.features(), features);
            }
        }
        SegmentationReport made = segmentation.report();
        if (report != null) {
            OutputFile.write(
                    report,
                    unfinished -> Files.writeString(unfinished, made.toJson().toPrettyString() + "\n"));
        }
        if (map != null) {
            BufferedImage picture = segmentation.map("Landslides in " + fileName(inputs.get("optical")));
            OutputFile.write(map, unfinished -> ImageIO.write(picture, "png", unfinished.toFile()));
        }
        return made;
    }

    private static void write(
            Segmentation segmentation, String product, Optional<GridCoverage2D> coverage, @Nullable Path file)
            throws IOException {
        if (file != null && coverage.isPresent()) {
            GeoTiffFile.write(coverage.get(), file, segmentation.provenance(product));
        }
    }

    private static boolean isGeoPackage(Path file) {
        return file.toString().endsWith(".gpkg");
    }

    private static String fileName(@Nullable Path file) {
        Path name = file == null ? null : file.getFileName();
        return name == null ? "the raster" : name.toString();
    }

    private void summarize(SegmentationReport made) {
        PrintWriter out = spec.commandLine().getOut();
        long total = (long) made.grid().width() * made.grid().height();
        out.printf(
                Locale.ROOT,
                "%,d of %,d pixels valid (%.1f %%), %,d of them landslide%n",
                made.inventory().validPixels(),
                total,
                100.0 * made.inventory().validPixels() / total,
                made.inventory().landslidePixels());
        out.printf(
                Locale.ROOT,
                "%,d landslide(s), %,.0f square metres; threshold %.2f%n",
                made.inventory().landslides().size(),
                made.inventory().area(),
                made.threshold());
        out.printf(
                Locale.ROOT,
                "%,d windows in %.1f s (%.1f windows/s) on %s%n",
                made.windows(),
                made.seconds(),
                made.windows() / Math.max(1e-9, made.seconds()),
                made.session().device());
        out.flush();
    }
}
