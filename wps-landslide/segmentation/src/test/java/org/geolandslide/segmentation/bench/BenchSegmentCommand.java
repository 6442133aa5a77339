package org.geolandslide.segmentation.bench;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.geom.AffineTransform;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.OutputFile;
import org.geolandslide.model.command.ConsoleProgress;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.EngineSettings;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geotools.api.referencing.FactoryException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.referencing.CRS;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code landslide bench segment}. */
@Command(
        name = "segment",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Segments GeoTIFFs into GeoTIFFs, and runs the same model on as many windows in a bare loop, turn by turn; prints windows"
                    + " per second of both, the ratio, and memory.",
            "With --synthetic, streams a raster that is made while it is read through a model of one layer, and checks that memory does"
                    + " not grow with the raster.",
            "Other work on the machine moves the figures; the ratios of one run hold better."
        })
final class BenchSegmentCommand implements Callable<Integer> {
    /** Side of a pixel in metres where the model states none. */
    private static final double PIXEL = 2;

    private static final int EPSG_UTM = 32632;

    @Option(
            names = "--model",
            paramLabel = "PACKAGE",
            description =
                    "Model package; default: the plugin's default model, rmau-net-optical, where it lies in the checkout, else eight"
                            + " convolutions of 48 channels with random weights; with --synthetic one layer.")
    private @Nullable Path model;

    @Option(
            names = "--input",
            paramLabel = "NAME=FILE.tif",
            description = "GeoTIFF for an input of the model; default: a texture of --size pixels.")
    private Map<String, Path> inputs = new LinkedHashMap<>();

    @Option(
            names = "--size",
            paramLabel = "PIXELS",
            defaultValue = "2048",
            description = "Side of the raster that is made where no input is given; default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Turns of each side; the figures are their medians; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Threads on both sides; default: all cores.")
    private int threads;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Runs of the model beside each other on these threads, on both sides; default: measured.")
    private int lanes;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "0",
            description = "Windows that run together, on both sides; default: measured.")
    private int batch;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "cpu",
            description = "With --synthetic: auto, cpu, cuda or cuda:n; default: ${DEFAULT-VALUE}.")
    private String device = "cpu";

    @Option(
            names = "--synthetic",
            paramLabel = "PIXELS",
            description = "Stream a raster of so many pixels on each side into a mask.")
    private @Nullable Integer synthetic;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, OrtException, FactoryException {
        requireAtLeast("--size", size, 256);
        requireAtLeast("--rounds", rounds, 1);
        requireAtLeast("--threads", threads, 0);
        requireAtLeast("--lanes", lanes, 0);
        requireAtLeast("--batch", batch, 0);
        if (synthetic != null) {
            requireAtLeast("--synthetic", synthetic, 1024);
        }
        if (json != null) {
            OutputFile.requireWritable(json);
        }
        Path folder = Files.createTempDirectory("geolandslide-bench");
        Thread cleaning = new Thread(() -> remove(folder));
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            ObjectNode figures = synthetic == null ? files(folder) : stream(folder, synthetic);
            if (json != null) {
                OutputFile.write(json, unfinished -> Files.writeString(unfinished, figures.toPrettyString() + "\n"));
            }
        } finally {
            remove(folder);
            Runtime.getRuntime().removeShutdownHook(cleaning);
        }
        return CommandLine.ExitCode.OK;
    }

    private void requireAtLeast(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + ", expected " + least + " or more");
        }
    }

    /** The plugin's default model, if this runs in a checkout. */
    private static Optional<Path> shipped() {
        return Optional.ofNullable(System.getProperty("landslide.home"))
                .map(home -> Path.of(home, "geoserver-data", "landslide", "models", "rmau-net-optical.zip"))
                .filter(Files::isRegularFile);
    }

    /** The model that was named, else another, else one that is made. */
    private ModelPackage open(Optional<Path> other, Path folder, ConvolutionalModel otherwise)
            throws IOException, OrtException {
        Optional<Path> present = model != null ? Optional.of(model) : other;
        return ModelPackage.open(present.isPresent() ? present.get() : otherwise.write(folder.resolve("model.zip")));
    }

    private EngineSettings settings() {
        return EngineSettings.ofSystem().withBatch(batch).withThreads(threads).withLanes(lanes);
    }

    private ObjectNode files(Path folder) throws IOException, OrtException, FactoryException {
        ModelPackage opened = open(shipped(), folder, new ConvolutionalModel(8, 48, 256, 64));
        ModelSession session = ModelSession.open(opened, Device.parse("cpu"), settings());
        Map<String, Path> files = new LinkedHashMap<>(inputs);
        double pixel = pixel(session.description());
        for (ModelInput input : inputs.isEmpty() ? session.description().inputs() : List.<ModelInput>of()) {
            Path file = folder.resolve(input.name() + ".tif");
            GeoTiffFile.write(texture(input, size, pixel), file);
            files.put(input.name(), file);
        }
        PrintWriter out = spec.commandLine().getOut();
        SegmentBench.Result result;
        try (ConsoleProgress progress = ConsoleProgress.start("bench segment", "rounds", out)) {
            result = new SegmentBench(opened, session, files, folder, rounds)
                    .measure(round -> progress.at(round, rounds));
        }
        List<Double> ratios = result.ratios().stream().sorted().toList();
        out.printf(
                Locale.ROOT,
                "%s, %,d windows of %d pixels, %.1f Mpx, batch %d, %d thread(s) in %d lane(s), ONNX Runtime %s%n",
                session.description().name(),
                result.windows(),
                session.description().windowing().size(),
                result.pixels() / 1e6,
                result.batch(),
                result.threads(),
                result.lanes(),
                ModelSession.runtimeVersion());
        out.printf(
                Locale.ROOT,
                "  GeoTIFF to GeoTIFF %8.1f windows/s %8.2f Mpx/s%n  bare loop          %8.1f windows/s%n"
                        + "  one run at a time  %8.1f windows/s%n"
                        + "  ratio %.3f (rounds from %.3f to %.3f)%n  heap %.0f MB at most, resident %.0f MB at most%n",
                result.windowsPerSecond(),
                result.megapixelsPerSecond(),
                result.bareWindowsPerSecond(),
                result.singleWindowsPerSecond(),
                result.ratio(),
                ratios.get(0),
                ratios.get(ratios.size() - 1),
                result.heapPeakMegabytes(),
                result.residentPeakMegabytes());
        out.flush();
        return JsonNodeFactory.instance
                .objectNode()
                .put("windowsPerSecond", result.windowsPerSecond())
                .put("bareWindowsPerSecond", result.bareWindowsPerSecond())
                .put("singleWindowsPerSecond", result.singleWindowsPerSecond())
                .put("ratio", result.ratio())
                .put("ratioLeast", ratios.get(0))
                .put("ratioMost", ratios.get(ratios.size() - 1))
                .put("megapixelsPerSecond", result.megapixelsPerSecond())
                .put("heapPeakMegabytes", result.heapPeakMegabytes())
                .put("residentPeakMegabytes", result.residentPeakMegabytes())
                .put("windows", result.windows())
                .put("batch", result.batch())
                .put("threads", result.threads())
                .put("lanes", result.lanes())
                .put("rounds", rounds)
                .put("model", session.description().name())
                .put("runtime", "ONNX Runtime " + ModelSession.runtimeVersion());
    }

    private ObjectNode stream(Path folder, int side) throws IOException, OrtException, FactoryException {
        ModelPackage opened = open(Optional.empty(), folder, new ConvolutionalModel(1, 1, 512, 16));
        ModelSession session = ModelSession.open(opened, Device.parse(device), settings());
        Map<String, GridCoverage2D> coverages = new LinkedHashMap<>();
        for (ModelInput input : session.description().inputs()) {
            coverages.put(input.name(), texture(input, side, pixel(session.description())));
        }
        PrintWriter out = spec.commandLine().getOut();
        StreamBench.Result result;
        try (ConsoleProgress progress = ConsoleProgress.start("bench segment", "windows", out)) {
            result = new StreamBench(session, coverages, folder.resolve("mask.tif")).measure(progress::at);
        }
        out.printf(
                Locale.ROOT,
                "%s, %,d x %,d pixels (%,.0f Mpx), %,d windows, batch %d, %d thread(s) in %d lane(s), device %s%n"
                        + "  a corner of 512 x 512 pixels first: %,d windows, %.2f s%n"
                        + "  all of it into a mask: %.1f windows/s, %.1f Mpx/s%n"
                        + "  heap %.0f MB at most of %.0f, %.0f MB live in the end; resident %.0f MB at most%n",
                session.description().name(),
                side,
                side,
                (double) side * side / 1e6,
                result.windows(),
                result.batch(),
                session.threads(),
                session.lanes(),
                session.device(),
                result.cornerWindows(),
                result.cornerSeconds(),
                result.windows() / result.seconds(),
                (double) side * side / 1e6 / result.seconds(),
                result.heapPeakMegabytes(),
                Runtime.getRuntime().maxMemory() / (double) (1 << 20),
                result.heapLiveMegabytes(),
                result.residentPeakMegabytes());
        out.flush();
        return JsonNodeFactory.instance
                .objectNode()
                .put("windowsPerSecond", result.windows() / result.seconds())
                .put("megapixelsPerSecond", (double) side * side / 1e6 / result.seconds())
                .put("cornerWindows", result.cornerWindows())
                .put("cornerSeconds", result.cornerSeconds())
                .put("heapPeakMegabytes", result.heapPeakMegabytes())
                .put("heapLiveMegabytes", result.heapLiveMegabytes())
                .put("residentPeakMegabytes", result.residentPeakMegabytes())
                .put("windows", result.windows())
                .put("pixels", (long) side * side)
                .put("batch", result.batch())
                .put("threads", session.threads())
                .put("model", session.description().name());
    }

    /** Writes red, green and blue of a texture as a GeoTIFF. */
    static void writeTexture(Path file, int side) throws IOException, FactoryException {
        GeoTiffFile.write(coverage("optical", SyntheticImage.colours(side, side), side, PIXEL), file);
    }

    /** Side of a pixel in metres: the model's own, so that nothing is resampled, which the bare loop does not do either. */
    private static double pixel(ModelDescription model) {
        return model.inputs().get(0).groundSampleDistance().orElse(PIXEL);
    }

    private static GridCoverage2D texture(ModelInput input, int side, double pixel) throws FactoryException {
        int bands = input.bands().size();
        boolean bytes = input.bands().get(0).dataType().equals("uint8");
        RenderedImage image;
        if (bands == 3 && bytes) {
            image = SyntheticImage.colours(side, side);
        } else if (bands == 1 && !bytes) {
            image = SyntheticImage.elevation(side, side);
        } else {
            throw new IllegalArgumentException("the input '" + input.name() + "' takes " + bands + " band(s) of "
                    + input.bands().get(0).dataType()
                    + "; the bench makes three of uint8 or one of floats: give files with --input");
        }
        return coverage(input.name(), image, side, pixel);
    }

    private static GridCoverage2D coverage(String name, RenderedImage image, int side, double pixel)
            throws FactoryException {
        RasterGrid grid = new RasterGrid(
                side,
                side,
                new AffineTransform(pixel, 0, 0, -pixel, 400_000, 6_000_000),
                CRS.decode("EPSG:" + EPSG_UTM, true));
        return new GridCoverageFactory().create(name, image, grid.geometry(), null, null, Map.of());
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
