package org.geolandslide.segmentation.process;

import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long work will take on, by how long it has taken so far. Says nothing before it knows something: in the first seconds and before
 * anything is done.
 */
final class TimeLeft {
    private static final long NANOSECONDS = 1_000_000_000L;
    private static final long SECONDS_OF_SILENCE = 3;

    private final LongSupplier clock;
    private long start = -1;
    private long doneAtStart;

    /**
     * A clock that has not begun.
     *
     * @param clock nanoseconds from any beginning
     */
    TimeLeft(LongSupplier clock) {
        this.clock = clock;
    }

    /** Seconds that are left, if they can be told. */
    Optional<Double> seconds(long done, long total) {
        long now = clock.getAsLong();
        if (start < 0) {
            start = now;
            doneAtStart = done;
        }
        double passed = (double) (now - start) / NANOSECONDS;
        long news = done - doneAtStart;
        if (passed < SECONDS_OF_SILENCE || news <= 0 || done >= total) {
            return Optional.empty();
        }
        return Optional.of(passed / news * (total - done));
    }

    /** The same in words, with a comma before them; empty if it cannot be told. */
    String words(long done, long total) {
        return seconds(done, total).map(TimeLeft::words).orElse("");
    }

    private static String words(double seconds) {
        if (seconds < 90) {
            return String.format(Locale.ROOT, ", about %d s left", Math.max(1, Math.round(seconds)));
        }
        if (seconds < 90 * 60) {
            return String.format(Locale.ROOT, ", about %d min left", Math.round(seconds / 60));
        }
        return String.format(Locale.ROOT, ", about %.1f h left", seconds / 3600);
    }
}
