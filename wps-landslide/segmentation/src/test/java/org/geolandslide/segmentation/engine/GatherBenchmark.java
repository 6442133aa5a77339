package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geolandslide.segmentation.window.WindowGrid.Window;
import org.geotools.coverage.grid.GridCoverage2D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One window of 256 x 256 pixels out of GeoTIFFs into a native buffer, row by row over a raster. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GatherBenchmark {
    private static final int SIZE = 256;
    private static final int OVERLAP = 64;
    private static final int SIDE = 1024;
    /** Large enough that a window needs several of the tiles that are resampled. */
    private static final int LARGE_SIDE = 2560;

    /** What is read. */
    public enum Pixels {
        /** Three bands of bytes, valid everywhere. */
        VALID,
        /** Three bands of bytes, stripes of which are missing: about a third of every window. */
        NODATA,
        /** Three bands of bytes, windows that reach over the raster's edge. */
        EDGE,
        /** Elevation alone, brought from degrees to metres while it is read. */
        RESAMPLED
    }

    @Param
    public Pixels pixels = Pixels.VALID;

    private final List<Window> windows = new ArrayList<>();
    private final Map<String, GeoTiffFile> files = new LinkedHashMap<>();
    private final Map<String, FloatBuffer> targets = new HashMap<>();
    private final boolean[] participating = new boolean[SIZE * SIZE];
    private Optional<WindowReader> reader = Optional.empty();
    private Path folder = Path.of("");
    private int next;

    /** Writes the GeoTIFFs and opens them. */
    @Setup
    public void open() throws IOException {
        // JMH runs this in a process of its own, where the libraries below would tell of their own affairs.
        Logger.getLogger("").setLevel(Level.SEVERE);
        folder = Files.createTempDirectory("geolandslide-gather");
        boolean resampled = pixels == Pixels.RESAMPLED;
        int side = resampled ? LARGE_SIDE : SIDE;
        RasterGrid grid = Rasters.utm(side, side);
        add("optical", optical(grid));
        List<ModelInput> expected = new ArrayList<>();
        expected.add(input("optical", "uint8", "red", "green", "blue"));
        if (resampled) {
            add("dem", elevation(grid));
            expected.add(input("dem", "float32", "elevation"));
        }
        Map<String, GridCoverage2D> coverages = new LinkedHashMap<>();
        files.forEach((name, file) -> coverages.put(name, file.coverage()));
        AlignedInputs all = AlignedInputs.align(expected, coverages, Optional.empty());
        AlignedInputs read =
                resampled ? new AlignedInputs(all.grid(), all.inputs().subList(1, 2), Optional.empty()) : all;
        reader = Optional.of(new WindowReader(read, SIZE));
        read.inputs()
                .forEach(input ->
                        targets.put(input.name(), buffer(input.samples().bands().size())));
        addWindows(new WindowGrid(side, side, SIZE, OVERLAP));
    }

    private void addWindows(WindowGrid grid) {
        Rectangle raster = new Rectangle(grid.width(), grid.height());
        for (Window window : grid.covering(0, 0, grid.width(), grid.height())) {
            boolean inside = raster.contains(new Rectangle(window.x(), window.y(), SIZE, SIZE));
            if (inside != (pixels == Pixels.EDGE)) {
                windows.add(window);
            }
        }
    }

    private void add(String name, GridCoverage2D coverage) throws IOException {
        Path file = folder.resolve(name + ".tif");
        GeoTiffFile.write(coverage, file);
        files.put(name, GeoTiffFile.open(file));
    }

    private GridCoverage2D optical(RasterGrid grid) {
        boolean gaps = pixels == Pixels.NODATA;
        Rasters.Content content =
                (x, y, band) -> gaps && (x + 2 * y) % 120 < 40 ? 0 : 1 + (x * 37 + y * 91 + band * 11) % 255;
        return gaps ? Rasters.colours(grid, 0, content) : Rasters.bytes(grid, 3, content);
    }

    /** Pixels of about 23 by 33 metres, on the grid's pixels of ten and some ground around. */
    private static GridCoverage2D elevation(RasterGrid grid) {
        int columns = grid.width() / 2;
        RasterGrid degrees = Rasters.grid(columns, columns, 10.25, 47.0, 0.0003, "EPSG:4326");
        return Rasters.floats(degrees, (x, y, band) -> 900 + 300 * Math.sin(x / 40.0) * Math.cos(y / 55.0));
    }

    private static ModelInput input(String name, String type, String... bands) {
        return new ModelInput(
                name,
                Stream.of(bands)
                        .map(band -> new Band(band, type, "", OptionalDouble.empty(), OptionalDouble.empty()))
                        .toList(),
                "");
    }

    private static FloatBuffer buffer(int bands) {
        return ByteBuffer.allocateDirect(bands * SIZE * SIZE * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Closes the GeoTIFFs and removes them. */
    @TearDown
    public void close() throws IOException {
        files.values().forEach(GeoTiffFile::close);
        for (String name : files.keySet()) {
            Files.delete(folder.resolve(name + ".tif"));
        }
        Files.delete(folder);
    }

    /** Reads the next window. */
    @Benchmark
    public boolean gather() {
        targets.values().forEach(FloatBuffer::clear);
        next = (next + 1) % windows.size();
        return reader.orElseThrow().read(windows.get(next), targets, participating);
    }
}
