package org.geolandslide.training.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FractalNoiseTests {

    private final FractalNoise noise = new FractalNoise(42, 3);

    @Test
    void valuesAverageZeroAndStayAboutWithinOne() {
        double sum = 0;
        double square = 0;
        int count = 0;
        for (double y = -50; y < 50; y += 0.37) {
            for (double x = -50; x < 50; x += 0.37) {
                double value = noise.at(x, y);
                assertThat(value).isBetween(-1.5, 1.5);
                sum += value;
                square += value * value;
                count++;
            }
        }
        assertThat(sum / count).isCloseTo(0, within(0.03));
        assertThat(Math.sqrt(square / count)).isBetween(0.25, 0.6);
    }

    @Test
    void nearbyPlacesHaveNearbyValuesEvenAcrossTheLattice() {
        for (double x = -3.0005; x < 3; x += 0.25) {
            assertThat(noise.at(x + 0.001, 1.2)).isCloseTo(noise.at(x, 1.2), within(0.01));
        }
    }

    @Test
    void anotherStreamOfTheSameSeedIsAnotherFunction() {
        assertThat(new FractalNoise(42, 4).at(0.3, 0.7)).isNotEqualTo(noise.at(0.3, 0.7));
        assertThat(new FractalNoise(42, 3).at(0.3, 0.7)).isEqualTo(noise.at(0.3, 0.7));
    }

    @Test
    void hashesAreSpreadEvenly() {
        int[] counts = new int[10];
        for (int row = -50; row < 50; row++) {
            for (int column = -50; column < 50; column++) {
                counts[(int) (10 * noise.hash(column, row))]++;
            }
        }
        for (int count : counts) {
            assertThat(count).isBetween(850, 1150);
        }
    }
}
