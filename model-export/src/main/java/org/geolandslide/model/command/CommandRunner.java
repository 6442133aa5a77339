package org.geolandslide.model.command;

import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.geolandslide.model.ProjectVersion;
import picocli.CommandLine;

/**
 * Runs a command with the exit codes of the command-line contract: 0 done; 1 the work failed and a message on stderr names
 * the cause; 2 wrong usage.
 */
public final class CommandRunner {
    /** Shows the stack trace of a failure; for developers. */
    private static final String DEBUG = "landslide.debug";

    private CommandRunner() {}

    /**
     * Runs a command object and ends the process with its exit code; when a signal stops it, in good order and with 130 (SIGINT) or
     * 143 (SIGTERM).
     */
    public static void main(Object command, String... arguments) {
        Interruption interruption = Interruption.ofThisThread(new CommandLine(command).getErr());
        System.exit(interruption.exitCode(run(command, arguments)));
    }

    /** Runs a command object and returns the exit code. */
    public static int run(Object command, String... arguments) {
        // The libraries below log what the reader of a terminal cannot act on.
        Logger.getLogger("").setLevel(Level.SEVERE);
        CommandLine commandLine = new CommandLine(command);
        String version = "landslide " + ProjectVersion.get();
        setVersion(commandLine, version);
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("error: " + describe(failure));
                    if (Boolean.getBoolean(DEBUG)) {
                        failure.printStackTrace(line.getErr());
                    }
                    line.getErr().flush();
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments);
    }

    private static void setVersion(CommandLine line, String version) {
        line.getCommandSpec().version(version);
        line.getSubcommands().values().forEach(sub -> setVersion(sub, version));
    }

    private static String describe(Throwable failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (failure instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " is not a folder";
        }
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return file.getFile() + ": " + file.getReason();
        }
        if (failure instanceof FileNotFoundException missing && missing.getMessage() != null) {
            return missing.getMessage();
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        return failure instanceof Error ? failure.getClass().getSimpleName() + ": " + message : message;
    }
}
