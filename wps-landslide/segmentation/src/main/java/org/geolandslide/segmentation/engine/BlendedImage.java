package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.awt.image.WritableRaster;
import java.util.List;
import org.geolandslide.segmentation.engine.WindowPredictions.Prediction;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.segmentation.image.LazyImage;
import org.geolandslide.segmentation.window.HannWeights;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * One output of the model over the whole raster, float, NaN where there is no data: the mean of the windows' predictions with
 * Hann weights. A pixel's value depends on the windows that hold it only, not on the tile in which it is asked for.
 */
final class BlendedImage extends LazyImage {
    /** Memory for tiles of all outputs that may be asked for again, in bytes. */
    private static final long KEPT_BYTES =
            Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 4);

    private final WindowPredictions predictions;
    private final int output;
    private final HannWeights weights;

    BlendedImage(WindowPredictions predictions, int output) {
        super(predictions.grid().width(), predictions.grid().height(), ColorModels.floats(), tilesKept(predictions));
        this.predictions = predictions;
        this.output = output;
        this.weights =
                new HannWeights(predictions.grid().size(), predictions.grid().overlap());
    }

    private static int tilesKept(WindowPredictions predictions) {
        long bytes = KEPT_BYTES / predictions.outputs().size();
        return (int) Math.max(4, bytes / ((long) TILE * TILE * Float.BYTES));
    }

    /** Whether the memory for tiles holds the whole image. */
    boolean fits() {
        return (long) getNumXTiles() * getNumYTiles() <= tilesKept(predictions);
    }

    @Override
    protected void compute(WritableRaster tile, Rectangle pixels) {
        WindowGrid grid = predictions.grid();
        List<Window> windows = grid.covering(pixels.x, pixels.y, pixels.width, pixels.height);
        List<Prediction> predicted = predictions.of(windows);
        float[] sum = new float[pixels.width * pixels.height];
        float[] weight = new float[sum.length];
        for (int i = 0; i < windows.size(); i++) {
            if (!predicted.get(i).isEmpty()) {
                add(windows.get(i), predicted.get(i).values().get(output), pixels, sum, weight);
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] = weight[i] > 0 ? sum[i] / weight[i] : Float.NaN;
        }
        tile.setSamples(pixels.x, pixels.y, pixels.width, pixels.height, 0, sum);
    }

    private void add(Window window, float[] values, Rectangle pixels, float[] sum, float[] weight) {
        int size = predictions.grid().size();
        Rectangle shared = pixels.intersection(new Rectangle(window.x(), window.y(), size, size));
        for (int y = shared.y; y < shared.y + shared.height; y++) {
            float rowWeight = weights.along(y - window.y());
            int source = (y - window.y()) * size - window.x();
            int target = (y - pixels.y) * pixels.width - pixels.x;
            for (int x = shared.x; x < shared.x + shared.width; x++) {
                // NaN: the pixel takes no part, in this window as in every other that holds it.
                float share = rowWeight * weights.along(x - window.x());
                sum[target + x] += share * values[source + x];
                weight[target + x] += share;
            }
        }
    }
}
