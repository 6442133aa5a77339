package org.geolandslide.training.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor time of the whole machine, from the first line of {@code /proc/stat}: the counts of user, nice, system, idle, iowait, irq, softirq
 * and steal.
 *
 * @param busy time in which a processor worked, or another guest of the host did
 * @param total all time of all processors
 */
record MachineTime(double busy, double total) {
    private static final int COUNTS = 8;
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    /** Linux counts hundredths of a second. */
    private static final double COUNTS_PER_SECOND = 100;

    /** Since the machine started. */
    static MachineTime now() throws IOException {
        return of(Files.readAllLines(Path.of("/proc/stat")).get(0));
    }

    /** From a line such as {@code cpu  5107 12 1422 72030 300 0 31 0 0 0}. */
    static MachineTime of(String line) {
        List<String> words = List.of(line.trim().split("\\s+", -1));
        double busy = 0;
        double total = 0;
        for (int i = 0; i < COUNTS; i++) {
            double seconds = Long.parseLong(words.get(i + 1)) / COUNTS_PER_SECOND;
            total += seconds;
            busy += i == IDLE || i == WAITING ? 0 : seconds;
        }
        return new MachineTime(busy, total);
    }

    /** The time since an earlier one. */
    MachineTime since(MachineTime earlier) {
        return new MachineTime(busy - earlier.busy, total - earlier.total);
    }

    /** Share of the machine that others took, 0 to 1, if this much of the work was one's own. */
    double shareOfOthers(double ownSeconds) {
        return total > 0 ? Math.max(0, Math.min(1, (busy - ownSeconds) / total)) : 0;
    }
}
