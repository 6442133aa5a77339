package org.geolandslide.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
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

    private static Augmentation augmentation(
            double rotation,
            double flip,
            double colour,
            double cutMix,
            double mixup,
            @Nullable Double mixupBeta,
            int plainEpochs) {
        return new Augmentation(0, 1, 0, rotation, flip, colour, 0, 0, cutMix, mixup, mixupBeta, plainEpochs);
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
            Window window = windows.shuffled(0.25, random).get(0);
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
            List<Window> shuffled = windows.shuffled(0.25, random);
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
    void windows_come_as_often_in_an_epoch_as_their_source_is_weighted() {
        Sample often = places(64, 64);
        Sample seldom = places(128, 64);
        WindowSet windows = new WindowSet(
                32, List.of(new WindowSet.Part(List.of(often), 2.5), new WindowSet.Part(List.of(seldom), 0.25)));
        assertThat(windows.windows()).hasSize(4 + 8);
        assertThat(windows.perEpoch()).isEqualTo(10 + 2);
        SplittableRandom random = new SplittableRandom(1);
        for (int epoch = 0; epoch < 5; epoch++) {
            List<Window> shuffled = windows.shuffled(0.25, random);
            assertThat(shuffled.stream().filter(window -> window.sample().width() == 64))
                    .hasSize(10);
            assertThat(shuffled.stream().filter(window -> window.sample().width() == 128))
                    .hasSize(2);
        }
        assertThatThrownBy(() -> new WindowSet.Part(List.of(often), 0))
                .hasMessage("weight is 0.0, expected a positive number");
    }

    @Test
    void rasters_and_labels_are_turned_together() {
        BatchMaker maker = new BatchMaker(16, 3, augmentation(0.75, 0.5, 0, 0, 0, null, 0));
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
        BatchMaker maker = new BatchMaker(16, 3, augmentation(0, 0, 0, 0, 0.5, null, 0));
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
        BatchMaker maker = new BatchMaker(16, 3, augmentation(0, 0, 0.2, 0, 0, null, 0));
        Batch batch = maker.make(List.of(new Window(places(40, 40), 3, 4)), new SplittableRandom(9));
        float factor = batch.optical().get(0) / batch.elevation().get(0);
        assertThat(factor).isBetween(0.69f, 1.31f).isNotEqualTo(1);
        for (int i = 0; i < 256; i++) {
            assertThat(batch.optical().get(i))
                    .isCloseTo(factor * batch.elevation().get(i), within(0.05f));
        }
    }

    @Test
    void only_bands_of_light_become_brighter_or_darker() {
        BatchMaker maker = new BatchMaker(16, 3, List.of(0, 2), augmentation(0, 0, 0.2, 0, 0, null, 0));
        Batch batch = maker.make(List.of(new Window(places(40, 40), 3, 4)), new SplittableRandom(9));
        for (int band = 0; band < 3; band++) {
            float value = batch.optical().get(256 * band) / batch.elevation().get(0);
            if (band == 1) {
                assertThat(value).isEqualTo(1);
            } else {
                assertThat(value).isBetween(0.69f, 1.31f).isNotEqualTo(1);
            }
        }
    }

    @Test
    void a_stream_gives_the_same_batches_for_the_same_seed_and_leaves_out_what_does_not_fill_one() {
        WindowSet windows = new WindowSet(List.of(places(100, 70)), 32);
        assertThat(stream(windows, false)).hasSize(2).isEqualTo(stream(windows, false));
        assertThat(stream(windows, true)).hasSize(3);
    }

    private static List<List<Float>> stream(WindowSet windows, boolean partial) {
        BatchMaker maker = new BatchMaker(32, 3, augmentation(0.75, 0.5, 0.1, 0.5, 0.5, 0.4, 0));
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
    void turns_and_flips_are_separate_and_as_often_as_they_are_asked_for() {
        Window window = new Window(places(40, 40), 8, 12);
        float here = 12_008;
        float right = 12_023;
        float below = 27_008;
        float opposite = 27_023;
        Map<Float, Integer> turned = corners(augmentation(0.75, 0, 0, 0, 0, null, 0), window);
        // Of 400, a quarter each; a flip would show in the pixel beside the corner.
        assertThat(turned.keySet()).containsExactlyInAnyOrder(here, right, below, opposite);
        assertThat(turned.values()).allSatisfy(count -> assertThat(count).isBetween(65, 135));
        Map<Float, Integer> flipped = corners(augmentation(0, 0.5, 0, 0, 0, null, 0), window);
        assertThat(flipped.keySet()).containsExactlyInAnyOrder(here, right, below);
        assertThat(flipped.get(here)).isBetween(165, 235);
    }

    /** How often each pixel came to lie in the first corner. */
    private static Map<Float, Integer> corners(Augmentation augmentation, Window window) {
        BatchMaker maker = new BatchMaker(16, 3, augmentation);
        Map<Float, Integer> counts = new HashMap<>();
        for (int seed = 0; seed < 400; seed++) {
            Batch batch = maker.make(List.of(window), new SplittableRandom(seed));
            counts.merge(batch.elevation().get(0), 1, Integer::sum);
        }
        return counts;
    }

    /** A window of 4 x 4 pixels; landslide where the text has an x, not labelled where it has a question mark. */
    private static WindowPixels window(float optical, float elevation, String... rows) {
        WindowPixels pixels = new WindowPixels(new float[1][16], new float[16], new float[16], new float[16]);
        for (int i = 0; i < 16; i++) {
            char kind = rows[i / 4].charAt(i % 4);
            pixels.optical()[0][i] = optical + i;
            pixels.elevation()[i] = elevation + i;
            pixels.target()[i] = kind == 'x' ? 1 : 0;
            pixels.weight()[i] = kind == '?' ? 0 : 1;
        }
        return pixels;
    }

    @Test
    void cut_mix_finds_the_landslides_of_a_window() {
        List<int[]> found = CutMix.landslides(window(0, 0, "xx.x", ".x..", "x..x", "..xx"), 4);
        assertThat(found).containsExactly(new int[] {0, 1, 5}, new int[] {3}, new int[] {8}, new int[] {11, 15, 14});
    }

    @Test
    void cut_mix_pastes_one_or_two_landslides_with_their_relief() {
        WindowPixels other = window(1000, 5000, "x...", ".xx.", "....", "...x");
        WindowPixels background = window(0, 100, "....", "....", "....", "...?");
        Set<Integer> pasted = new HashSet<>();
        for (int seed = 0; seed < 40; seed++) {
            WindowPixels mixed = CutMix.paste(background, other, 4, new SplittableRandom(seed));
            int count = 0;
            for (int i = 0; i < 16; i++) {
                boolean isPasted = mixed.target()[i] == 1;
                count += isPasted ? 1 : 0;
                assertThat(mixed.optical()[0][i]).isEqualTo(isPasted ? 1000 + i : i);
                // The same relief, on the height of the ground that it replaces.
                assertThat(mixed.elevation()[i]).isCloseTo(100 + i, within(1e-3f));
                assertThat(other.target()[i]).isGreaterThanOrEqualTo(mixed.target()[i]);
            }
            assertThat(mixed.target()[15]).isZero();
            assertThat(mixed.weight()).isEqualTo(background.weight());
            pasted.add(count);
        }
        // The one pixel, the pair, both, or the one that has no labelled ground alone.
        assertThat(pasted).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(background.target()).containsOnly(0);
        assertThat(CutMix.paste(other, background, 4, new SplittableRandom(1)).target())
                .isEqualTo(other.target());
    }

    @Test
    void shares_of_a_beta_distribution_lie_at_the_ends_for_small_parameters() {
        Sample sample = places(300, 300);
        List<Window> windows = List.of(new Window(sample, 0, 0), new Window(sample, 100, 100));
        int nearEnds = 0;
        for (int seed = 0; seed < 200; seed++) {
            Augmentation beta = augmentation(0, 0, 0, 0, 1, 0.2, 0);
            Batch batch = new BatchMaker(16, 3, beta).make(windows, new SplittableRandom(seed));
            float share = batch.elevation().get(0) / 100_100;
            assertThat(share).isBetween(0f, 1f);
            nearEnds += share < 0.1 || share > 0.9 ? 1 : 0;
        }
        // Of a uniform share 20 %, of Beta(0.2, 0.2) 67 % lie within a tenth of the ends.
        assertThat(nearEnds).isBetween(110, 160);
    }

    @Test
    void the_last_epochs_can_be_plain() {
        Augmentation augmentation = augmentation(0.75, 0.5, 0.1, 0.5, 0.5, null, 2);
        assertThat(augmentation.inEpoch(8, 10)).isEqualTo(augmentation);
        assertThat(augmentation.inEpoch(9, 10)).isEqualTo(Augmentation.NONE);
        assertThat(augmentation.inEpoch(10, 10)).isEqualTo(Augmentation.NONE);
    }

    @Test
    void impossible_values_are_refused() {
        assertThatThrownBy(() -> augmentation(1.5, 0, 0, 0, 0, null, 0))
                .hasMessage("rotation 1.5 is not a probability");
        assertThatThrownBy(() -> augmentation(0, -1, 0, 0, 0, null, 0)).hasMessage("flip -1.0 is not a probability");
        assertThatThrownBy(() -> augmentation(0, 0, 1, 0, 0, null, 0))
                .hasMessage("colour is 1.0, expected a number from 0.0 to 0.5");
        assertThatThrownBy(() -> augmentation(0, 0, 0, 2, 0, null, 0)).hasMessage("cutMix 2.0 is not a probability");
        assertThatThrownBy(() -> augmentation(0, 0, 0, 0, 0, 0.0, 0))
                .hasMessage("mixupBeta is 0.0, expected a positive number");
        assertThatThrownBy(() -> augmentation(0, 0, 0, 0, 0, null, -1))
                .hasMessage("plainEpochs is -1, expected 0 or more");
    }
}
