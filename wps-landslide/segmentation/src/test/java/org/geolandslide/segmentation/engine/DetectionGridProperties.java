package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.geolandslide.segmentation.engine.DetectionGrid.Look;

/** Cells and windows of a detection, for rasters, cells and windows of all sizes. */
class DetectionGridProperties {

    @Property
    void cells_tile_the_raster_without_gaps_or_overlap(
            @ForAll @IntRange(min = 1, max = 70) int width,
            @ForAll @IntRange(min = 1, max = 70) int height,
            @ForAll @IntRange(min = 1, max = 80) int cellWidth,
            @ForAll @IntRange(min = 1, max = 80) int cellHeight,
            @ForAll @IntRange(min = 1, max = 32) int window) {
        DetectionGrid grid = new DetectionGrid(width, height, cellWidth, cellHeight, window);
        int[] covered = new int[width * height];
        int[] looked = new int[width * height];
        long windows = 0;
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                count(grid.pixels(column, row), covered, width);
                for (Look look : grid.looks(column, row)) {
                    count(look.share(), looked, width);
                    windows++;
                }
            }
        }
        assertThat(covered).containsOnly(1);
        assertThat(looked).containsOnly(1);
        assertThat(grid.windows()).isEqualTo(windows);
    }

    private static void count(Rectangle pixels, int[] counts, int width) {
        for (int y = pixels.y; y < pixels.y + pixels.height; y++) {
            for (int x = pixels.x; x < pixels.x + pixels.width; x++) {
                counts[y * width + x]++;
            }
        }
    }

    @Property
    void a_cell_is_judged_by_one_window_around_it_or_by_as_few_as_cover_it(
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll @IntRange(min = 1, max = 300) int cellWidth,
            @ForAll @IntRange(min = 1, max = 64) int window) {
        DetectionGrid grid = new DetectionGrid(width, 1, cellWidth, 1, window);
        for (int column = 0; column < grid.columns(); column++) {
            Rectangle cell = grid.pixels(column, 0);
            List<Look> looks = grid.looks(column, 0);
            assertThat(looks).hasSize((int) Math.ceil((double) cell.width / window));
            for (Look look : looks) {
                int x = look.window().x();
                assertThat(look.share().x).isBetween(x, x + window - 1);
                assertThat(look.share().x + look.share().width).isLessThanOrEqualTo(x + window);
                if (cell.width > window) {
                    assertThat(x).isGreaterThanOrEqualTo(cell.x);
                    assertThat(x + window).isLessThanOrEqualTo(cell.x + cell.width);
                } else {
                    int left = cell.x - x;
                    int right = x + window - cell.x - cell.width;
                    assertThat(left - right).isBetween(0, 1);
                }
            }
        }
    }
}
