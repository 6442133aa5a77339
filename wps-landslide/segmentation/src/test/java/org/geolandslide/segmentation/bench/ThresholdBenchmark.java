package org.geolandslide.segmentation.bench;

import java.awt.image.Raster;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.geolandslide.segmentation.product.MaskImage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One tile of 512 x 512 pixels of a mask, from probabilities that are in memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ThresholdBenchmark {
    private final ProbabilityImage probability = ProbabilityImage.patches();

    /** Computes the probabilities. */
    @Setup
    public void compute() {
        probability.getData();
    }

    /** Makes the tile. */
    @Benchmark
    public Raster threshold() {
        return new MaskImage(probability, 0.5, Optional.empty()).getTile(1, 1);
    }
}
