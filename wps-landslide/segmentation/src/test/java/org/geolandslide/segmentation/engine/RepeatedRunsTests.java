package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.coverage.grid.GridCoverage2D;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server maps for months: 500 segmentations in one process, every third of them cancelled, take no more memory than 100. */
class RepeatedRunsTests {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int RUNS = 500;
    private static final int WARM = 150;

    @TempDir
    private Path folder;

    /** Entry point of the process. */
    static final class Main {
        public static void main(String[] arguments) throws Exception {
            ModelSession session = ModelSession.open(ModelPackage.open(Path.of(arguments[0])), new Device.Cpu());
            RasterGrid grid = Rasters.utm(300, 200);
            GridCoverage2D optical = Rasters.red(grid, (x, y, band) -> (x * 37 + y * 91) % 251);
            GridCoverage2D dem = Rasters.floats(grid, (x, y, band) -> 500);
            SegmentationRequest request = SegmentationRequest.of(Map.of("optical", optical, "dem", dem));
            for (int i = 1; i <= RUNS; i++) {
                boolean cancelled = i % 3 == 0;
                Monitor monitor = (done, total) -> {
                    if (cancelled && done > 8) {
                        throw new CancellationException("enough");
                    }
                };
                try {
                    Segmentation.of(session, request, monitor).report();
                    if (cancelled) {
                        throw new IllegalStateException("the run was not cancelled");
                    }
                } catch (CancellationException e) {
                    if (!cancelled) {
                        throw e;
                    }
                }
                if (i == WARM || i == RUNS) {
                    System.gc();
                    System.out.println("state " + residentKilobytes() + " " + handles());
                }
            }
        }

        private static long residentKilobytes() throws Exception {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        }

        private static long handles() throws Exception {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return open.count();
            }
        }
    }

    @Test
    void memory_and_handles_stay_flat() throws Exception {
        if (!Files.isReadable(STATUS)) {
            System.err.println("SKIPPED: this system does not tell a process's memory in " + STATUS);
            Assumptions.abort("no " + STATUS);
        }
        Path model = TinyModel.BLURRED_RED.write(folder.resolve("model.zip"), 64, 16);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // All of the heap is resident from the beginning, so that what grows is native.
                        "-Xms128m",
                        "-Xmx128m",
                        "-XX:+AlwaysPreTouch",
                        "-Djava.awt.headless=true",
                        "-Dcom.sun.media.jai.disableMediaLib=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        model.toString())
                .redirectErrorStream(true);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        List<long[]> states = new ArrayList<>();
        printed.lines().filter(line -> line.startsWith("state ")).forEach(line -> {
            String[] words = line.split(" ", 3);
            states.add(new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])});
        });
        assertThat(states).as(printed).hasSize(2);
        assertThat((double) states.get(1)[0]).as(printed).isLessThan(states.get(0)[0] * 1.06);
        assertThat(states.get(1)[1]).as(printed).isLessThanOrEqualTo(states.get(0)[1] + 2);
    }
}
