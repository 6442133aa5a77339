package org.geolandslide.segmentation.bench;

import org.geolandslide.model.command.CommandRunner;
import org.geolandslide.segmentation.alignment.TileMemory;
import picocli.CommandLine.Command;

/** Entry point of the module's bench. */
@Command(
        name = "landslide",
        subcommands = {BenchMain.Bench.class},
        mixinStandardHelpOptions = true)
public final class BenchMain {
    private BenchMain() {}

    /** {@code landslide bench}. */
    @Command(
            name = "bench",
            subcommands = {BenchSegmentCommand.class, BenchSeamsCommand.class, BenchHotCommand.class},
            mixinStandardHelpOptions = true,
            description = "Measures speed, beside a peer in the same run.")
    static final class Bench {}

    public static void main(String[] arguments) {
        TileMemory.reserve();
        CommandRunner.main(new BenchMain(), arguments);
    }
}
