package org.geolandslide.training.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Entry point of a side's process. It says {@code bench: ready TRAINABLE_PARAMETERS TITLE}, then obeys line by line:
 *
 * <ul>
 *   <li>{@code train FEED STEPS}: trains, and answers {@code bench: seconds S C}, the time that passed and the processor time that
 *       the process took;
 *   <li>{@code peak}: answers {@code bench: kilobytes K}, the most memory that the process ever had (VmHWM).
 * </ul>
 *
 * It ends with its standard input. Where PyTorch cannot be loaded it says {@code bench: unavailable REASON} and ends.
 */
final class BenchChild {
    /** Before every answer, for libraries print, too. */
    static final String ANSWER = "bench: ";

    static final String READY = "ready";
    static final String UNAVAILABLE = "unavailable";
    static final String TRAIN = "train";
    static final String SECONDS = "seconds";
    static final String PEAK = "peak";
    static final String KILOBYTES = "kilobytes";

    /** Steps before the first measured one. */
    private static final int WARM_UP = 3;

    /** Which side a process is. */
    enum Side {
        OURS,
        PEER
    }

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private BenchChild() {}

    /** Arguments: the side, a folder for files, the workload. */
    public static void main(String[] arguments) throws Exception {
        Side side = Side.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Workload workload = Workload.of(Arrays.asList(arguments).subList(2, arguments.length));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (side == Side.PEER) {
            try {
                PeerContestant.load();
            } catch (RuntimeException | LinkageError e) {
                String reason =
                        String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                out.println(ANSWER + UNAVAILABLE + " " + e.getClass().getSimpleName() + ": " + reason);
                return;
            }
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Contestant contestant =
                side == Side.PEER ? PeerContestant.open(workload) : GraphContestant.open(workload, folder)) {
            train(contestant, Contestant.Feed.READY, WARM_UP);
            out.println(ANSWER + READY + " " + contestant.trainableParameters() + " " + contestant.title());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(ANSWER + obey(contestant, List.of(line.split(" ", 3))));
            }
        }
    }

    private static String obey(Contestant contestant, List<String> order) throws Exception {
        return switch (order.get(0)) {
            case TRAIN ->
                SECONDS
                        + " "
                        + train(contestant, Contestant.Feed.valueOf(order.get(1)), Integer.parseInt(order.get(2)));
            case PEAK -> KILOBYTES + " " + peakKilobytes();
            default -> throw new IllegalArgumentException("there is no order " + order);
        };
    }

    private static String train(Contestant contestant, Contestant.Feed feed, int steps) throws Exception {
        long start = System.nanoTime();
        long processorStart = PROCESS.getProcessCpuTime();
        double loss = contestant.train(feed, steps);
        double processorSeconds = (PROCESS.getProcessCpuTime() - processorStart) / 1e9;
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("the loss became " + loss + ": that is no training");
        }
        return seconds + " " + processorSeconds;
    }

    private static long peakKilobytes() throws IOException {
        String name = "VmHWM:";
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).trim().split(" ", 2)[0])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/self/status has no line " + name));
    }
}
