package org.geolandslide.segmentation.engine;

import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.settings.SettingReader;
import org.geolandslide.segmentation.settings.SettingSource;

/**
 * What an operator may set. Each value has a system property of its own, {@code landslide.} and the name here; where there is a
 * settings file, it has it under the name alone.
 *
 * @param runs segmentations that use one model on one device at once; others wait for their turn, batch by batch
 * @param queue segmentations that may wait beside them; one more is refused
 * @param maximumPixels pixels of the largest raster (or region of one) that is segmented
 * @param batch windows that run together; 0 to measure which number is fastest
 * @param threads threads on which a segmentation runs the model on the processor; 0 for as many as there are cores
 * @param lanes runs of the model beside each other into which these threads are divided; 0 to measure which number is fastest
 * @param memoryMegabytes memory for results that may be asked for again, per segmentation
 * @param scratchMegabytes disk space for results that do not fit into memory and may be asked for again, per segmentation; beyond it they
 *     are computed again
 */
public record EngineSettings(
        int runs,
        int queue,
        long maximumPixels,
        int batch,
        int threads,
        int lanes,
        long memoryMegabytes,
        long scratchMegabytes) {
    /**
     * One run at a time, for a run uses all cores; 32 waiting; 100 gigapixels; all cores; batch and lanes measured; a quarter of the heap, 512 MB at
     * most; 16 GB of scratch.
     */
    public static final EngineSettings DEFAULT = new EngineSettings(
            1, 32, 100_000_000_000L, 0, 0, 0, Math.min(512, Runtime.getRuntime().maxMemory() / (4L << 20)), 16_384);

    public EngineSettings {
        require("runs", runs, 1);
        require("queue", queue, 0);
        require("maximumPixels", maximumPixels, 1);
        require("batch", batch, 0);
        require("threads", threads, 0);
        require("lanes", lanes, 0);
        require("memoryMegabytes", memoryMegabytes, 1);
        require("scratchMegabytes", scratchMegabytes, 0);
    }

    private static void require(String name, long value, long least) {
        if (value < least) {
            throw new SegmentationException(name + " is " + value + ", expected " + least + " or more");
        }
    }

    /**
     * The settings of this process, from system properties alone.
     *
     * @throws SegmentationException if a property is no number, too small or too large
     */
    public static EngineSettings ofSystem() {
        SettingReader reader = new SettingReader(SettingSource.systemProperties(System::getProperty));
        EngineSettings settings = of(reader);
        reader.requireSound();
        return settings;
    }

    /** Settings as they were written; what is missing, or a mistake that the reader will tell, has its default. */
    public static EngineSettings of(SettingReader reader) {
        return new EngineSettings(
                Math.toIntExact(reader.number("runs", DEFAULT.runs, 1, Integer.MAX_VALUE)),
                Math.toIntExact(reader.number("queue", DEFAULT.queue, 0, Integer.MAX_VALUE)),
                reader.number("maximumPixels", DEFAULT.maximumPixels, 1, Long.MAX_VALUE),
                Math.toIntExact(reader.number("batch", DEFAULT.batch, 0, 1024)),
                Math.toIntExact(reader.number("threads", DEFAULT.threads, 0, 1024)),
                Math.toIntExact(reader.number("lanes", DEFAULT.lanes, 0, 1024)),
                reader.number("memoryMegabytes", DEFAULT.memoryMegabytes, 1, Long.MAX_VALUE >> 20),
                reader.number("scratchMegabytes", DEFAULT.scratchMegabytes, 0, Long.MAX_VALUE >> 20));
    }

    /** The same with another batch; 0 to measure. */
    public EngineSettings withBatch(int windows) {
        return new EngineSettings(
                runs, queue, maximumPixels, windows, threads, lanes, memoryMegabytes, scratchMegabytes);
    }

    /** The same with another number of lanes; 0 to measure. */
    public EngineSettings withLanes(int number) {
        return new EngineSettings(
                runs, queue, maximumPixels, batch, threads, number, memoryMegabytes, scratchMegabytes);
    }

    /** The same with another number of threads; 0 for all cores. */
    public EngineSettings withThreads(int number) {
        return new EngineSettings(runs, queue, maximumPixels, batch, number, lanes, memoryMegabytes, scratchMegabytes);
    }

    /** The same with other numbers of segmentations at once and waiting. */
    public EngineSettings withRuns(int number, int waiting) {
        return new EngineSettings(
                number, waiting, maximumPixels, batch, threads, lanes, memoryMegabytes, scratchMegabytes);
    }

    /** The same with another largest raster. */
    public EngineSettings withMaximumPixels(long pixels) {
        return new EngineSettings(runs, queue, pixels, batch, threads, lanes, memoryMegabytes, scratchMegabytes);
    }

    /** The same with other room for results. */
    public EngineSettings withRoom(long memory, long scratch) {
        return new EngineSettings(runs, queue, maximumPixels, batch, threads, lanes, memory, scratch);
    }
}
