package org.geolandslide.training.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.geolandslide.model.OutputFile;
import org.geolandslide.model.command.ConsoleProgress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code landslide bench train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains the same networks with this project and with DJL and PyTorch, turn by turn, each in a process of its own;"
                    + " prints images per second and peak memory of both, and what making batches costs.",
            "Other work on the machine moves the figures; the ratios of one run hold better."
        })
final class BenchTrainCommand implements Callable<Integer> {

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "Network that is trained: ${COMPLETION-CANDIDATES} (any case); may be repeated; default: all"
                    + " that both sides have.")
    private Set<BenchNetwork> networks = EnumSet.noneOf(BenchNetwork.class);

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads of a step, on both sides; default: as many as the machine has cores.")
    private int threads;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "9",
            description = "Turns of each side; the figures are their medians; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "10",
            description = "Training steps per turn; default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "8",
            description = "Images per step, 2 or more; default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--window",
            paramLabel = "PX",
            defaultValue = "128",
            description = "Side of the images, a multiple of 16; default: ${DEFAULT-VALUE}.")
    private int window;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        requireAtLeast("--threads", threads, 0);
        requireAtLeast("--rounds", rounds, 1);
        requireAtLeast("--steps", steps, 1);
        requireAtLeast("--batch", batch, 2);
        requireAtLeast("--window", window, 16);
        if (window % 16 != 0) {
            throw new ParameterException(spec.commandLine(), "--window is " + window + ", expected a multiple of 16");
        }
        if (json != null) {
            OutputFile.requireWritable(json);
        }
        int effectiveThreads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        List<NetworkResult> results = measure(new TrainBench(window, batch, effectiveThreads, rounds, steps));
        if (json != null) {
            ObjectNode node = toJson(results, effectiveThreads);
            OutputFile.write(json, unfinished -> Files.writeString(unfinished, node.toPrettyString() + "\n"));
        }
        return CommandLine.ExitCode.OK;
    }

    private void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + ", expected " + least + " or more");
        }
    }

    private List<NetworkResult> measure(TrainBench bench) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<NetworkResult> results = new ArrayList<>();
        Path folder = Files.createTempDirectory("geolandslide-bench");
        Thread cleaning = new Thread(() -> remove(folder));
        // Holds the peer's unpacked library, half a gigabyte: not to be left behind by an interrupted run either.
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            for (BenchNetwork network : networks.isEmpty() ? List.of(BenchNetwork.values()) : networks) {
                NetworkResult result;
                try (ConsoleProgress progress = ConsoleProgress.start(network.title(), "rounds", out)) {
                    result = bench.measure(network, folder, progress::at);
                }
                out.print(result.toText());
                out.flush();
                results.add(result);
            }
        } finally {
            remove(folder);
            Runtime.getRuntime().removeShutdownHook(cleaning);
        }
        return results;
    }

    /** The first network's figures, then those of each. */
    private ObjectNode toJson(List<NetworkResult> results, int effectiveThreads) {
        NetworkResult first = results.get(0);
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("imagesPerSecond", first.withPeer().firstSpeed())
                .put("peerImagesPerSecond", first.withPeer().secondSpeed())
                .put("ratio", first.withPeer().ratio())
                .put("inputPipelineCost", first.inputPipelineCost())
                .put("runtime", first.ours())
                .put("peer", first.peer())
                .put("threads", effectiveThreads)
                .put("batch", batch)
                .put("window", window)
                .put("rounds", rounds)
                .put("steps", steps);
        ArrayNode each = node.putArray("networks");
        results.forEach(result -> each.add(result.toJson()));
        return node;
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Temporary files, which the system removes some day: no reason to fail after the work is done.
            return;
        }
    }
}
