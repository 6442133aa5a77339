package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.geolandslide.model.FloatTensor;
import org.geolandslide.training.config.Imagery;
import org.geolandslide.training.network.Standardization;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.Test;

class GoldenSceneryTests {
    private static final Standardization STATISTICS =
            new Standardization(List.of(100f, 700f, 20f, 500f, 0f), List.of(10f, 200f, 5f, 100f, 1f));

    private final GoldenScenery scenery = GoldenScenery.of(32);

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static float[] band(FloatTensor image, int band) {
        return Arrays.copyOfRange(image.values(), band * 32 * 32, (band + 1) * 32 * 32);
    }

    @Test
    void colours_are_those_of_the_scene() {
        SyntheticScene scene = SyntheticScene.generate(SceneSpecification.of(64, 256, 256));
        FloatTensor optical = scenery.optical(new Imagery(false, null, null), Standardization.none(3));
        assertThat(optical.shape()).containsExactly(1, 3, 32, 32);
        for (int colour = 0; colour < 3; colour++) {
            assertThat(band(optical, colour)[5 * 32 + 7])
                    .isEqualTo(Byte.toUnsignedInt(scene.optical(colour)[(96 + 5) * 256 + 96 + 7]));
        }
        assertThat(scenery.elevation().values()[33]).isEqualTo(scene.terrain()[97 * 256 + 97]);
    }

    @Test
    void other_bands_are_as_in_the_training_data() {
        Imagery imagery =
                new Imagery(List.of("red", "nir", "slope", "swir16"), "uint16", false, null, null, false, List.of());
        FloatTensor optical = scenery.optical(imagery, STATISTICS);
        for (int band = 0; band < 4; band++) {
            float[] values = band(optical, band);
            double expected = STATISTICS.mean().get(band);
            assertThat(mean(values)).isCloseTo(expected, within(0.05 * expected));
            for (float value : values) {
                assertThat(value).isNotNegative().isEqualTo((float) Math.rint(value));
            }
        }
        assertThat(scenery.optical(imagery, STATISTICS).values()).isEqualTo(optical.values());
        // Slope has the pattern of the terrain.
        float[] terrain = scenery.elevation().values();
        assertThat(band(optical, 2)[40] - band(optical, 2)[900])
                .isCloseTo((terrain[40] - terrain[900]) * 5 / (float) deviation(terrain), within(1f));
    }

    private static double deviation(float[] values) {
        double mean = mean(values);
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    @Test
    void a_square_may_be_larger_than_the_scene() {
        assertThat(GoldenScenery.of(300).elevation().values()).hasSize(300 * 300);
    }
}
