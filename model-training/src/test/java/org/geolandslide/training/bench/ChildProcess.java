package org.geolandslide.training.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One side of the bench in a process of its own ({@link BenchChild}). */
final class ChildProcess implements AutoCloseable {
    private static final String HEAP = "-Xmx1g";
    private static final int SECONDS_TO_END = 20;

    private final BenchChild.Side side;
    private final Process process;
    private final Path errors;
    private final BufferedReader answers;
    private final BufferedWriter orders;
    private final long trainableParameters;
    private final String title;

    private ChildProcess(BenchChild.Side side, Process process, Path errors) throws IOException {
        this.side = side;
        this.process = process;
        this.errors = errors;
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        String[] ready = answer(BenchChild.READY).split(" ", 2);
        trainableParameters = Long.parseLong(ready[0]);
        title = ready[1];
    }

    /**
     * Starts a side and waits until it is ready to train.
     *
     * @param folder for files of this run; the peer's native library is unpacked into it, once for all processes
     * @throws PeerUnavailableException if the peer's library does not run here
     */
    static ChildProcess start(BenchChild.Side side, Workload workload, Path folder) throws IOException {
        Path own = Files.createTempDirectory(folder, side.name());
        Path errors = own.resolve("errors.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-Djava.awt.headless=true",
                "-Dcom.sun.media.jai.disableMediaLib=true",
                "-Djava.io.tmpdir=" + own,
                "-Dai.djl.offline=true",
                "-DDJL_CACHE_DIR=" + folder.resolve("peer"),
                "-DENGINE_CACHE_DIR=" + folder.resolve("peer"),
                "-Dai.djl.pytorch.num_threads=" + workload.threads(),
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-cp",
                System.getProperty("java.class.path"),
                BenchChild.class.getName(),
                side.name(),
                own.toString()));
        command.addAll(workload.toArguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(workload.threads()));
        // Waiting threads sleep, as this project's do: where others work, too, spinning ones cost PyTorch most of its
        // speed.
        builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
        // Would be taken instead of the folder above.
        builder.environment().keySet().removeAll(List.of("DJL_CACHE_DIR", "ENGINE_CACHE_DIR", "PYTORCH_LIBRARY_PATH"));
        Process process = builder.start();
        try {
            return new ChildProcess(side, process, errors);
        } catch (IOException | RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    /** Numbers that training changes. */
    long trainableParameters() {
        return trainableParameters;
    }

    /** What trains, with versions. */
    String title() {
        return title;
    }

    /** Trains, and tells how long that took. */
    Turn train(Contestant.Feed feed, int steps) throws IOException {
        order(BenchChild.TRAIN + " " + feed + " " + steps);
        String[] seconds = answer(BenchChild.SECONDS).split(" ", 2);
        return new Turn(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
    }

    /** The most memory that the process had so far, in megabytes. */
    double peakMegabytes() throws IOException {
        order(BenchChild.PEAK);
        return Long.parseLong(answer(BenchChild.KILOBYTES)) / 1024.0;
    }

    private void order(String text) throws IOException {
        orders.write(text);
        orders.newLine();
        orders.flush();
    }

    private String answer(String kind) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (!line.startsWith(BenchChild.ANSWER)) {
                continue; // a library speaks
            }
            String[] words = line.substring(BenchChild.ANSWER.length()).split(" ", 2);
            if (words[0].equals(BenchChild.UNAVAILABLE)) {
                throw new PeerUnavailableException(words[1]);
            }
            if (!words[0].equals(kind)) {
                throw new IOException("the process of " + side + " answered '" + line + "', expected " + kind);
            }
            return words[1];
        }
        throw new IOException("the process of " + side + " ended: " + lastError());
    }

    private String lastError() throws IOException {
        List<String> lines = Files.readAllLines(errors);
        return lines.stream()
                .filter(line -> line.startsWith("Exception in") || line.startsWith("Caused by"))
                .reduce((first, second) -> second)
                .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
