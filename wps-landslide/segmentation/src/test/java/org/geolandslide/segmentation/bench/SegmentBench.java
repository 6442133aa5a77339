package org.geolandslide.segmentation.bench;

import ai.onnxruntime.OrtException;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.segmentation.command.InputFiles;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.segmentation.io.Concurrently;
import org.geolandslide.segmentation.io.GeoTiffFile;

/**
 * The engine from GeoTIFF to GeoTIFF beside a bare loop over the model, turn by turn: the same number of windows, the same batch, the same
 * threads and lanes, the same run.
 *
 * @param model what runs
 * @param session the engine's session
 * @param inputs a GeoTIFF per input of the model
 * @param folder for the results, which are written anew each time
 * @param rounds turns of each side
 */
record SegmentBench(ModelPackage model, ModelSession session, Map<String, Path> inputs, Path folder, int rounds) {

    /** Windows in a run of the loop that makes one run at a time: with so many, all threads have something to do. */
    private static final int SINGLE_BATCH = 4;

    /** What was measured. */
    record Result(
            long windows,
            long pixels,
            int batch,
            int threads,
            int lanes,
            List<Double> seconds,
            List<Double> bareSeconds,
            List<Double> singleSeconds,
            double heapPeakMegabytes,
            double residentPeakMegabytes) {

        double windowsPerSecond() {
            return windows / median(seconds);
        }

        double bareWindowsPerSecond() {
            return windows / median(bareSeconds);
        }

        /** Of a bare loop in which one run at a time uses all threads. */
        double singleWindowsPerSecond() {
            return windows / median(singleSeconds);
        }

        double megapixelsPerSecond() {
            return pixels / 1e6 / median(seconds);
        }

        /** Speed of the engine as a share of the bare loop's: the median of the rounds. */
        double ratio() {
            return median(ratios());
        }

        List<Double> ratios() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < seconds.size(); i++) {
                ratios.add(bareSeconds.get(i) / seconds.get(i));
            }
            return ratios;
        }

        private static double median(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }
    }

    /** What a run was. */
    private record Run(long windows, int batch, long pixels) {}

    Result measure(IntConsumer progress) throws IOException, OrtException {
        // The first run warms the virtual machine up and tells what the engine chose.
        Run first = segment();
        int batch = first.batch();
        List<Double> seconds = new ArrayList<>();
        List<Double> bareSeconds = new ArrayList<>();
        List<Double> singleSeconds = new ArrayList<>();
        double heapPeak = 0;
        try (BareLoop bare = new BareLoop(model, session.threads(), session.lanes());
                BareLoop single = new BareLoop(model, session.threads(), 1)) {
            bare.seconds((long) batch * session.lanes(), batch);
            single.seconds(SINGLE_BATCH, SINGLE_BATCH);
            for (int round = 0; round < rounds; round++) {
                // Who begins takes turns, too.
                if (round % 2 == 0) {
                    bareSeconds.add(bare.seconds(first.windows(), batch));
                }
                Memory.reset();
                long start = System.nanoTime();
                segment();
                seconds.add((System.nanoTime() - start) / 1e9);
                heapPeak = Math.max(heapPeak, Memory.heapPeakMegabytes());
                if (round % 2 == 1) {
                    bareSeconds.add(bare.seconds(first.windows(), batch));
                }
                singleSeconds.add(single.seconds(first.windows(), SINGLE_BATCH));
                progress.accept(round + 1);
            }
        }
        return new Result(
                first.windows(),
                first.pixels(),
                batch,
                session.threads(),
                session.lanes(),
                seconds,
                bareSeconds,
                singleSeconds,
                heapPeak,
                Memory.residentMegabytes("VmHWM"));
    }

    /** GeoTIFFs in, probability and mask out. */
    private Run segment() throws IOException {
        try (InputFiles files = InputFiles.open(inputs)) {
            Segmentation segmentation =
                    Segmentation.of(session, SegmentationRequest.of(files.coverages()), Monitor.NONE);
            segmentation.announceWholeRead(2);
            try {
                Concurrently.run(List.of(
                        () -> GeoTiffFile.write(
                                segmentation.probability(),
                                folder.resolve("probability.tif"),
                                segmentation.provenance("probability")),
                        () -> GeoTiffFile.write(
                                segmentation.mask(), folder.resolve("mask.tif"), segmentation.provenance("mask"))));
                RenderedImage image = segmentation.probability().getRenderedImage();
                return new Run(
                        segmentation.windowsRun(), segmentation.batch(), (long) image.getWidth() * image.getHeight());
            } finally {
                segmentation.stop();
            }
        }
    }
}
