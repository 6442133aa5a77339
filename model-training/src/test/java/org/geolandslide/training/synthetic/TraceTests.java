package org.geolandslide.training.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TraceTests {

    private final Trace eastward =
            Trace.through(new double[] {5, 15, 25}, new double[] {10, 10, 10}, new double[] {0, 1, 2}, 3, 0);

    @Test
    void pixelsKnowTheirDistanceTheirSideAndTheirPlaceAlongTheLine() {
        double[] across = new double[40 * 20];
        double[] along = new double[40 * 20];
        double[] value = new double[40 * 20];
        Arrays.fill(across, Double.POSITIVE_INFINITY);
        eastward.sweep(40, 20, 4, (pixel, distance, place, height) -> {
            if (Math.abs(distance) < Math.abs(across[pixel])) {
                across[pixel] = distance;
                along[pixel] = place;
                value[pixel] = height;
            }
        });
        // Rows grow to the south, which is to the right of a line that runs east.
        assertThat(across[13 * 40 + 17]).isCloseTo(3, within(1e-9));
        assertThat(across[8 * 40 + 17]).isCloseTo(-2, within(1e-9));
        assertThat(along[13 * 40 + 17]).isCloseTo(12, within(1e-9));
        assertThat(value[13 * 40 + 17]).isCloseTo(1.2, within(1e-9));
        assertThat(across[16 * 40 + 17]).isInfinite();
    }

    @Test
    void endsStayWhereTheyAreWhenALineIsRounded() {
        Trace corner = Trace.through(new double[] {0, 10, 10}, new double[] {0, 0, 10}, new double[] {0, 0, 0}, 3, 4);
        assertThat(corner.x(0)).isZero();
        assertThat(corner.y(corner.size() - 1)).isEqualTo(10);
        assertThat(corner.length()).isBetween(14.0, 20.0);
    }

    @Test
    void aSinglePointIsALineWithoutLength() {
        Trace point = Trace.through(new double[] {3}, new double[] {4}, new double[] {5}, 1, 2);
        assertThat(point.length()).isZero();
    }
}
