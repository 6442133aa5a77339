package org.geolandslide.training.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The arithmetic of the bench. */
class BenchDuelTests {
    private static Turn turn(double seconds) {
        return new Turn(seconds, 2 * seconds);
    }

    @Test
    void figures_are_medians_over_the_rounds() {
        Duel duel = new Duel(40, List.of(turn(2), turn(1), turn(50)), List.of(turn(4), turn(4), turn(5)));
        assertThat(duel.firstSpeed()).isEqualTo(20);
        assertThat(duel.secondSpeed()).isEqualTo(10);
        assertThat(duel.ratio()).isEqualTo(2);
        assertThat(duel.processorRatio()).isEqualTo(2);
        assertThat(duel.leastRatio()).isEqualTo(0.1);
        assertThat(duel.mostRatio()).isEqualTo(4);
        assertThat(duel.processorSeconds()).isEqualTo(132);
    }

    @Test
    void the_median_of_an_even_number_of_turns_lies_between_the_middle_ones() {
        Duel duel = new Duel(10, List.of(turn(1), turn(3)), List.of(turn(4), turn(4)));
        assertThat(duel.firstSpeed()).isEqualTo(5);
    }

    @Test
    void both_have_as_many_turns() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Duel(1, List.of(turn(1)), List.of()))
                .withMessageContaining("1 and 0 turns");
    }

    @Test
    void other_work_is_what_the_machine_did_beyond_ones_own() {
        MachineTime start = MachineTime.of("cpu  100 0 100 1000 0 0 0 0 0 0");
        MachineTime end = MachineTime.of("cpu  500 100 200 1300 100 0 0 0 0 0");
        // Ten seconds of processors, six of them busy.
        assertThat(end.since(start).shareOfOthers(4)).isEqualTo(0.2, within(1e-9));
        assertThat(end.since(start).shareOfOthers(7)).isZero();
    }
}
