package org.geolandslide.segmentation.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.command.ConsoleProgress;
import org.geolandslide.segmentation.engine.Detection;
import org.geolandslide.segmentation.engine.DetectionReport;
import org.geolandslide.segmentation.engine.DetectionRequest;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code landslide detect}: tells which cells of GeoTIFFs hold a landslide. */
@Command(
        name = "detect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tells which cells of GeoTIFFs hold a landslide, with a model package that has a detection head.",
        footer = {
            "",
            "Example:",
            "  landslide detect --model rmau-net.zip \\",
            "      --input optical=rgb.tif --input dem=dem.tif \\",
            "      --cell 500 --features cells.gpkg --report cells.json"
        })
public final class DetectCommand implements Callable<Integer> {

    @Option(names = "--model", required = true, paramLabel = "PACKAGE", description = "Model package, zip or folder.")
    private Path model = Path.of("");

    @Option(
            names = "--input",
            required = true,
            paramLabel = "NAME=FILE.tif",
            description = "GeoTIFF for an input of the model, e.g. optical=rgb.tif; once per input.")
    private Map<String, Path> inputs = new LinkedHashMap<>();

    @Option(
            names = "--features",
            paramLabel = "F.gpkg|F.geojson",
            description =
                    "Write the cells with data as polygons: GeoPackage in the raster's CRS, or GeoJSON in WGS 84.")
    private @Nullable Path features;

    @Option(names = "--positive", description = "Write only cells at or above the threshold.")
    private boolean positive;

    @Option(names = "--report", paramLabel = "F.json", description = "Write counts and provenance.")
    private @Nullable Path report;

    @Option(
            names = "--cell",
            paramLabel = "M",
            description = "Side of a cell in metres, rounded to whole pixels; default: the model's window.")
    private @Nullable Double cell;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Probability from which a cell counts as holding a landslide; default: 0.5.")
    private @Nullable Double threshold;

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
        List<Path> outputs = ResultFiles.named(features, report);
        ResultFiles.check(spec, features, read, outputs);
        ModelSession session = ModelSession.open(ModelPackage.open(model), Device.parse(device));
        PrintWriter out = spec.commandLine().getOut();
        Detection detection;
        try (ConsoleProgress progress = ConsoleProgress.start("detect", "windows", out);
                InputFiles files = InputFiles.open(inputs)) {
            DetectionRequest request = new DetectionRequest(files.coverages(), optional(cell), optional(threshold));
            detection = Detection.run(session, request, progress::at);
        }
        if (features != null) {
            ResultFiles.writeFeatures(positive ? detection.positiveFeatures() : detection.features(), features);
        }
        DetectionReport made = detection.report();
        if (report != null) {
            ResultFiles.writeReport(made.toJson(), report);
        }
        out.printf(
                Locale.ROOT,
                "%,d of %,d cells with data, %,d of them with landslide; threshold %.2f%n",
                made.valid(),
                made.cells(),
                made.positive(),
                made.threshold());
        out.printf(
                Locale.ROOT,
                "%,d windows in %.1f s (%.1f windows/s) on %s%n",
                made.windows(),
                made.seconds(),
                made.windows() / Math.max(1e-9, made.seconds()),
                made.session().device());
        outputs.forEach(file -> out.println("wrote " + file));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
