package org.geolandslide.segmentation.publish;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.geotools.util.logging.Logging;

/**
 * Steps that are all done, or undone from the last to the first. For one thread.
 *
 * <pre>{@code
 * try (Transaction transaction = new Transaction(step -> {})) {
 *     transaction.step("write a", () -> Files.writeString(a, "a"), () -> Files.deleteIfExists(a));
 *     transaction.step("write b", () -> Files.writeString(b, "b"), () -> Files.deleteIfExists(b));
 *     transaction.commit();
 * }
 * }</pre>
 */
public final class Transaction implements AutoCloseable {
    private static final Logger LOGGER = Logging.getLogger(Transaction.class);

    private final Consumer<String> before;
    private final Deque<Named> undos = new ArrayDeque<>();
    private final List<Named> afterwards = new ArrayList<>();
    private boolean committed;

    /**
     * Nothing done yet.
     *
     * @param before is told what is done next, before each step and before the commit; what it throws ends the transaction
     */
    public Transaction(Consumer<String> before) {
        this.before = before;
    }

    /** A piece of work. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    private record Named(String what, Work work) {}

    /**
     * Does a step.
     *
     * @param what the step in words, e.g. {@code add the layer a:b}
     * @param undo takes it back; it is also run if the step itself fails, and must bear that nothing or half of it was done
     */
    public void step(String what, Work work, Work undo) throws IOException {
        if (committed) {
            throw new IllegalStateException("'" + what + "' comes after the commit");
        }
        before.accept(what);
        undos.push(new Named(what, undo));
        work.run();
    }

    /**
     * Puts something off until all steps are done; it is not run if the transaction fails.
     *
     * @param what in words
     * @param work if it fails, the steps stand nevertheless, and the log says so
     */
    public void afterwards(String what, Work work) {
        afterwards.add(new Named(what, work));
    }

    /** Lets the steps stand. */
    public void commit() {
        before.accept("finish");
        committed = true;
        undos.clear();
        for (Named last : afterwards) {
            try {
                last.work().run();
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "cannot " + last.what());
            }
        }
    }

    /**
     * Undoes the steps, if they were not committed. A step that cannot be undone does not keep the others from it.
     *
     * @throws IOException naming the steps that could not be undone
     */
    @Override
    public void close() throws IOException {
        List<String> left = new ArrayList<>();
        List<Exception> failures = new ArrayList<>();
        while (!undos.isEmpty()) {
            Named undo = undos.pop();
            try {
                undo.work().run();
            } catch (IOException | RuntimeException e) {
                // Who asked for the work sees why that failed; who runs the machine must see this, too.
                LOGGER.log(Level.WARNING, e, () -> "cannot undo: " + undo.what());
                left.add(undo.what());
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            IOException failure = new IOException("cannot undo: " + String.join("; ", left));
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }
}
