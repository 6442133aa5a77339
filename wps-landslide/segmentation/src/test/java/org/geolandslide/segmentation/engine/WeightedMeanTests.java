package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.geolandslide.segmentation.image.LazyImage;
import org.geolandslide.segmentation.image.Precision;
import org.geolandslide.segmentation.window.HannWeights;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geolandslide.segmentation.window.WindowGrid.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightedMeanTests {

    @ParameterizedTest
    @CsvSource({"64, 16", "96, 48", "50, 0", "700, 300"})
    void every_tile_is_the_mean_pixel_by_pixel_to_the_last_bit(int size, int overlap) {
        WindowGrid grid = new WindowGrid(700, 530, size, overlap);
        HannWeights weights = new HannWeights(size, overlap);
        WeightedMean mean = new WeightedMean(size, overlap);
        Map<Window, float[][]> predictions = predictions(grid);
        for (Rectangle tile : List.of(
                new Rectangle(0, 0, 512, 512), new Rectangle(512, 0, 188, 512), new Rectangle(512, 512, 188, 18))) {
            List<Window> windows = grid.covering(tile.x, tile.y, tile.width, tile.height);
            mean.begin(2, tile);
            windows.forEach(window -> mean.add(window, predictions.get(window)));
            float[][] means = mean.finish();
            for (int y = tile.y; y < tile.y + tile.height; y += 3) {
                for (int x = tile.x; x < tile.x + tile.width; x++) {
                    for (int output = 0; output < 2; output++) {
                        float sum = 0;
                        float total = 0;
                        for (Window window : windows) {
                            int column = x - window.x();
                            int row = y - window.y();
                            float[][] values = predictions.get(window);
                            if (values.length > 0 && column >= 0 && row >= 0 && column < size && row < size) {
                                float weight = weights.along(row) * weights.along(column);
                                sum += weight * values[output][row * size + column];
                                total += weight;
                            }
                        }
                        Float expected = total > 0 ? Precision.rounded(sum / total) : Float.NaN;
                        assertThat(Float.valueOf(means[output][(y - tile.y) * LazyImage.TILE + x - tile.x]))
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** One window has no prediction, and one pixel of another takes no part. */
    private static Map<Window, float[][]> predictions(WindowGrid grid) {
        Random random = new Random(3);
        Map<Window, float[][]> predictions = new HashMap<>();
        for (Window window : grid.covering(0, 0, grid.width(), grid.height())) {
            float[][] values = new float[2][grid.size() * grid.size()];
            for (int i = 0; i < values[0].length; i++) {
                values[0][i] = random.nextFloat();
                values[1][i] = random.nextFloat();
            }
            values[1][grid.size() * grid.size() / 2] = Float.NaN;
            predictions.put(window, values);
        }
        predictions.put(grid.window(0, 0), new float[0][]);
        return predictions;
    }

    @Test
    void a_tile_without_predictions_holds_nothing() {
        WeightedMean mean = new WeightedMean(64, 16);
        mean.begin(1, new Rectangle(0, 0, 10, 10));
        mean.add(new Window(0, 0, -8, -8), new float[0][]);
        assertThat(mean.finish()[0][0]).isNaN();
    }
}
