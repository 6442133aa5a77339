package org.geolandslide.training.command;

import org.geolandslide.model.command.CommandRunner;
import picocli.CommandLine.Command;

/** Entry point of the module's commands. */
@Command(
        name = "landslide",
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            TableCommand.class,
            ExportCommand.class,
            SceneCommand.class,
            DemoCommand.class
        },
        mixinStandardHelpOptions = true)
public final class TrainingMain {
    private TrainingMain() {}

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new TrainingMain(), arguments));
    }
}
