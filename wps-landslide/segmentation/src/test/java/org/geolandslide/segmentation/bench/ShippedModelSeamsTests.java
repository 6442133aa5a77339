package org.geolandslide.segmentation.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.command.InputFiles;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The models that are shipped for scenes leave no lines where windows meet, and another window grid changes the probability by less than
 * 0.01 on average, at their own windows and overlap: DESIGN's target. {@code rmau-net-optical}, whose attention looks at whole windows, misses
 * the second; {@code docs/results.md} has the figures.
 */
class ShippedModelSeamsTests {
    private static final Path DATA = Path.of("..", "..", "geoserver-data");
    private static final Path SCENES = Path.of("..", "..", "..", "shared", "data", "baige");
    private static final double TARGET = 0.01;

    private static ModelSession session(String model) throws Exception {
        return ModelSession.open(
                ModelPackage.open(DATA.resolve(Path.of("landslide", "models", model + ".zip"))), new Device.Cpu());
    }

    @ParameterizedTest
    @CsvSource({"rmau-net-optical, 0.1", "fusion-optical, 0.1", "fusion-optical-dem, 0.1", "fusion-synthetic, 0.01"})
    void probability_steps_no_more_where_windows_meet(String model, double difference) throws Exception {
        ModelSession session = session(model);
        Map<String, Path> inputs = new LinkedHashMap<>();
        for (ModelInput input : session.description().inputs()) {
            inputs.put(input.name(), DATA.resolve(Path.of("data", "sample", input.name() + ".tif")));
        }
        try (InputFiles files = InputFiles.open(inputs)) {
            Map<String, GridCoverage2D> coverages = new LinkedHashMap<>();
            // What is compared begins a window away from each side.
            int side = 3 * session.description().windowing().size() + 128;
            files.coverages().forEach((name, coverage) -> coverages.put(name, mirrored(coverage, side)));
            Seams seams = Seams.of(session, coverages, OptionalInt.empty(), false, Monitor.NONE);
            assertThat(seams.pixels()).isGreaterThan(10_000);
            assertThat(seams.meanDifference()).isLessThan(difference);
            assertThat(seams.stepAtWindowEdges()).isLessThan(1.25 * seams.stepElsewhere());
        }
    }

    /** A square scene that goes on beyond its sides as a mirror would show it. */
    private static GridCoverage2D mirrored(GridCoverage2D coverage, int side) {
        RenderedImage image = coverage.getRenderedImage();
        Raster pixels = image.getData();
        WritableRaster square = Raster.createWritableRaster(
                image.getSampleModel().createCompatibleSampleModel(side, side), new Point());
        double[] values = new double[pixels.getNumBands()];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                square.setPixel(
                        x, y, pixels.getPixel(mirror(x, pixels.getWidth()), mirror(y, pixels.getHeight()), values));
            }
        }
        RasterGrid grid = RasterGrid.of(coverage);
        RasterGrid larger = new RasterGrid(side, side, grid.toWorld(), grid.crs());
        return new GridCoverageFactory()
                .create(
                        coverage.getName(),
                        new BufferedImage(image.getColorModel(), square, false, null),
                        larger.geometry(),
                        coverage.getSampleDimensions(),
                        null,
                        coverage.getProperties());
    }

    private static int mirror(int index, int size) {
        int inPair = index % (2 * size);
        return inPair < size ? inPair : 2 * size - 1 - inPair;
    }

    @ParameterizedTest
    @CsvSource({"fusion-optical", "fusion-optical-dem"})
    void another_window_grid_changes_little_in_a_scene_that_is_new(String model) throws Exception {
        if (!Files.isDirectory(SCENES)) {
            System.err.println("SKIPPED, for there is no real data: "
                    + SCENES.toAbsolutePath().normalize());
        }
        assumeTrue(Files.isDirectory(SCENES), "there is no real data in " + SCENES);
        ModelSession session = session(model);
        Map<String, Path> inputs = new LinkedHashMap<>();
        for (ModelInput input : session.description().inputs()) {
            inputs.put(input.name(), SCENES.resolve(input.name().equals("dem") ? "B_dsm.tif" : "B_rgb.tif"));
        }
        try (InputFiles files = InputFiles.open(inputs)) {
            Seams seams = Seams.of(session, files.coverages(), OptionalInt.empty(), false, Monitor.NONE);
            assertThat(seams.pixels()).isGreaterThan(1_000_000);
            assertThat(seams.meanDifference()).isLessThan(TARGET);
            assertThat(seams.stepAtWindowEdges()).isLessThan(1.05 * seams.stepElsewhere());
        }
    }
}
