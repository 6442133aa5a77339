package org.geolandslide.segmentation.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.geolandslide.model.OutputFile;
import org.geolandslide.model.command.ConsoleProgress;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code landslide bench hot}. */
@Command(
        name = "hot",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures with JMH what the engine does besides running the model: gather windows, blend predictions, make the mask and the"
                    + " polygons. Takes some two minutes.",
            "Other work on the machine moves the figures."
        })
final class BenchHotCommand implements Callable<Integer> {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, RunnerException {
        if (json != null) {
            OutputFile.requireWritable(json);
        }
        PrintWriter out = spec.commandLine().getOut();
        List<HotPaths.Figure> figures;
        try (ConsoleProgress progress = ConsoleProgress.start("bench hot", "benchmarks", out)) {
            figures = HotPaths.measure(done -> progress.at(done, HotPaths.BENCHMARKS.size()));
        }
        out.printf("%-22s %12s %12s %18s%n", "", "microseconds", "+-", "bytes allocated");
        for (HotPaths.Figure figure : figures) {
            out.printf(
                    Locale.ROOT,
                    "%-22s %,12.1f %,12.1f %,18.0f%n",
                    figure.path() + " " + figure.pixels(),
                    figure.microseconds(),
                    figure.error(),
                    figure.allocatedBytes());
        }
        out.flush();
        if (json != null) {
            String text = json(figures).toPrettyString() + "\n";
            OutputFile.write(json, unfinished -> Files.writeString(unfinished, text));
        }
        return CommandLine.ExitCode.OK;
    }

    private static ObjectNode json(List<HotPaths.Figure> figures) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode paths = root.putArray("hotPaths");
        for (HotPaths.Figure figure : figures) {
            paths.addObject()
                    .put("path", figure.path())
                    .put("pixels", figure.pixels())
                    .put("microseconds", figure.microseconds())
                    .put("error", figure.error())
                    .put("allocatedBytes", figure.allocatedBytes());
        }
        return root;
    }
}
