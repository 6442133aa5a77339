package org.geolandslide.model.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress of long work: a bar on a terminal, a line for every tenth otherwise. */
public final class ConsoleProgress implements AutoCloseable {
    private static final int COLUMNS = 80;

    private final String task;
    private final PrintWriter lines;
    private final ProgressBar bar;
    private final boolean terminal;
    private long nextLine;

    private ConsoleProgress(String task, PrintWriter lines, ProgressBar bar, boolean terminal) {
        this.task = task;
        this.lines = lines;
        this.bar = bar;
        this.terminal = terminal;
    }

    /**
     * Starts.
     *
     * @param task what is done
     * @param unit what is counted, in the plural
     * @param lines where lines go if this is no terminal
     */
    public static ConsoleProgress start(String task, String unit, PrintWriter lines) {
        boolean terminal = isTerminal();
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(" " + unit, 1)
                .setInitialMax(0)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? 250 : Integer.MAX_VALUE);
        // With a width of its own the bar opens no terminal to ask for one, which would take Ctrl-C away from
        // Interruption.
        builder.setConsumer(terminal ? new ConsoleProgressBarConsumer(standardError(), COLUMNS) : new SilentConsumer());
        return new ConsoleProgress(task, lines, builder.build(), terminal);
    }

    private static PrintStream standardError() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    /** Whether a person watches: standard input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // the launcher sets jdk.console for Java 22 and later
    public static boolean isTerminal() {
        return System.console() != null;
    }

    /** Says how far the work has come. */
    public void at(long done, long total) {
        bar.maxHint(total);
        bar.stepTo(done);
        if (!terminal && done * 10 >= nextLine * total) {
            nextLine = done * 10 / Math.max(1, total) + 1;
            lines.printf(Locale.ROOT, "%s: %,d of %,d (%d %%)%n", task, done, total, 100 * done / Math.max(1, total));
            lines.flush();
        }
    }

    @Override
    public void close() {
        bar.close();
    }

    /** Where there is no terminal, the bar keeps count and draws nothing. */
    private static final class SilentConsumer implements me.tongfei.progressbar.ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return 0;
        }

        @Override
        public void accept(String rendered) {
            // Nothing to draw on.
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
