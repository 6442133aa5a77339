package org.geolandslide.segmentation.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLeftTests {
    private final AtomicLong nanoseconds = new AtomicLong();
    private final TimeLeft left = new TimeLeft(nanoseconds::get);

    private void pass(double seconds) {
        nanoseconds.addAndGet((long) (seconds * 1e9));
    }

    @Test
    void nothing_is_said_before_something_is_known() {
        assertThat(left.words(0, 100)).isEmpty();
        pass(1);
        assertThat(left.words(10, 100)).as("too early").isEmpty();
        pass(60);
        assertThat(left.words(0, 100)).as("nothing done").isEmpty();
        assertThat(left.words(100, 100)).as("all done").isEmpty();
    }

    @Test
    void the_rest_takes_as_long_per_window_as_what_was_done_since_the_beginning() {
        left.words(20, 100);
        pass(10);
        // 20 windows in 10 s; those that were there before do not count.
        assertThat(left.words(40, 100)).isEqualTo(", about 30 s left");
        assertThat(left.words(40, 1240)).isEqualTo(", about 10 min left");
        assertThat(left.words(40, 14_440)).isEqualTo(", about 2.0 h left");
    }
}
