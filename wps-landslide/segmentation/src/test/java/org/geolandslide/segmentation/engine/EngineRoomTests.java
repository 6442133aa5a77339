package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.segmentation.settings.SettingReader;
import org.geolandslide.segmentation.settings.SettingSource;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine takes: turns, windows, memory, threads, files. */
class EngineRoomTests {
    private static final RasterGrid GRID = Rasters.utm(1100, 700);

    @TempDir
    private Path folder;

    private final GridCoverage2D optical = Rasters.red(GRID, (x, y, band) -> (x * 37 + y * 91) % 251);
    private final GridCoverage2D dem = Rasters.floats(GRID, (x, y, band) -> 500);

    private ModelSession session(EngineSettings settings) throws Exception {
        Path file = TinyModel.BLURRED_RED.write(folder.resolve("model.zip"), 64, 16);
        return ModelSession.open(ModelPackage.open(file), new Device.Cpu(), settings);
    }

    private SegmentationRequest request() {
        return SegmentationRequest.of(Map.of("optical", optical, "dem", dem));
    }

    /** The same raster, whose pixels cannot be read before the latch opens. */
    private GridCoverage2D heldBack(CountDownLatch begun, CountDownLatch open) {
        RenderedImage image = optical.getRenderedImage();
        RenderedImage slow = (RenderedImage) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RenderedImage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getTile")) {
                        begun.countDown();
                        open.await();
                    }
                    try {
                        return method.invoke(image, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new GridCoverageFactory().create("slow", slow, GRID.geometry(), null, null, Map.of());
    }

    @Test
    void one_segmentation_more_than_may_wait_is_refused_before_it_begins() throws Exception {
        ModelSession session = session(EngineSettings.DEFAULT.withRuns(1, 1));
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch open = new CountDownLatch(1);
        GridCoverage2D slow = heldBack(begun, open);
        SegmentationRequest held = SegmentationRequest.of(Map.of("optical", slow, "dem", dem));
        List<CompletableFuture<Raster>> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RenderedImage image =
                    Segmentation.of(session, held, Monitor.NONE).probability().getRenderedImage();
            running.add(CompletableFuture.supplyAsync(() -> image.getTile(0, 0)));
        }
        begun.await();
        assertThatThrownBy(() -> Segmentation.of(session, request(), Monitor.NONE))
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("1 segmentation(s) run and 1 wait")
                .hasMessageContaining("landslide.queue=1")
                .hasMessageContaining("try again later");
        open.countDown();
        for (CompletableFuture<Raster> future : running) {
            assertThat(future.join().getWidth()).isEqualTo(512);
        }
        awaitIdle();
        Segmentation later = Segmentation.of(session, request(), Monitor.NONE);
        assertThat(later.report().inventory().validPixels()).isEqualTo(1100L * 700);
    }

    @Test
    void a_raster_above_the_limit_is_refused_with_both_numbers() throws Exception {
        ModelSession session = session(EngineSettings.DEFAULT.withMaximumPixels(500_000));
        assertThatThrownBy(() -> Segmentation.of(session, request(), Monitor.NONE))
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("1,100 x 700 = 770,000 pixels")
                .hasMessageContaining("at most 500,000 (landslide.maximumPixels)");
    }

    @Test
    void a_corner_costs_its_own_windows_only() throws Exception {
        Segmentation segmentation = Segmentation.of(session(EngineSettings.DEFAULT), request(), Monitor.NONE);
        segmentation.probability().getRenderedImage().getData(new Rectangle(600, 100, 300, 300));
        awaitIdle();
        // The tile from 512 to 1024 and from 0 to 512: 12 columns and 11 rows of windows with a stride of 48 pixels.
        assertThat(segmentation.windowsRun()).isEqualTo(12 * 11);
    }

    @ParameterizedTest(name = "memory {0} MB, scratch {1} MB")
    @CsvSource({"512, 0", "4, 1000"})
    void results_are_computed_once_in_memory_or_with_a_temporary_file(long memory, long scratch) throws Exception {
        RasterGrid large = Rasters.utm(2000, 1400);
        GridCoverage2D colours = Rasters.red(large, (x, y, band) -> (x * 37 + y * 91) % 251);
        GridCoverage2D metres = Rasters.floats(large, (x, y, band) -> 500);
        Segmentation segmentation = Segmentation.of(
                session(EngineSettings.DEFAULT.withRoom(memory, scratch)),
                SegmentationRequest.of(Map.of("optical", colours, "dem", metres)),
                Monitor.NONE);
        float[] once = Rasters.samples(segmentation.probability());
        Rasters.samples(segmentation.mask());
        assertThat(Rasters.samples(segmentation.probability())).isEqualTo(once);
        assertThat(segmentation.report().windows()).isEqualTo(42L * 30).isEqualTo(segmentation.windowsRun());
    }

    @Test
    void without_room_results_are_computed_again() throws Exception {
        RasterGrid large = Rasters.utm(2000, 1400);
        GridCoverage2D colours = Rasters.red(large, (x, y, band) -> (x * 37 + y * 91) % 251);
        GridCoverage2D metres = Rasters.floats(large, (x, y, band) -> 500);
        Segmentation segmentation = Segmentation.of(
                session(EngineSettings.DEFAULT.withRoom(1, 0)),
                SegmentationRequest.of(Map.of("optical", colours, "dem", metres)),
                Monitor.NONE);
        float[] once = Rasters.samples(segmentation.probability());
        assertThat(Rasters.samples(segmentation.probability())).isEqualTo(once);
        assertThat(segmentation.windowsRun()).isGreaterThan(42L * 30);
    }

    @Test
    void cancelling_at_any_moment_leaves_nothing_behind() throws Exception {
        ModelSession session = session(EngineSettings.DEFAULT.withRuns(1, 0).withBatch(2));
        Path output = folder.resolve("probability.tif");
        SplittableRandom random = new SplittableRandom(11);
        long windows = 345;
        long nativeBytes = 0;
        for (int i = 0; i < 25; i++) {
            if (i == 5) {
                // By now all buffers that are kept for the next segmentation are there.
                nativeBytes = directBytes();
            }
            long last = random.nextLong(windows);
            List<Long> told = new ArrayList<>();
            Monitor monitor = (done, total) -> {
                told.add(done);
                if (done >= last) {
                    throw new CancellationException("enough after " + done);
                }
            };
            Segmentation segmentation = Segmentation.of(session, request(), monitor);
            segmentation.announceWholeRead(1);
            assertThatThrownBy(() -> GeoTiffFile.write(segmentation.probability(), output))
                    .hasStackTraceContaining("enough after");
            assertThat(told)
                    .as("told of progress, and nothing after the wish to stop")
                    .isSorted();
            assertThat(told.subList(0, told.size() - 1)).allMatch(done -> done < last);
            // Nothing goes on: the gate is empty although nobody may wait, and no window is added.
            session.gate().requireRoom();
            long run = segmentation.windowsRun();
            Thread.sleep(5);
            assertThat(segmentation.windowsRun()).isEqualTo(run);
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left.map(file -> file.getFileName().toString()).toList())
                        .containsExactly("model.zip");
            }
        }
        awaitIdle();
        assertThat(directBytes())
                .as(
                        "native memory that Java gave to the model; less, where buffers of other tests were collected meanwhile")
                .isLessThanOrEqualTo(nativeBytes);
        assertThat(Segmentation.of(session, request(), Monitor.NONE)
                        .report()
                        .inventory()
                        .validPixels())
                .isEqualTo(1100L * 700);
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static EngineSettings read(Map<String, String> properties) {
        SettingReader reader = new SettingReader(SettingSource.systemProperties(properties::get));
        EngineSettings settings = EngineSettings.of(reader);
        reader.requireSound();
        return settings;
    }

    @Test
    void settings_come_from_system_properties() {
        Map<String, String> properties = Map.of("landslide.runs", "3", "landslide.queue", " 7 ", "landslide.batch", "");
        assertThat(read(properties)).isEqualTo(EngineSettings.DEFAULT.withRuns(3, 7));
        assertThatThrownBy(() -> read(Map.of("landslide.threads", "two", "landslide.runs", "0")))
                .isInstanceOf(SegmentationException.class)
                .hasMessage("the system property landslide.runs is '0', expected a whole number from 1 to 2147483647;"
                        + " the system property landslide.threads is 'two', expected a whole number from 0 to 1024");
        assertThatThrownBy(() -> read(Map.of("landslide.batch", "5000")))
                .hasMessage("the system property landslide.batch is '5000', expected a whole number from 0 to 1024");
    }

    @Test
    void a_model_at_work_is_not_removed() throws Exception {
        Path models = Files.createDirectory(folder.resolve("models"));
        TinyModel.BLURRED_RED.write(models.resolve("red.zip"), 64, 16);
        ModelRegistry registry = new ModelRegistry(models, Optional.empty());
        ModelSession session = registry.session(Optional.empty(), new Device.Cpu());
        String name = session.description().name();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        RenderedImage image = Segmentation.of(
                        session,
                        SegmentationRequest.of(Map.of("optical", heldBack(begun, open), "dem", dem)),
                        Monitor.NONE)
                .probability()
                .getRenderedImage();
        CompletableFuture<Raster> running = CompletableFuture.supplyAsync(() -> image.getTile(0, 0));
        begun.await();
        // Nor when it would not be given out any more, for its settings have changed.
        registry.configure(Optional.empty(), EngineSettings.DEFAULT.withRuns(2, 3));
        assertThat(registry.session(Optional.empty(), new Device.Cpu())).isNotSameAs(session);
        ModelStore store = new ModelStore(registry, 1);
        assertThatThrownBy(() -> store.remove(name))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage("the model '" + name + "' is at work; try again when it is done")
                .extracting("reason")
                .isEqualTo(ModelRefusedException.Reason.BUSY);
        open.countDown();
        assertThat(running.join().getWidth()).isEqualTo(512);
        awaitIdle();
        store.remove(name);
        assertThat(registry.models()).isEmpty();
    }

    /** Threads of the engine end when there is nothing to do. */
    private static void awaitIdle() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            boolean alive = Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals(Workers.NAME));
            if (!alive) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("threads of the engine are still there after 10 seconds of nothing to do");
    }
}
