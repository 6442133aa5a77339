package org.geolandslide.segmentation.bench;

import java.awt.image.RenderedImage;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.product.LandslideInventory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The landslides of 2048 x 2048 probabilities that are in memory, as polygons. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PolygoniseBenchmark {

    /** What the probabilities look like. */
    public enum Pixels {
        PATCHES,
        NOISE
    }

    @Param
    public Pixels pixels = Pixels.PATCHES;

    private final RasterGrid grid = Rasters.utm(ProbabilityImage.SIDE, ProbabilityImage.SIDE);
    private Optional<RenderedImage> probability = Optional.empty();

    /** Computes the probabilities. */
    @Setup
    public void compute() {
        ProbabilityImage image = pixels == Pixels.PATCHES ? ProbabilityImage.patches() : ProbabilityImage.noise();
        image.getData();
        probability = Optional.of(image);
    }

    /** Makes the polygons. */
    @Benchmark
    public LandslideInventory polygonise() {
        return LandslideInventory.of(probability.orElseThrow(), grid, 0.5, 0);
    }
}
