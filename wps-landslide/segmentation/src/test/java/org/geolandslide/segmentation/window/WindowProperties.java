package org.geolandslide.segmentation.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/** The arithmetic of windows, for any size and overlap. */
class WindowProperties {

    @Provide
    Arbitrary<WindowGrid> grids() {
        Arbitrary<Integer> sides = Arbitraries.integers().between(1, 300);
        Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 64);
        Arbitrary<Double> shares = Arbitraries.doubles().between(0, 0.5);
        return Combinators.combine(sides, sides, sizes, shares)
                .as((width, height, size, share) -> new WindowGrid(width, height, size, (int) (share * size)));
    }

    @Property(tries = 300)
    void every_pixel_lies_in_a_window_and_the_outer_ones_reach_over_the_edge(@ForAll("grids") WindowGrid grid) {
        boolean[] covered = new boolean[grid.width()];
        for (int column = 0; column < grid.columns(); column++) {
            int x = grid.window(column, 0).x();
            for (int i = Math.max(0, x); i < Math.min(grid.width(), x + grid.size()); i++) {
                covered[i] = true;
            }
        }
        assertThat(covered).doesNotContain(false);
        assertThat(grid.window(0, 0).x()).isEqualTo(-(grid.overlap() / 2));
        int end = grid.window(grid.columns() - 1, 0).x() + grid.size();
        assertThat(end).isGreaterThanOrEqualTo(grid.width() + grid.overlap() / 2);
        assertThat(grid.windows()).isEqualTo((long) grid.columns() * grid.rows());
    }

    @Property(tries = 300)
    void the_windows_of_a_rectangle_are_those_that_share_a_pixel_with_it(
            @ForAll("grids") WindowGrid grid,
            @ForAll @IntRange(max = 299) int x,
            @ForAll @IntRange(max = 299) int y,
            @ForAll @IntRange(min = 1, max = 80) int side) {
        int left = x % grid.width();
        int top = y % grid.height();
        int width = Math.min(side, grid.width() - left);
        int height = Math.min(side, grid.height() - top);
        Set<Window> expected = new HashSet<>();
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                Window window = grid.window(column, row);
                if (window.x() < left + width
                        && left < window.x() + grid.size()
                        && window.y() < top + height
                        && top < window.y() + grid.size()) {
                    expected.add(window);
                }
            }
        }
        List<Window> found = grid.covering(left, top, width, height);
        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property(tries = 200)
    void weights_of_neighbours_add_up_to_one_and_none_is_zero(
            @ForAll @IntRange(min = 1, max = 256) int size, @ForAll @IntRange(max = 128) int wanted) {
        int overlap = Math.min(wanted, size / 2);
        HannWeights weights = new HannWeights(size, overlap);
        for (int i = 0; i < size; i++) {
            assertThat(weights.along(i)).isPositive().isLessThanOrEqualTo(1);
        }
        for (int i = 0; i < overlap; i++) {
            assertThat(weights.along(i) + weights.along(size - overlap + i)).isCloseTo(1, within(1e-6f));
        }
    }

    @Property(tries = 300)
    void reflection_stays_inside_and_moves_by_at_most_one(
            @ForAll @IntRange(min = -1000, max = 1000) int index, @ForAll @IntRange(min = 1, max = 50) int length) {
        int inside = Reflection.inside(index, length);
        assertThat(inside).isBetween(0, length - 1);
        assertThat(Math.abs(Reflection.inside(index + 1, length) - inside)).isEqualTo(length == 1 ? 0 : 1);
        if (index >= 0 && index < length) {
            assertThat(inside).isEqualTo(index);
        }
    }

    @Property(tries = 60)
    void symmetries_are_eight_different_permutations(@ForAll @IntRange(min = 2, max = 9) int side) {
        int[] all = IntStream.range(0, side * side).toArray();
        Set<String> seen = new HashSet<>();
        for (Symmetry symmetry : Symmetry.values()) {
            int[] sources = symmetry.sources(side);
            seen.add(Arrays.toString(sources));
            assertThat(Arrays.stream(sources).sorted().toArray()).isEqualTo(all);
        }
        assertThat(seen).hasSize(8);
    }

    @Property(tries = 20)
    void a_quarter_turn_goes_clockwise_and_four_make_a_whole(@ForAll @IntRange(min = 2, max = 9) int side) {
        int[] turn = Symmetry.ROTATION_90.sources(side);
        // What was in the lower left corner comes to the upper left.
        assertThat(turn[0]).isEqualTo((side - 1) * side);
        int[] pixels = IntStream.range(0, side * side).toArray();
        for (int i = 0; i < 4; i++) {
            int[] before = pixels;
            pixels = Arrays.stream(turn).map(source -> before[source]).toArray();
        }
        assertThat(pixels).isEqualTo(IntStream.range(0, side * side).toArray());
    }

    @Property(tries = 200)
    void gaps_are_filled_from_valid_pixels_and_valid_pixels_stay(
            @ForAll @IntRange(min = 1, max = 12) int width, @ForAll long bits) {
        int height = 5;
        boolean[] valid = new boolean[width * height];
        for (int i = 0; i < valid.length; i++) {
            valid[i] = (bits >>> i & 1) == 1;
        }
        int[] sources = NearestValid.sources(valid, width, height);
        if (IntStream.range(0, valid.length).noneMatch(i -> valid[i])) {
            assertThat(sources).isEmpty();
            return;
        }
        for (int i = 0; i < valid.length; i++) {
            assertThat(valid[sources[i]]).isTrue();
            if (valid[i]) {
                assertThat(sources[i]).isEqualTo(i);
            }
            assertThat(distance(sources[i], i, width)).isLessThanOrEqualTo(nearest(valid, i, width) + 1);
        }
    }

    @Property(tries = 200)
    void skipping_pixels_and_distances_changes_no_source(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 30) int height,
            @ForAll long seed,
            @ForAll @IntRange(max = 100) int percent) {
        boolean[] valid = new boolean[width * height];
        Random random = new Random(seed);
        for (int i = 0; i < valid.length; i++) {
            valid[i] = random.nextInt(100) < percent;
        }
        assertThat(NearestValid.sources(valid, width, height)).isEqualTo(plainSources(valid, width, height));
    }

    /** The distance transform with nothing left out. */
    private static int[] plainSources(boolean[] valid, int width, int height) {
        int[] source = new int[valid.length];
        for (int i = 0; i < valid.length; i++) {
            source[i] = valid[i] ? i : -1;
        }
        if (IntStream.of(source).allMatch(i -> i < 0)) {
            return new int[0];
        }
        int[][] steps = {{-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
        for (int side : new int[] {1, -1}) {
            for (int n = 0; n < valid.length; n++) {
                int i = side > 0 ? n : valid.length - 1 - n;
                for (int[] step : steps) {
                    int x = i % width + side * step[0];
                    int y = i / width + side * step[1];
                    if (x < 0 || y < 0 || x >= width || y >= height || source[y * width + x] < 0) {
                        continue;
                    }
                    int candidate = source[y * width + x];
                    if (source[i] < 0 || squared(candidate, i, width) < squared(source[i], i, width)) {
                        source[i] = candidate;
                    }
                }
            }
        }
        return source;
    }

    private static int squared(int a, int b, int width) {
        int dx = a % width - b % width;
        int dy = a / width - b / width;
        return dx * dx + dy * dy;
    }

    private static double nearest(boolean[] valid, int pixel, int width) {
        return IntStream.range(0, valid.length)
                .filter(i -> valid[i])
                .mapToDouble(i -> distance(i, pixel, width))
                .min()
                .orElseThrow();
    }

    private static double distance(int a, int b, int width) {
        return Math.hypot(a % width - b % width, a / width - b / width);
    }
}
