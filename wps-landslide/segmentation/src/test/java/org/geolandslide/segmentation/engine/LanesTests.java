package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.window.WindowGrid.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that run beside each other. */
class LanesTests {
    private static final BatchBuffers.Shape SHAPE = new BatchBuffers.Shape(1, 64, List.of(ModelOutput.PROBABILITY));
    private static final int BATCHES = 40;

    @TempDir
    private Path folder;

    private ModelSession session;
    private final AtomicInteger filled = new AtomicInteger();
    private final Set<Integer> ran = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void open() throws Exception {
        Path file = TinyModel.BLURRED_RED.write(folder.resolve("model.zip"), 64, 16);
        session = ModelSession.open(
                ModelPackage.open(file),
                new Device.Cpu(),
                EngineSettings.DEFAULT.withThreads(2).withLanes(2));
    }

    /** Fills batches with one window each, whose column counts them. */
    private void fill(BatchBuffers buffers) {
        if (filled.get() < BATCHES) {
            buffers.add(new Window(filled.getAndIncrement(), 0, 0, 0));
        }
    }

    private static int number(BatchBuffers buffers) {
        return buffers.windows().get(0).column();
    }

    private void run(Consumer<BatchBuffers> batch) {
        Lanes.run(session, SHAPE, this::fill, batch);
    }

    @Test
    void runs_every_batch_once_on_a_thread_per_lane_that_stays() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();

        run(buffers -> {
            threads.add(Thread.currentThread());
            assertThat(ran.add(number(buffers))).isTrue();
        });

        assertThat(ran)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, BATCHES).boxed().toList());
        assertThat(threads).hasSizeLessThanOrEqualTo(2).doesNotContain(Thread.currentThread());
    }

    @Test
    void runs_two_at_once() {
        CountDownLatch both = new CountDownLatch(2);

        run(buffers -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ran.add(number(buffers));
        });

        assertThat(ran).hasSize(BATCHES);
    }

    @Test
    void asks_again_when_a_run_ends() {
        AtomicInteger wanted = new AtomicInteger(1);

        Lanes.run(
                session,
                SHAPE,
                buffers -> {
                    if (filled.get() < wanted.get()) {
                        buffers.add(new Window(filled.getAndIncrement(), 0, 0, 0));
                    }
                },
                buffers -> {
                    ran.add(number(buffers));
                    wanted.set(Math.min(5, number(buffers) + 2));
                });

        assertThat(ran).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void throws_what_made_a_run_fail_and_runs_no_more() {
        assertThatThrownBy(() -> run(buffers -> {
                    ran.add(number(buffers));
                    if (number(buffers) == 3) {
                        throw new IllegalStateException("batch 3 failed");
                    }
                }))
                .hasMessage("batch 3 failed");

        // One may have been under way beside the one that failed, and its lane may have begun another.
        assertThat(ran).contains(0, 1, 2, 3).hasSizeLessThan(BATCHES);
    }

    @Test
    void throws_what_made_filling_fail_when_nothing_runs_any_more() {
        AtomicInteger running = new AtomicInteger();

        assertThatThrownBy(() -> Lanes.run(
                        session,
                        SHAPE,
                        buffers -> {
                            if (filled.get() == 2) {
                                throw new IllegalStateException("the raster cannot be read");
                            }
                            fill(buffers);
                        },
                        buffers -> {
                            running.incrementAndGet();
                            pause();
                            running.decrementAndGet();
                        }))
                .hasMessage("the raster cannot be read");

        assertThat(running).hasValue(0);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void keeps_as_many_buffers_as_it_takes() {
        run(buffers -> {});
        BatchBuffersPool.Loan loan = session.buffers().borrow(SHAPE);
        BatchBuffers once = loan.buffers();
        loan.close();

        filled.set(0);
        Set<BatchBuffers> used = ConcurrentHashMap.newKeySet();
        run(used::add);

        assertThat(used).contains(once).hasSizeLessThanOrEqualTo(Lanes.buffersOf(2));
    }
}
