package org.geolandslide.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchTests {
    /** Every raster of the sample says where its pixel lies: pixel (x, y) holds 1000 y + x. */
    private static Sample places(int width, int height) {
        float[][] optical = new float[3][width * height];
        float[] elevation = new float[width * height];
        byte[] labels = new byte[width * height];
        for (int i = 0; i < elevation.length; i++) {
            elevation[i] = i / width * 1000 + i % width;
            for (float[] band : optical) {
                band[i] = elevation[i];
            }
            labels[i] = (byte) (i % width % 2);
        }
        return new Sample("places", width, height, optical, elevation, labels);
    }

    @Test
    void windows_cover_a_sample() {
        Set<Integer> covered = new HashSet<>();
        WindowSet windows = new WindowSet(List.of(places(100, 70)), 32);
        for (Window window : windows.windows()) {
            for (int y = window.y(); y < window.y() + 32; y++) {
                for (int x = window.x(); x < window.x() + 32; x++) {
                    covered.add(y * 100 + x);
                }
            }
        }
        assertThat(windows.windows()).hasSize(4 * 3);
        assertThat(covered).hasSize(100 * 70);
    }

    @Test
    void the_window_of_a_sample_of_its_size_moves_beyond_the_edges_by_up_to_a_quarter() {
        Sample sample = places(32, 32);
        WindowSet windows = new WindowSet(List.of(sample), 32);
        assertThat(windows.windows()).containsExactly(new Window(sample, 0, 0));
        Set<Integer> starts = new HashSet<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int epoch = 0; epoch < 200; epoch++) {
            Window window = windows.shuffled(random).get(0);
            assertThat(window.y()).isBetween(-8, 8);
            starts.add(window.x());
        }
        assertThat(starts).hasSize(17).contains(-8, 8);
    }

    @Test
    void a_sample_smaller_than_the_window_is_reflected_and_only_its_pixels_take_part() {
        WindowSet windows = new WindowSet(List.of(places(20, 20)), 32);
        WindowPixels pixels = WindowPixels.cut(windows.windows().get(0), 32);
        int taking = 0;
        for (float weight : pixels.weight()) {
            taking += weight > 0 ? 1 : 0;
        }
        assertThat(taking).isEqualTo(400);
    }

    @Test
    void windows_without_labels_are_left_out() {
        byte[] labels = new byte[64 * 32];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 64 < 32 ? Sample.UNLABELLED : 0;
        }
        Sample half = new Sample("half", 64, 32, new float[3][64 * 32], new float[64 * 32], labels);
        assertThat(new WindowSet(List.of(half), 32).windows())
                .extracting(Window::x)
                .containsExactly(32);
    }

    @Test
    void training_windows_move_up_to_half_their_side_and_stay_inside() {
        WindowSet windows = new WindowSet(List.of(places(200, 200)), 32);
        Set<Integer> phases = new HashSet<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int epoch = 0; epoch < 20; epoch++) {
            List<Window> shuffled = windows.shuffled(random);
            assertThat(shuffled).hasSameSizeAs(windows.windows());
            for (Window window : shuffled) {
                assertThat(window.x()).isBetween(0, 168);
                assertThat(window.y()).isBetween(0, 168);
                phases.add(window.x());
            }
        }
        assertThat(phases).hasSizeGreaterThan(140);
    }

    @Test
    void rasters_and_labels_are_turned_together() {
        BatchMaker maker = new BatchMaker(16, 3, new Augmentation(true, 0, 0));
        Window window = new Window(places(40, 40), 8, 12);
        Set<Float> corners = new HashSet<>();
        for (int seed = 0; seed < 60; seed++) {
            Batch batch = maker.make(List.of(window), new SplittableRandom(seed));
            for (int i = 0; i < 256; i++) {
                float place = batch.elevation().get(i);
                assertThat(batch.optical().get(i)).isEqualTo(place);
                assertThat(batch.optical().get(512 + i)).isEqualTo(place);
                assertThat(batch.target().get(i)).isEqualTo(place % 1000 % 2);
            }
            corners.add(batch.elevation().get(0) * 10_000 + batch.elevation().get(1));
        }
        assertThat(corners).hasSize(8);
    }

    @Test
    void mixup_blends_everything_in_the_same_share() {
        float[][] bright = {{200}, {200}, {200}};
        float[][] dark = {{0}, {0}, {0}};
        WindowPixels a = new WindowPixels(bright, new float[] {1000}, new float[] {1}, new float[] {1});
        WindowPixels b = new WindowPixels(dark, new float[] {500}, new float[] {0}, new float[] {1});
        WindowPixels mixed = a.mixed(b, 0.25f);
        assertThat(mixed.optical()[1][0]).isCloseTo(150, within(1e-4f));
        assertThat(mixed.elevation()[0]).isCloseTo(875, within(1e-4f));
        assertThat(mixed.target()[0]).isCloseTo(0.75f, within(1e-6f));
        assertThat(mixed.weight()[0]).isEqualTo(1);
        WindowPixels unlabelled = new WindowPixels(dark, new float[] {500}, new float[] {0}, new float[] {0});
        assertThat(a.mixed(unlabelled, 0.25f).weight()[0]).isZero();
    }

    @Test
    void mixup_happens_as_often_as_it_is_asked_for() {
        Sample sample = places(300, 300);
        BatchMaker maker = new BatchMaker(16, 3, new Augmentation(false, 0.5, 0));
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            windows.add(new Window(sample, 16 * i, 20 * i));
        }
        int blended = 0;
        for (int seed = 0; seed < 50; seed++) {
            Batch batch = maker.make(windows, new SplittableRandom(seed));
            for (int i = 0; i < 8; i++) {
                float expected = windows.get(i).y() * 1000f + windows.get(i).x();
                blended += batch.elevation().get(i * 256) != expected ? 1 : 0;
            }
        }
        // Half of 400.
        assertThat(blended).isBetween(165, 235);
    }

    @Test
    void colours_change_by_the_same_factor_over_a_band_and_terrain_does_not() {
        BatchMaker maker = new BatchMaker(16, 3, new Augmentation(false, 0, 0.2));
        Batch batch = maker.make(List.of(new Window(places(40, 40), 3, 4)), new SplittableRandom(9));
        float factor = batch.optical().get(0) / batch.elevation().get(0);
        assertThat(factor).isBetween(0.69f, 1.31f).isNotEqualTo(1);
        for (int i = 0; i < 256; i++) {
            assertThat(batch.optical().get(i))
                    .isCloseTo(factor * batch.elevation().get(i), within(0.05f));
        }
    }

    @Test
    void a_stream_gives_the_same_batches_for_the_same_seed_and_leaves_out_what_does_not_fill_one() {
        WindowSet windows = new WindowSet(List.of(places(100, 70)), 32);
        assertThat(stream(windows, false)).hasSize(2).isEqualTo(stream(windows, false));
        assertThat(stream(windows, true)).hasSize(3);
    }

    private static List<List<Float>> stream(WindowSet windows, boolean partial) {
        BatchMaker maker = new BatchMaker(32, 3, new Augmentation(true, 0.5, 0.1));
        List<List<Float>> seen = new ArrayList<>();
        try (BatchStream stream = new BatchStream(maker, windows.windows(), 5, partial, new SplittableRandom(4))) {
            while (stream.hasNext()) {
                FloatBuffer optical = stream.next().optical();
                List<Float> values = new ArrayList<>();
                for (int i = 0; i < optical.limit(); i += 997) {
                    values.add(optical.get(i));
                }
                seen.add(values);
            }
        }
        return seen;
    }

    @Test
    void impossible_probabilities_are_refused() {
        assertThatThrownBy(() -> new Augmentation(true, 1.5, 0)).hasMessage("mixup 1.5 is not a probability");
        assertThatThrownBy(() -> new Augmentation(true, 0, 1)).hasMessage("colour 1.0 is not in [0, 0.5]");
    }
}
