package org.geolandslide.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.geolandslide.training.data.Sample;

class SplitProperties {

    @Property(tries = 200)
    void shares_that_meet_hold_every_chip_once(
            @ForAll String name, @ForAll long seed, @ForAll @IntRange(min = 1, max = 99) int percent) {
        Share first = new Share(0, percent / 100.0, seed);
        Share second = new Share(percent / 100.0, 1, seed);
        assertThat(first.holds(name)).isNotEqualTo(second.holds(name));
        assertThat(first.holds(name)).isEqualTo(new Share(0, percent / 100.0, seed).holds(name));
        assertThat(first.overlaps(second)).isFalse();
        assertThat(new Share(0, 1, seed).holds(name)).isTrue();
    }

    @Example
    void a_share_of_many_chips_is_about_as_large_as_it_says() {
        int held = 0;
        for (int chip = 0; chip < 2000; chip++) {
            held += new Share(0.2, 0.9, 1).holds("chip_" + chip) ? 1 : 0;
        }
        assertThat(held).isBetween(1320, 1480);
    }

    @Example
    void shares_that_can_hold_the_same_chip_overlap() {
        Share share = new Share(0.2, 0.7, 1);
        assertThat(share.overlaps(new Share(0.6, 1, 1))).isTrue();
        assertThat(share.overlaps(new Share(0.7, 1, 1))).isFalse();
        assertThat(share.overlaps(new Share(0, 0.2, 1))).isFalse();
        assertThat(share.overlaps(new Share(0.3, 0.4, 1))).isTrue();
        // The numbers of another seed are others.
        assertThat(share.overlaps(new Share(0.7, 1, 2))).isTrue();
    }

    @Example
    void a_share_lies_between_nothing_and_all() {
        for (double[] bad : new double[][] {{0.5, 0.5}, {0.7, 0.2}, {-0.1, 0.5}, {0, 1.1}, {Double.NaN, 1}}) {
            assertThatThrownBy(() -> new Share(bad[0], bad[1], 1)).hasMessageContaining("expected 0 <= from < to <= 1");
        }
    }

    private static Sample labelled(int width, int height) {
        byte[] labels = new byte[width * height];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % 3 == 0 ? 1 : 0);
        }
        return new Sample("scene", width, height, new float[1][width * height], new float[0], labels);
    }

    @Property(tries = 100)
    void every_pixel_keeps_its_label_in_one_part(
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll @IntRange(min = 1, max = 70) int size,
            @ForAll @IntRange(min = 2, max = 5) int count,
            @ForAll long seed) {
        Sample scene = labelled(width, height);
        int[] kept = new int[width * height];
        for (int part = 0; part < count; part++) {
            Blocks blocks = new Blocks(size, count, List.of(part), seed);
            byte[] labels = scene.labels().clone();
            blocks.keepOnly(labels, scene.width(), scene.height());
            byte[] others = scene.labels().clone();
            blocks.removeFrom(others, width, height);
            for (int i = 0; i < kept.length; i++) {
                boolean taken = labels[i] != Sample.UNLABELLED;
                assertThat(taken).isEqualTo(blocks.holds(i % width, i / width));
                assertThat(taken ? labels[i] : others[i]).isEqualTo(scene.labels()[i]);
                assertThat(taken ? others[i] : labels[i]).isEqualTo(Sample.UNLABELLED);
                kept[i] += taken ? 1 : 0;
            }
        }
        assertThat(kept).containsOnly(1);
    }

    @Property(tries = 100)
    void a_block_has_one_part_whatever_lies_beside_it(
            @ForAll @IntRange(max = 5000) int x,
            @ForAll @IntRange(max = 5000) int y,
            @ForAll @IntRange(min = 1, max = 300) int size,
            @ForAll long seed) {
        Blocks blocks = new Blocks(size, 3, List.of(0, 2), seed);
        assertThat(blocks.holds(x, y)).isEqualTo(blocks.holds(x / size * size, y / size * size));
        assertThat(Blocks.parse(blocks.toString())).isEqualTo(blocks);
    }

    @Example
    void parts_of_blocks_are_about_equal_and_differ_with_the_seed() {
        int[] sizes = new int[5];
        int same = 0;
        for (int y = 0; y < 50; y++) {
            for (int x = 0; x < 40; x++) {
                for (int part = 0; part < 5; part++) {
                    sizes[part] += new Blocks(1, 5, List.of(part), 1).holds(x, y) ? 1 : 0;
                }
                Blocks one = new Blocks(1, 5, List.of(0), 1);
                Blocks two = new Blocks(1, 5, List.of(0), 2);
                same += one.holds(x, y) == two.holds(x, y) ? 1 : 0;
            }
        }
        assertThat(Arrays.stream(sizes).sum()).isEqualTo(2000);
        for (int size : sizes) {
            assertThat(size).isBetween(340, 460);
        }
        // Of independent parts, 0.2 * 0.2 + 0.8 * 0.8.
        assertThat(same).isBetween(1280, 1440);
    }

    @Example
    void a_block_of_one_seed_is_not_its_neighbour_of_the_next() {
        List<Boolean> one = new ArrayList<>();
        List<Boolean> shifted = new ArrayList<>();
        for (int x = 0; x < 64; x++) {
            one.add(new Blocks(1, 2, List.of(0), 5).holds(x + 1, 0));
            shifted.add(new Blocks(1, 2, List.of(0), 6).holds(x, 0));
        }
        assertThat(one).isNotEqualTo(shifted);
    }

    @Example
    void blocks_that_are_none_are_refused() {
        assertThatThrownBy(() -> new Blocks(0, 2, List.of(0), 1)).hasMessageContaining("size is 0");
        assertThatThrownBy(() -> new Blocks(8, 1, List.of(0), 1)).hasMessageContaining("count is 1");
        assertThatThrownBy(() -> new Blocks(8, 2, List.of(), 1)).hasMessageContaining("take is empty");
        assertThatThrownBy(() -> Blocks.parse("blocks of many pixels")).hasMessageContaining("expected text like");
    }
}
