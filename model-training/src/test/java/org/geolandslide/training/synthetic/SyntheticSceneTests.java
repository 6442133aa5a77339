package org.geolandslide.training.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyntheticSceneTests {

    private static final int SIZE = 384;

    private List<SyntheticScene> scenes = List.of();

    @BeforeAll
    void generate() {
        scenes = List.of(scene(1), scene(2), scene(3));
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        SyntheticScene again = scene(2);
        SyntheticScene first = scenes.get(1);
        for (int band = 0; band < 3; band++) {
            assertThat(again.optical(band)).isEqualTo(first.optical(band));
        }
        assertThat(again.mask()).isEqualTo(first.mask());
        assertThat(again.terrain()).isEqualTo(first.terrain());
    }

    @Test
    void anotherSeedGivesAnotherLandscape() {
        assertThat(correlation(scenes.get(0).terrain(), scenes.get(1).terrain()))
                .isLessThan(0.8);
        assertThat(scenes.get(0).optical(1)).isNotEqualTo(scenes.get(1).optical(1));
        assertThat(scenes.get(0).mask()).isNotEqualTo(scenes.get(1).mask());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.05, 0.12})
    void theShareOfLandslidesIsAsAskedFor(double share) {
        SceneSpecification usual = SceneSpecification.of(5, 256, 256);
        SyntheticScene scene = SyntheticScene.generate(new SceneSpecification(
                5, 256, 256, 2, usual.crs(), usual.west(), usual.north(), usual.demCrs(), 5, share));
        assertThat(share(scene.mask())).isCloseTo(share, within(0.1 * share));
    }

    @Test
    void theTerrainIsSteepAsMountainsAre() {
        for (SyntheticScene scene : scenes) {
            float[] terrain = scene.terrain();
            int usual = 0;
            for (int row = 4; row < SIZE - 4; row++) {
                for (int column = 4; column < SIZE - 4; column++) {
                    double degrees = Math.toDegrees(Math.atan(slope(scene, terrain, column, row)));
                    usual += degrees > 10 && degrees < 45 ? 1 : 0;
                }
            }
            assertThat(usual / (double) (SIZE * SIZE)).isGreaterThan(0.6);
        }
    }

    @Test
    void landslidesLieOnSteeperGroundThanTheRest() {
        double[] sum = new double[2];
        int[] count = new int[2];
        for (SyntheticScene scene : scenes) {
            float[] terrain = scene.terrain();
            byte[] mask = scene.mask();
            for (int row = 4; row < SIZE - 4; row++) {
                for (int column = 4; column < SIZE - 4; column++) {
                    int kind = mask[row * SIZE + column];
                    if (kind >= 0) {
                        sum[kind] += slope(scene, terrain, column, row);
                        count[kind]++;
                    }
                }
            }
        }
        assertThat(sum[1] / count[1]).isGreaterThan(1.05 * sum[0] / count[0]);
    }

    @Test
    void landslidesRunDownSteepGroundFromCrownToToe() {
        for (SyntheticScene scene : scenes) {
            assertThat(scene.landslides()).isNotEmpty().allSatisfy(slide -> {
                double fall = height(scene, slide.path(), 0) - height(scene, slide.path(), 1);
                double length = slide.path().length() * scene.specification().groundSampleDistance();
                assertThat(fall / length).isGreaterThan(0.1);
                double upper = height(scene, slide.path(), 0) - height(scene, slide.path(), 0.4);
                assertThat(upper / (0.4 * length)).isGreaterThan(0.2);
            });
        }
    }

    @Test
    void everyLandslideOfSomeSizeStandsOutFromItsSurroundingsAndMostOfThemClearly() {
        List<Double> contrasts = new ArrayList<>();
        for (SyntheticScene scene : scenes) {
            for (MaskRegion region : MaskRegion.of(scene.mask(), SIZE)) {
                if (region.size() >= 80) {
                    contrasts.add(region.contrast(scene));
                    assertThat(contrasts.get(contrasts.size() - 1))
                            .as("landslide near column %d, row %d", region.column(), region.row())
                            .isGreaterThan(6);
                }
            }
        }
        Collections.sort(contrasts);
        assertThat(contrasts.get(contrasts.size() / 2)).isGreaterThan(30);
    }

    @Test
    void noThresholdOnAColourSolvesTheScene() {
        for (SyntheticScene scene : scenes) {
            byte[] red = scene.optical(0);
            byte[] green = scene.optical(1);
            byte[] blue = scene.optical(2);
            double[] brightness = new double[red.length];
            double[] greenness = new double[red.length];
            double[] redness = new double[red.length];
            for (int i = 0; i < red.length; i++) {
                double r = red[i] & 0xFF;
                double g = green[i] & 0xFF;
                double b = blue[i] & 0xFF;
                brightness[i] = r + g + b;
                greenness[i] = (2 * g - r - b) / Math.max(1, r + g + b);
                redness[i] = (r - g) / Math.max(1, r + g);
            }
            assertThat(bestThreshold(brightness, scene.mask())).isLessThan(0.6);
            assertThat(bestThreshold(greenness, scene.mask())).isLessThan(0.6);
            assertThat(bestThreshold(redness, scene.mask())).isBetween(0.15, 0.6);
        }
    }

    @Test
    void outsideTheSwathTheImageIsBlackAndTheMaskHasNoData() {
        for (SyntheticScene scene : scenes) {
            byte[] mask = scene.mask();
            byte[][] bands = {scene.optical(0), scene.optical(1), scene.optical(2)};
            int unseen = 0;
            for (int i = 0; i < mask.length; i++) {
                boolean none = mask[i] == SyntheticScene.NO_DATA;
                unseen += none ? 1 : 0;
                for (byte[] band : bands) {
                    assertThat(band[i] == 0).isEqualTo(none);
                }
            }
            assertThat(unseen / (double) mask.length).isBetween(0.01, 0.08);
        }
    }

    @Test
    void landslidesChangeTheGroundByDecimetresToMetres() {
        double greatest = 0;
        for (Landslide slide : scenes.get(0).landslides()) {
            double length = slide.path().length();
            assertThat(slide.change(0.1 * length, 1)).isNegative();
            assertThat(slide.change(0.9 * length, 1)).isPositive();
            assertThat(slide.change(0.5 * length, 0)).isZero();
            greatest = Math.max(greatest, -2 * slide.change(0.1 * length, 1));
        }
        assertThat(greatest).isBetween(0.5, 6.0);
    }

    private static SyntheticScene scene(long seed) {
        return SyntheticScene.generate(SceneSpecification.of(seed, SIZE, SIZE));
    }

    private static double height(SyntheticScene scene, Trace path, double share) {
        int index = (int) Math.round(share * (path.size() - 1));
        return scene.height(path.x(index) - scene.margin(), path.y(index) - scene.margin());
    }

    /** Over eight pixels, so that the rough surface of a landslide does not count. */
    private static double slope(SyntheticScene scene, float[] terrain, int column, int row) {
        int i = row * SIZE + column;
        double base = 8 * scene.specification().groundSampleDistance();
        double east = (terrain[i + 4] - terrain[i - 4]) / base;
        double south = (terrain[i + 4 * SIZE] - terrain[i - 4 * SIZE]) / base;
        return Math.hypot(east, south);
    }

    private static double share(byte[] mask) {
        int slides = 0;
        int valid = 0;
        for (byte value : mask) {
            slides += value == SyntheticScene.LANDSLIDE ? 1 : 0;
            valid += value == SyntheticScene.NO_DATA ? 0 : 1;
        }
        return slides / (double) valid;
    }

    /** The best intersection over union that a threshold on an index can have, whichever side counts as landslide. */
    private static double bestThreshold(double[] index, byte[] mask) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] != SyntheticScene.NO_DATA) {
                least = Math.min(least, index[i]);
                most = Math.max(most, index[i]);
            }
        }
        int bins = 400;
        double[][] counts = new double[2][bins];
        double[] totals = new double[2];
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] != SyntheticScene.NO_DATA) {
                int bin = (int) Math.min(bins - 1, bins * (index[i] - least) / (most - least));
                counts[mask[i]][bin]++;
                totals[mask[i]]++;
            }
        }
        double best = 0;
        double[] below = new double[2];
        for (int bin = 0; bin < bins; bin++) {
            below[0] += counts[0][bin];
            below[1] += counts[1][bin];
            best = Math.max(best, below[1] / (totals[1] + below[0]));
            best = Math.max(best, (totals[1] - below[1]) / (totals[1] + totals[0] - below[0]));
        }
        return best;
    }

    private static double correlation(float[] a, float[] b) {
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < a.length; i++) {
            meanA += a[i] / a.length;
            meanB += b[i] / b.length;
        }
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }
}
