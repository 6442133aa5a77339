package org.geolandslide.training.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.OutputFile;
import org.geolandslide.training.trainer.Exporter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code landslide export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a model package of the best epoch of a run, and verifies it.")
final class ExportCommand implements Callable<Integer> {

    @Option(names = "--run", required = true, paramLabel = "RUN_DIR", description = "Run folder of a training.")
    private Path run = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "PACKAGE.zip", description = "Model package to write.")
    private Path out = Path.of("");

    @Option(
            names = "--evaluation",
            paramLabel = "FILE.json",
            description =
                    "What 'landslide evaluate --json' wrote about this run's model, for the package and its card; may be"
                            + " repeated, the most important one first.")
    private List<Path> evaluations = List.of();

    @Option(
            names = "--notes",
            paramLabel = "FILE.md",
            description = "Markdown about the intended use, failures and licences, for the model card.")
    private @Nullable Path notes;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        OutputFile.requireWritable(out);
        ModelPackage model = Exporter.export(
                run, out, evaluations, notes == null ? Optional.empty() : Optional.of(Files.readString(notes)));
        var console = spec.commandLine().getOut();
        console.printf(
                Locale.ROOT,
                "wrote %s: %s, %,d parameters, %,d KiB, threshold %.2f%n",
                out,
                model.description().name(),
                model.description().totalParameters(),
                Files.size(out) / 1024,
                model.description().threshold());
        console.flush();
        return CommandLine.ExitCode.OK;
    }
}
