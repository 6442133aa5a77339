package org.geolandslide.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.geolandslide.segmentation.window.Symmetry;
import org.junit.jupiter.api.Test;

/** Windows that are turned by any angle, zoomed, put together of pieces, and changed in contrast. */
class FreeCutTests {
    private static final int SIDE = 32;

    /** A plane: pixel (x, y) holds 10 x + y in the first band; the right half is landslide. */
    private static Sample plane(int width, int height) {
        float[][] optical = new float[3][width * height];
        float[] elevation = new float[width * height];
        byte[] labels = new byte[width * height];
        for (int i = 0; i < elevation.length; i++) {
            int x = i % width;
            int y = i / width;
            optical[0][i] = 10 * x + y;
            optical[1][i] = x;
            optical[2][i] = y;
            elevation[i] = 3 * x;
            labels[i] = (byte) (x >= width / 2 ? 1 : 0);
        }
        return new Sample("plane", width, height, optical, elevation, labels);
    }

    @Test
    void without_zoom_and_angle_it_is_the_ordinary_cut() {
        Window window = new Window(plane(40, 50), 3, 7);
        List<Symmetry> turns = List.of(Symmetry.ROTATION_90, Symmetry.MIRROR_ROWS);
        WindowPixels ordinary = WindowPixels.cut(window, SIDE, turns);
        WindowPixels free = FreeCut.of(window, SIDE, 1, 0, turns);
        assertThat(free.optical()).isDeepEqualTo(ordinary.optical());
        assertThat(free.elevation()).isEqualTo(ordinary.elevation());
        assertThat(free.target()).isEqualTo(ordinary.target());
        assertThat(free.weight()).isEqualTo(ordinary.weight());
    }

    @Test
    void values_lie_on_the_plane_where_the_turned_pixel_lies() {
        Window window = new Window(plane(200, 200), 80, 90);
        double zoom = 1.5;
        double angle = Math.toRadians(30);
        WindowPixels pixels = FreeCut.of(window, SIDE, zoom, angle, List.of());
        for (int i = 0; i < SIDE * SIDE; i++) {
            double x = i % SIDE - 15.5;
            double y = i / SIDE - 15.5;
            double column = 80 + 15.5 + zoom * (Math.cos(angle) * x - Math.sin(angle) * y);
            double row = 90 + 15.5 + zoom * (Math.sin(angle) * x + Math.cos(angle) * y);
            assertThat((double) pixels.optical()[1][i]).isCloseTo(column, within(1e-3));
            assertThat((double) pixels.optical()[2][i]).isCloseTo(row, within(1e-3));
            assertThat((double) pixels.elevation()[i]).isCloseTo(3 * column, within(1e-2));
            assertThat(pixels.target()[i]).isEqualTo(Math.round(column) >= 100 ? 1 : 0);
            assertThat(pixels.weight()[i]).isEqualTo(1);
        }
    }

    @Test
    void what_lies_outside_of_the_sample_takes_no_part() {
        WindowPixels pixels = FreeCut.of(new Window(plane(SIDE, SIDE), 0, 0), SIDE, 2, 0, List.of());
        int taking = 0;
        for (float weight : pixels.weight()) {
            taking += weight > 0 ? 1 : 0;
        }
        // Half of the window along each side.
        assertThat(taking).isEqualTo(SIDE * SIDE / 4);
    }

    @Test
    void a_mosaic_is_made_of_pieces_of_four_windows() {
        WindowPixels[] four = new WindowPixels[4];
        for (int i = 0; i < 4; i++) {
            float[][] optical = new float[3][SIDE * SIDE];
            float[] target = new float[SIDE * SIDE];
            float[] weight = new float[SIDE * SIDE];
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                // The window, the column and the row.
                optical[0][pixel] = i;
                optical[1][pixel] = pixel % SIDE;
                optical[2][pixel] = pixel / SIDE;
                target[pixel] = pixel % SIDE >= 20 ? 1 : 0;
                weight[pixel] = pixel / SIDE >= 4 ? 1 : 0;
            }
            four[i] = new WindowPixels(optical, new float[0], target, weight);
        }
        for (int seed = 0; seed < 50; seed++) {
            WindowPixels mosaic = Mosaic.of(List.of(four), SIDE, new SplittableRandom(seed));
            int[] pixelsOf = new int[4];
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                pixelsOf[(int) mosaic.optical()[0][pixel]]++;
                assertThat(mosaic.target()[pixel]).isEqualTo(mosaic.optical()[1][pixel] >= 20 ? 1 : 0);
                assertThat(mosaic.weight()[pixel]).isEqualTo(mosaic.optical()[2][pixel] >= 4 ? 1 : 0);
                boolean sameRow = pixel % SIDE > 0 && mosaic.optical()[0][pixel] == mosaic.optical()[0][pixel - 1];
                if (sameRow) {
                    assertThat(mosaic.optical()[1][pixel]).isEqualTo(mosaic.optical()[1][pixel - 1] + 1);
                }
            }
            // They meet between a quarter and three quarters of each side.
            for (int count : pixelsOf) {
                assertThat(count).isBetween(64, 576);
            }
        }
    }

    @Test
    void contrast_changes_deviations_and_keeps_the_mean() {
        WindowPixels pixels = WindowPixels.cut(new Window(plane(40, 40), 0, 0), SIDE);
        WindowPixels before = pixels.copy();
        pixels.stretch(List.of(1), 0.5, new SplittableRandom(4));
        assertThat(pixels.optical()[0]).isEqualTo(before.optical()[0]);
        float factor = (pixels.optical()[1][0] - 15.5f) / (before.optical()[1][0] - 15.5f);
        assertThat(factor).isBetween(0.5f, 1.5f).isNotEqualTo(1f);
        for (int i = 0; i < SIDE * SIDE; i++) {
            assertThat(pixels.optical()[1][i])
                    .isCloseTo(15.5f + factor * (before.optical()[1][i] - 15.5f), within(1e-3f));
        }
    }
}
