package org.geolandslide.segmentation.bench;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geotools.coverage.grid.GridCoverage2D;

/**
 * A raster that is made while it is read, streamed into a mask.
 *
 * @param session what runs
 * @param coverages the raster
 * @param mask where the mask goes
 */
record StreamBench(ModelSession session, Map<String, GridCoverage2D> coverages, Path mask) {
    private static final int CORNER = 512;

    /** What was measured. */
    record Result(
            long cornerWindows,
            double cornerSeconds,
            long windows,
            int batch,
            double seconds,
            double heapPeakMegabytes,
            double heapLiveMegabytes,
            double residentPeakMegabytes) {}

    Result measure(Monitor monitor) throws IOException {
        Segmentation corner = Segmentation.of(session, SegmentationRequest.of(coverages), Monitor.NONE);
        RenderedImage probability = corner.probability().getRenderedImage();
        int side = Math.min(CORNER, probability.getWidth());
        long start = System.nanoTime();
        probability.getData(new Rectangle(probability.getWidth() - side, probability.getHeight() - side, side, side));
        final double cornerSeconds = (System.nanoTime() - start) / 1e9;
        final long cornerWindows = corner.windowsRun();
        Memory.reset();
        Segmentation whole = Segmentation.of(session, SegmentationRequest.of(coverages), monitor);
        whole.announceWholeRead(1);
        start = System.nanoTime();
        GeoTiffFile.write(whole.mask(), mask);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(
                cornerWindows,
                cornerSeconds,
                whole.windowsRun(),
                whole.batch(),
                seconds,
                Memory.heapPeakMegabytes(),
                Memory.heapLiveMegabytes(),
                Memory.residentMegabytes("VmHWM"));
    }
}
