package org.geolandslide.segmentation.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

class ConcurrentlyTests {

    @Test
    void pieces_of_work_are_done_beside_each_other() throws Exception {
        CyclicBarrier all = new CyclicBarrier(3);
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        List<Concurrently.Work> pieces = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            pieces.add(() -> {
                meet(all);
                done.add(number);
            });
        }
        Concurrently.run(pieces);
        assertThat(done).containsExactlyInAnyOrder(0, 1, 2);
    }

    private static void meet(CyclicBarrier all) throws IOException {
        try {
            all.await();
        } catch (Exception e) {
            throw new IOException("the others did not come", e);
        }
    }

    @Test
    void a_failure_interrupts_the_others_and_is_thrown_when_they_have_ended() {
        CountDownLatch begun = new CountDownLatch(1);
        List<String> ended = Collections.synchronizedList(new ArrayList<>());
        Concurrently.Work waiting = () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.add("interrupted");
                throw new IOException("interrupted", e);
            }
        };
        Concurrently.Work failing = () -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            throw new IOException("no space left");
        };
        assertThatThrownBy(() -> Concurrently.run(List.of(waiting, failing)))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(ended).containsExactly("interrupted");
    }

    @Test
    void an_interruption_ends_the_work_and_is_kept() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        List<Boolean> kept = Collections.synchronizedList(new ArrayList<>());
        Concurrently.Work waiting = () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        };
        Thread caller = new Thread(() -> {
            try {
                Concurrently.run(List.of(waiting, waiting));
            } catch (IOException e) {
                kept.add(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(kept).containsExactly(true);
    }
}
