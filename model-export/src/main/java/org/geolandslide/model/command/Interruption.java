package org.geolandslide.model.command;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/**
 * Lets a command end in good order when somebody stops it with SIGINT (Ctrl-C) or SIGTERM: its thread is interrupted, and the process goes on
 * until the command has ended. Without it the virtual machine shuts down at once, ONNX Runtime closes its environment while a step runs
 * in it, and the process crashes; files that are being written stay behind. A second signal, or a minute, ends the process at
 * once.
 */
final class Interruption {
    /** What a shell reports of a process that SIGINT ended. */
    static final int INTERRUPTED = 130;

    /** What a shell reports of a process that SIGTERM ended. */
    static final int TERMINATED = 143;

    private static final int PATIENCE_SECONDS = 60;

    private final Thread command;
    private final PrintWriter console;
    private final AtomicInteger exitCode = new AtomicInteger();

    private Interruption(Thread command, PrintWriter console) {
        this.command = command;
        this.console = console;
    }

    /** Interrupts the calling thread at the first signal from now on. */
    static Interruption ofThisThread(PrintWriter console) {
        Interruption interruption = new Interruption(Thread.currentThread(), console);
        Signals.register("INT", () -> interruption.signal(INTERRUPTED));
        Signals.register("TERM", () -> interruption.signal(TERMINATED));
        return interruption;
    }

    /** The exit code of the process: the command's, or the signal's if there was one. */
    int exitCode(int ofCommand) {
        int ofSignal = exitCode.get();
        return ofSignal == 0 ? ofCommand : ofSignal;
    }

    private void signal(int code) {
        if (!exitCode.compareAndSet(0, code)) {
            Runtime.getRuntime().halt(code);
        }
        console.println("stopping in good order; a second time stops at once");
        console.flush();
        Thread impatience = new Thread(() -> halt(code), "landslide-interruption");
        impatience.setDaemon(true);
        impatience.start();
        command.interrupt();
    }

    private static void halt(int code) {
        try {
            TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
        } catch (InterruptedException e) {
            return;
        }
        Runtime.getRuntime().halt(code);
    }
}
