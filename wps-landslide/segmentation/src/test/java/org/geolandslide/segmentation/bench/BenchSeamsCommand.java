package org.geolandslide.segmentation.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.command.ConsoleProgress;
import org.geolandslide.segmentation.command.InputFiles;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code landslide bench seams}. */
@Command(
        name = "seams",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Segments the same GeoTIFFs in two window grids, one moved by half a stride, and tells how far the results differ.")
final class BenchSeamsCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "PACKAGE", description = "Model package.")
    private Path model = Path.of("");

    @Option(
            names = "--input",
            required = true,
            paramLabel = "NAME=FILE.tif",
            description = "GeoTIFF for an input of the model.")
    private Map<String, Path> inputs = new LinkedHashMap<>();

    @Option(
            names = "--overlap",
            paramLabel = "PX",
            description = "Pixels that neighbouring windows share; default: the model's own.")
    private @Nullable Integer overlap;

    @Option(names = "--augment", description = "Average over the eight symmetries of each window.")
    private boolean augment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        ModelSession session = ModelSession.open(ModelPackage.open(model), Device.parse("cpu"));
        var out = spec.commandLine().getOut();
        Seams seams;
        try (ConsoleProgress progress = ConsoleProgress.start("bench seams", "windows", out);
                InputFiles files = InputFiles.open(inputs)) {
            OptionalInt shared = overlap == null ? OptionalInt.empty() : OptionalInt.of(overlap);
            seams = Seams.of(session, files.coverages(), shared, augment, progress::at);
        }
        out.printf(
                Locale.ROOT,
                "%,d pixels: mean difference %.5f, largest mean of a row %.5f, of a column %.5f%n"
                        + "step of probability between columns: %.5f at the edges of windows, %.5f everywhere%n",
                seams.pixels(),
                seams.meanDifference(),
                seams.largestRow(),
                seams.largestColumn(),
                seams.stepAtWindowEdges(),
                seams.stepElsewhere());
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
