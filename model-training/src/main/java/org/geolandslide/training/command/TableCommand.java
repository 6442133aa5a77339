package org.geolandslide.training.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.experiment.TableRunner;
import org.geolandslide.training.runtime.TrainingRuntime;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code landslide table}. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs a table of experiments row by row (train, export, measure) and writes it as Markdown and CSV."
                        + " After a stop it goes on where it was.")
final class TableCommand implements Callable<Integer> {

    @Option(
            names = "--table",
            required = true,
            paramLabel = "FILE.yaml",
            description = "The table, e.g. experiments/tables/rmau-net-10.yaml.")
    private Path table = Path.of("");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder that the sources' paths are relative to.")
    private Path data = Path.of("");

    @Option(
            names = "--out",
            defaultValue = "runs/tables",
            paramLabel = "DIR",
            description = "Folder of the runs and of the results; default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("");

    @Option(names = "--row", paramLabel = "NAME", description = "Row that is run; may be repeated; default: all.")
    private List<String> rows = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        TrainingRuntime.environment();
        var console = spec.commandLine().getOut();
        new TableRunner(data, out, ConfigFile::read, new ConsoleListener(console)).run(table, rows);
        console.printf("wrote %s.md and .csv%n", out.resolve(TableRunner.resultName(table)));
        console.flush();
        return CommandLine.ExitCode.OK;
    }
}
