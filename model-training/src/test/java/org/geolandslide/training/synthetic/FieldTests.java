package org.geolandslide.training.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FieldTests {

    private final Field plane = Field.every(1, 19, 14, (x, y) -> 3 + 2 * x - 0.5 * y);

    @Test
    void aPlaneIsReadExactlyBetweenItsNodes() {
        assertThat(plane.sample(4.25, 7.5)).isCloseTo(3 + 8.5 - 3.75, within(1e-5));
        assertThat(plane.smooth(4.25, 7.5)).isCloseTo(3 + 8.5 - 3.75, within(1e-5));
    }

    @Test
    void aPlaneHasItsSlopeEverywhereInside() {
        assertThat(plane.eastward(5, 5)).isCloseTo(2, within(1e-5));
        assertThat(plane.southward(5, 5)).isCloseTo(-0.5, within(1e-5));
    }

    @Test
    void outsideTheValueOfTheEdgeHolds() {
        assertThat(plane.sample(-3, 0)).isCloseTo(3, within(1e-4));
        assertThat(plane.clamped(500, 0)).isEqualTo(plane.at(plane.width() - 1, 0));
    }

    @Test
    void blurSpreadsAPointButKeepsItsSum() {
        Field point = new Field(41, 41);
        point.values()[20 * 41 + 20] = 1;
        Field blurred = point.blurred(3);
        double sum = 0;
        double square = 0;
        for (int i = 0; i < blurred.values().length; i++) {
            sum += blurred.values()[i];
            square += blurred.values()[i] * Math.pow(i % 41 - 20, 2);
        }
        assertThat(sum).isCloseTo(1, within(1e-4));
        assertThat(Math.sqrt(square)).isCloseTo(3, within(0.5));
    }

    @Test
    void aSparseFieldCoversAllPixels() {
        Field sparse = Field.every(4, 18, 9, (x, y) -> x + 100 * y);
        assertThat(sparse.sample(17 / 4.0, 8 / 4.0)).isCloseTo(817, within(1e-3));
    }

    @Test
    void refusesValuesThatDoNotFillTheGrid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Field(3, 4, new float[11]))
                .withMessage("values: found 11, expected 3 x 4");
    }
}
