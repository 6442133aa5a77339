package org.geolandslide.training.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.geolandslide.model.command.CapturedConsole;
import org.geolandslide.model.command.CommandRunner;
import org.geolandslide.training.graph.Parameter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/** {@code bench train} at the smallest size. Both sides run in processes of their own: no PyTorch is loaded here. */
class BenchTrainTests {
    private final PrintStream realErr = System.err;

    @RegisterExtension
    final CapturedConsole console = new CapturedConsole();

    @TempDir
    private Path folder;

    @Command(
            name = "landslide",
            subcommands = {BenchCommand.class})
    private static final class Entry {}

    private static int run(String... arguments) {
        return CommandRunner.run(new Entry(), arguments);
    }

    private static Workload tiny(BenchNetwork network) {
        return new Workload(network, 32, 2, 1);
    }

    private void skip(String reason) {
        // Past the captured console, for somebody has to see it.
        realErr.println("SKIPPED, for the peer does not run here: " + reason.strip());
        Assumptions.abort(reason);
    }

    @Test
    void this_projects_side_trains_on_both_feeds() throws IOException {
        try (ChildProcess own = ChildProcess.start(BenchChild.Side.OURS, tiny(BenchNetwork.UNET), folder)) {
            assertThat(own.title()).startsWith("ONNX Runtime 1.");
            assertThat(own.train(Contestant.Feed.READY, 2).seconds()).isPositive();
            assertThat(own.train(Contestant.Feed.STREAM, 2).processorSeconds()).isPositive();
            assertThat(own.peakMegabytes()).isGreaterThan(10);
        }
    }

    @Test
    void the_u_net_has_the_parameters_that_its_layers_add_up_to() throws Exception {
        long convolutions = 9L * (4 * 16 + 16 * 16 + 16 * 32 + 32 * 32 + 32 * 64 + 64 * 64)
                + 9L * ((64 + 32) * 32 + 32 * 32 + (32 + 16) * 16 + 16 * 16);
        long normalisations = 2L * 2 * (16 + 32 + 64 + 32 + 16);
        long expected = convolutions + normalisations + 16 + 1;
        long found =
                GraphContestant.build(BenchNetwork.UNET.graph(), tiny(BenchNetwork.UNET), true)
                        .graph()
                        .parameters()
                        .stream()
                        .filter(Parameter::trainable)
                        .mapToLong(parameter -> parameter.initial().length)
                        .sum();
        assertThat(found).isEqualTo(expected);
        try (ChildProcess peer = ChildProcess.start(BenchChild.Side.PEER, tiny(BenchNetwork.UNET), folder)) {
            assertThat(peer.trainableParameters()).isEqualTo(expected);
        } catch (PeerUnavailableException e) {
            skip(e.getMessage());
        }
    }

    @Test
    void both_rmau_nets_have_the_parameters_that_their_layers_add_up_to() throws Exception {
        long found =
                GraphContestant.build(BenchNetwork.RMAUNET.graph(), tiny(BenchNetwork.RMAUNET), true)
                        .graph()
                        .parameters()
                        .stream()
                        .filter(Parameter::trainable)
                        .mapToLong(parameter -> parameter.initial().length)
                        .sum();
        assertThat(found).isEqualTo(rmauParameters(16, 23, 32));
        try (ChildProcess peer = ChildProcess.start(BenchChild.Side.PEER, tiny(BenchNetwork.RMAUNET), folder)) {
            assertThat(peer.trainableParameters()).isEqualTo(rmauParameters(16, 23, 32));
            assertThat(peer.train(Contestant.Feed.READY, 1).seconds()).isPositive();
        } catch (PeerUnavailableException e) {
            skip(e.getMessage());
        }
    }

    /** Counted from the description of the network, not from its code. */
    private static long rmauParameters(long width, long bands, long side) {
        long total = 9 * bands * width + 2 * width;
        for (int level = 0; level < 4; level++) {
            total += rmauBlock(width, width, side >> level) + 4 * width * width;
        }
        total += rmauBlock(width, width, side >> 4);
        for (int level = 3; level >= 0; level--) {
            long below = width * (4 - level);
            long channels = below + width;
            total += 4 * below * below + rmauBlock(channels, channels, side >> level);
            total += level < 3 ? 2 : 0;
        }
        return total;
    }

    private static long rmauBlock(long in, long out, long side) {
        long convolutions = 9 * in * out + 4 * in * out + 9 * out * out + 3 * 2 * out;
        return convolutions + attention(side) + 2 * attention(out);
    }

    private static long attention(long features) {
        return 4 * 72 * features + features;
    }

    @Test
    void a_run_prints_both_speeds_and_writes_them_as_json() throws IOException {
        Path json = folder.resolve("bench.json");
        int exitCode = run(
                "bench",
                "train",
                "--network",
                "unet",
                "--rounds",
                "2",
                "--steps",
                "1",
                "--batch",
                "2",
                "--window",
                "32",
                "--threads",
                "1",
                "--json",
                json.toString());
        if (exitCode == 1 && console.err().contains(PeerUnavailableException.WHAT)) {
            skip(console.err());
        }
        assertThat(console.err()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(console.out())
                .contains("U-Net 16/32/64, 118,737 parameters", "ONNX Runtime 1.", "PyTorch 2.", "images/s", "ratio ");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        double ratio = report.get("ratio").asDouble();
        assertThat(ratio).isPositive();
        assertThat(report.get("imagesPerSecond").asDouble()
                        / report.get("peerImagesPerSecond").asDouble())
                .isCloseTo(ratio, org.assertj.core.data.Percentage.withPercentage(0.1));
        assertThat(report.get("inputPipelineCost").isNumber()).isTrue();
        assertThat(report.get("threads").asInt()).isEqualTo(1);
        JsonNode network = report.get("networks").get(0);
        assertThat(network.get("name").asText()).isEqualTo("U-Net 16/32/64");
        assertThat(network.get("ratio").asDouble()).isEqualTo(ratio);
        assertThat(network.get("peakMegabytes").asDouble()).isGreaterThan(10);
        assertThat(network.get("peerPeakMegabytes").asDouble()).isGreaterThan(10);
    }

    @Test
    void wrong_usage_has_the_exit_code_2() {
        assertThat(run("bench")).isEqualTo(2);
        assertThat(run("bench", "train", "--batch", "1")).isEqualTo(2);
        assertThat(run("bench", "train", "--window", "100")).isEqualTo(2);
        assertThat(run("bench", "train", "--threads", "-1")).isEqualTo(2);
        assertThat(run("bench", "train", "--network", "resnet")).isEqualTo(2);
        assertThat(console.err())
                .contains("--batch is 1, expected 2 or more", "--window is 100, expected a multiple of 16");
    }

    @Test
    void a_report_that_cannot_be_written_is_found_out_first() throws IOException {
        assertThat(run("bench", "train", "--json", folder.toString())).isEqualTo(1);
        assertThat(console.errLines()).singleElement().asString().contains("is a folder, expected a file to write");
    }
}
