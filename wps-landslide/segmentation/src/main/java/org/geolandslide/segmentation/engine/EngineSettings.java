package org.geolandslide.segmentation.engine;

import java.util.function.UnaryOperator;
import org.geolandslide.segmentation.SegmentationException;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may set. Each value has a system property of its own, {@code landslide.} and the name here.
 *
 * @param runs segmentations that use one model on one device at once; others wait for their turn, batch by batch
 * @param queue segmentations that may wait beside them; one more is refused
 * @param maximumPixels pixels of the largest raster (or region of one) that is segmented
 * @param batch windows that run together; 0 to measure which number is fastest
 * @param threads threads of a run on the processor; 0 to measure which number is fastest
 * @param memoryMegabytes memory for results that may be asked for again, per segmentation
 * @param scratchMegabytes disk space for results that do not fit into memory and may be asked for again, per segmentation; beyond it they
 *     are computed again
 */
public record EngineSettings(
        int runs, int queue, long maximumPixels, int batch, int threads, long memoryMegabytes, long scratchMegabytes) {
    /**
     * One run at a time, for a run uses all cores; 32 waiting; 100 gigapixels; batch and threads measured; a quarter of the heap, 512 MB at
     * most; 16 GB of scratch.
     */
    public static final EngineSettings DEFAULT = new EngineSettings(
            1, 32, 100_000_000_000L, 0, 0, Math.min(512, Runtime.getRuntime().maxMemory() / (4L << 20)), 16_384);

    public EngineSettings {
        require("runs", runs, 1);
        require("queue", queue, 0);
        require("maximumPixels", maximumPixels, 1);
        require("batch", batch, 0);
        require("threads", threads, 0);
        require("memoryMegabytes", memoryMegabytes, 1);
        require("scratchMegabytes", scratchMegabytes, 0);
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new SegmentationException(name + " is " + value + ", expected " + least + " or more");
        }
    }

    /**
     * The settings of this process.
     *
     * @throws SegmentationException if a property is no number or too small
     */
    public static EngineSettings ofSystem() {
        return of(System::getProperty);
    }

    /** Settings from named properties; what is missing has its default. */
    static EngineSettings of(UnaryOperator<@Nullable String> properties) {
        return new EngineSettings(
                Math.toIntExact(number(properties, "runs", DEFAULT.runs, Integer.MAX_VALUE)),
                Math.toIntExact(number(properties, "queue", DEFAULT.queue, Integer.MAX_VALUE)),
                number(properties, "maximumPixels", DEFAULT.maximumPixels, Long.MAX_VALUE),
                Math.toIntExact(number(properties, "batch", DEFAULT.batch, 1024)),
                Math.toIntExact(number(properties, "threads", DEFAULT.threads, 1024)),
                number(properties, "memoryMegabytes", DEFAULT.memoryMegabytes, Long.MAX_VALUE >> 20),
                number(properties, "scratchMegabytes", DEFAULT.scratchMegabytes, Long.MAX_VALUE >> 20));
    }

    private static long number(UnaryOperator<@Nullable String> properties, String name, long otherwise, long most) {
        String property = "landslide." + name;
        String text = properties.apply(property);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.trim());
            if (value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new SegmentationException(property + " is '" + text + "', expected a whole number", e);
        }
        throw new SegmentationException(property + " is " + text + ", expected at most " + most);
    }

    /** The same with another batch; 0 to measure. */
    public EngineSettings withBatch(int windows) {
        return new EngineSettings(runs, queue, maximumPixels, windows, threads, memoryMegabytes, scratchMegabytes);
    }

    /** The same with another number of threads; 0 to measure. */
    public EngineSettings withThreads(int number) {
        return new EngineSettings(runs, queue, maximumPixels, batch, number, memoryMegabytes, scratchMegabytes);
    }

    /** The same with other numbers of segmentations at once and waiting. */
    public EngineSettings withRuns(int number, int waiting) {
        return new EngineSettings(number, waiting, maximumPixels, batch, threads, memoryMegabytes, scratchMegabytes);
    }

    /** The same with another largest raster. */
    public EngineSettings withMaximumPixels(long pixels) {
        return new EngineSettings(runs, queue, pixels, batch, threads, memoryMegabytes, scratchMegabytes);
    }

    /** The same with other room for results. */
    public EngineSettings withRoom(long memory, long scratch) {
        return new EngineSettings(runs, queue, maximumPixels, batch, threads, memory, scratch);
    }
}
