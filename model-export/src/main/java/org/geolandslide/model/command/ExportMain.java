package org.geolandslide.model.command;

import picocli.CommandLine.Command;

/** Entry point of the module's commands. */
@Command(
        name = "landslide",
        subcommands = {VerifyCommand.class},
        mixinStandardHelpOptions = true)
public final class ExportMain {
    private ExportMain() {}

    public static void main(String[] arguments) {
        CommandRunner.main(new ExportMain(), arguments);
    }
}
