package org.geolandslide.training.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.geolandslide.training.demo.Demo;
import org.geolandslide.training.runtime.TrainingRuntime;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code landslide demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the whole way in a few minutes: synthetic scenes, training, package, segmentation, map.")
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--out",
            defaultValue = "demo",
            paramLabel = "DIR",
            description = "Folder for everything that is written; default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        TrainingRuntime.environment();
        PrintWriter console = spec.commandLine().getOut();
        new Demo(out, console, new ConsoleListener(console)).run();
        return CommandLine.ExitCode.OK;
    }
}
