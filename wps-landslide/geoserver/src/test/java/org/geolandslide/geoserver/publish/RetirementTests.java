package org.geolandslide.geoserver.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetirementTests {
    private final List<String> removed = new CopyOnWriteArrayList<>();

    @Test
    void what_is_retired_goes_by_itself() throws InterruptedException {
        CountDownLatch gone = new CountDownLatch(1);
        try (Retirement retirement = new Retirement(Duration.ofMillis(10))) {
            retirement.later("old", gone::countDown);
            assertThat(gone.await(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    @Test
    void it_stays_for_a_while_and_goes_at_the_latest_when_the_server_stops() {
        Retirement retirement = new Retirement(Duration.ofHours(1));
        retirement.later("old", () -> removed.add("old"));
        retirement.later("broken", () -> {
            throw new IOException("cannot");
        });
        retirement.later("older", () -> removed.add("older"));
        assertThat(removed).isEmpty();
        retirement.close();
        retirement.close();
        assertThat(removed).containsExactly("old", "older");
    }
}
