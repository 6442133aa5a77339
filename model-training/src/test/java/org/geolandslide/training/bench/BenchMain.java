package org.geolandslide.training.bench;

import org.geolandslide.model.command.CommandRunner;
import picocli.CommandLine.Command;

/** Entry point of the benches, on the class path of the tests. */
@Command(
        name = "landslide",
        subcommands = {BenchCommand.class},
        mixinStandardHelpOptions = true)
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) {
        CommandRunner.main(new BenchMain(), arguments);
    }
}
