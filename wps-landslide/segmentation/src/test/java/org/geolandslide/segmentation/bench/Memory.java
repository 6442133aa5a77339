package org.geolandslide.segmentation.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory this process takes. */
final class Memory {
    private static final double MEGABYTE = 1 << 20;

    private Memory() {}

    /** Forgets the peaks so far. */
    static void reset() {
        System.gc();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** The most that the heap held since the reset, garbage included, in megabytes. */
    static double heapPeakMegabytes() {
        return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MEGABYTE;
    }

    /** What the heap holds after a collection, in megabytes. */
    static double heapLiveMegabytes() {
        System.gc();
        return heap().stream().mapToLong(pool -> pool.getUsage().getUsed()).sum() / MEGABYTE;
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** Resident memory of the process in megabytes: now ({@code VmRSS}) or at most ({@code VmHWM}); NaN where it is not told. */
    static double residentMegabytes(String field) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }
}
