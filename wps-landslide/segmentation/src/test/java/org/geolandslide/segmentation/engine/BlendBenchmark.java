package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.geolandslide.segmentation.image.LazyImage;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geolandslide.segmentation.window.WindowGrid.Window;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One tile of 512 x 512 pixels blended of the predictions of the sixteen windows of 256 x 256 pixels that reach into it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BlendBenchmark {
    private static final int SIZE = 256;
    private static final int OVERLAP = 64;

    private final WeightedMean mean = new WeightedMean(SIZE, OVERLAP);
    private final Rectangle tile = new Rectangle(LazyImage.TILE, LazyImage.TILE, LazyImage.TILE, LazyImage.TILE);
    private final List<float[][]> predictions = new ArrayList<>();
    private List<Window> windows = List.of();

    /** Makes predictions. */
    @Setup
    public void predict() {
        WindowGrid grid = new WindowGrid(4 * LazyImage.TILE, 4 * LazyImage.TILE, SIZE, OVERLAP);
        windows = grid.covering(tile.x, tile.y, tile.width, tile.height);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < windows.size(); i++) {
            float[] values = new float[SIZE * SIZE];
            for (int pixel = 0; pixel < values.length; pixel++) {
                values[pixel] = (float) random.nextDouble();
            }
            predictions.add(new float[][] {values});
        }
    }

    /** Blends the tile. */
    @Benchmark
    public float[][] blend() {
        mean.begin(1, tile);
        for (int i = 0; i < predictions.size(); i++) {
            mean.add(windows.get(i), predictions.get(i));
        }
        return mean.finish();
    }
}
