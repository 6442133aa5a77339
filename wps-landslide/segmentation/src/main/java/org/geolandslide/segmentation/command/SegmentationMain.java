package org.geolandslide.segmentation.command;

import org.geolandslide.model.command.CommandRunner;
import org.geolandslide.segmentation.alignment.TileMemory;
import picocli.CommandLine.Command;

/** Entry point of the module's commands. */
@Command(
        name = "landslide",
        subcommands = {SegmentCommand.class, DetectCommand.class},
        mixinStandardHelpOptions = true)
public final class SegmentationMain {
    private SegmentationMain() {}

    public static void main(String[] arguments) {
        TileMemory.reserve();
        CommandRunner.main(new SegmentationMain(), arguments);
    }
}
