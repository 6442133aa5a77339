package org.geolandslide.training.command;

import org.geolandslide.model.command.CommandRunner;
import org.geolandslide.segmentation.alignment.TileMemory;
import picocli.CommandLine.Command;

/** Entry point of the module's commands. */
@Command(
        name = "landslide",
        subcommands = {
            TrainCommand.class,
            EvaluateCommand.class,
            TableCommand.class,
            NetworkCommand.class,
            ExportCommand.class,
            SceneCommand.class,
            DemoCommand.class
        },
        mixinStandardHelpOptions = true)
public final class TrainingMain {
    private TrainingMain() {}

    public static void main(String[] arguments) {
        TileMemory.reserve();
        CommandRunner.main(new TrainingMain(), arguments);
    }

    /** Runs a command; returns its exit code. */
    public static int run(String... arguments) {
        TileMemory.reserve();
        return CommandRunner.run(new TrainingMain(), arguments);
    }
}
