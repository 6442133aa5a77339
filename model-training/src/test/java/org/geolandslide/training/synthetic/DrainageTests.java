package org.geolandslide.training.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrainageTests {

    private static final int SIZE = 40;

    private final Field heights = rough();
    private final boolean[] outlet = corner();
    private final Drainage drainage = Drainage.of(heights, outlet, new FractalNoise(7, 2));

    @Test
    void everyCellDrainsToTheOutletEvenOutOfPits() {
        assertThat(drainage.area()[0]).isEqualTo(SIZE * SIZE);
        assertThat(drainage.receiver()[0]).isZero();
    }

    @Test
    void receiversComeBeforeTheirDonors() {
        int[] place = new int[SIZE * SIZE];
        for (int i = 0; i < place.length; i++) {
            place[drainage.order()[i]] = i;
        }
        for (int cell = 1; cell < place.length; cell++) {
            assertThat(place[drainage.receiver()[cell]]).isLessThan(place[cell]);
        }
    }

    @Test
    void receiversAreNeighbours() {
        for (int cell = 0; cell < SIZE * SIZE; cell++) {
            int receiver = drainage.receiver()[cell];
            assertThat(Math.abs(receiver % SIZE - cell % SIZE)).isLessThanOrEqualTo(1);
            assertThat(Math.abs(receiver / SIZE - cell / SIZE)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void areaGrowsDownstream() {
        for (int cell = 1; cell < SIZE * SIZE; cell++) {
            assertThat(drainage.area()[drainage.receiver()[cell]]).isGreaterThan(drainage.area()[cell]);
        }
    }

    private static Field rough() {
        FractalNoise noise = new FractalNoise(7, 1);
        return Field.every(1, SIZE - 1, SIZE - 1, (x, y) -> 0.1 * (x + y) + 5 * noise.fractal(x / 9, y / 9, 3));
    }

    private static boolean[] corner() {
        boolean[] corner = new boolean[SIZE * SIZE];
        corner[0] = true;
        return corner;
    }
}
