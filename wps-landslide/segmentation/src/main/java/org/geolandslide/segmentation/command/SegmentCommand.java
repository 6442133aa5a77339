package org.geolandslide.segmentation.command;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.OutputFile;
import org.geolandslide.model.command.ConsoleProgress;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Resolution;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationReport;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.segmentation.io.Concurrently;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.segmentation.io.RegionFile;
import org.geotools.coverage.grid.GridCoverage2D;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            names = "--resample",
            negatable = true,
            description = "Bring the rasters to the ground sample distance that the model was trained with, and its"
                    + " results back, or do not; default: as the model's package says.")
    private @Nullable Boolean resample;

    @Option(
            names = "--resolution",
            paramLabel = "M",
            description = "Show the model pixels of so many metres, and bring its results back; instead of --resample.")
    private @Nullable Double resolution;

    @Option(
            names = "--region",
            paramLabel = "FILE",
            description =
                    "Look only inside of a polygon: GeoJSON in WGS 84, or WKT in the raster's CRS or after SRID=n;.")
    private @Nullable Path region;

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
        List<Path> read = new ArrayList<>(inputs.values());
        read.add(model);
        if (region != null) {
            read.add(region);
        }
        ResultFiles.check(spec, features, read, outputs());
        ModelSession session = ModelSession.open(ModelPackage.open(model), Device.parse(device));
        if (attention != null && !session.description().hasOutput(ModelOutput.ATTENTION)) {
            throw new SegmentationException("--attention asks for the attention of the model '"
                    + session.description().name() + "', which has none; expected a model with an output '"
                    + ModelOutput.ATTENTION + "'");
        }
        SegmentationReport made;
        PrintWriter out = spec.commandLine().getOut();
        try (ConsoleProgress progress = ConsoleProgress.start("segment", "windows", out);
                InputFiles files = InputFiles.open(inputs)) {
            Segmentation segmentation = Segmentation.of(session, request(files.coverages()), progress::at);
            // The report and the polygons share a reading; so do the mask and they where a minimum area is given.
            segmentation.announceWholeRead(1 + outputs().size());
            try {
                made = write(segmentation);
            } finally {
                segmentation.stop();
            }
        }
        summarize(made);
        outputs().forEach(file -> out.println("wrote " + file));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private List<Path> outputs() {
        return ResultFiles.named(probability, entropy, attention, mask, features, report, map);
    }

    private SegmentationRequest request(Map<String, GridCoverage2D> coverages) throws IOException {
        return new SegmentationRequest(
                coverages,
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                region == null ? Optional.empty() : Optional.of(RegionFile.read(region)),
                minimumArea,
                overlap == null ? OptionalInt.empty() : OptionalInt.of(overlap),
                augment,
                Resolution.of(resample, resolution),
                attention != null,
                simplify == null ? OptionalDouble.empty() : OptionalDouble.of(simplify));
    }

    private SegmentationReport write(Segmentation segmentation) throws IOException {
        List<Concurrently.Work> pieces = new ArrayList<>();
        add(pieces, segmentation, "probability", Optional.of(segmentation.probability()), probability);
        add(pieces, segmentation, "entropy", Optional.of(segmentation.entropy()), entropy);
        add(pieces, segmentation, "attention", segmentation.attention(), attention);
        add(pieces, segmentation, "mask", Optional.of(segmentation.mask()), mask);
        Path polygons = features;
        pieces.add(() -> {
            if (polygons == null) {
                segmentation.report();
            } else {
                ResultFiles.writeFeatures(segmentation.features(), polygons);
            }
        });
        Concurrently.run(pieces);
        SegmentationReport made = segmentation.report();
        if (report != null) {
            ResultFiles.writeReport(made.toJson(), report);
        }
        if (map != null) {
            BufferedImage picture = segmentation.map("Landslides in " + fileName(inputs.get("optical")));
            OutputFile.write(map, unfinished -> ImageIO.write(picture, "png", unfinished.toFile()));
        }
        return made;
    }

    private static void add(
            List<Concurrently.Work> pieces,
            Segmentation segmentation,
            String product,
            Optional<GridCoverage2D> coverage,
            @Nullable Path file) {
        if (file != null && coverage.isPresent()) {
            pieces.add(() -> GeoTiffFile.write(coverage.get(), file, segmentation.provenance(product)));
        }
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
