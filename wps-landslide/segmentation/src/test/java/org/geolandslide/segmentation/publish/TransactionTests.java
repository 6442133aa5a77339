package org.geolandslide.segmentation.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionTests {
    private final List<String> there = new ArrayList<>();
    private final List<String> undone = new ArrayList<>();

    private void add(Transaction transaction, String thing) throws IOException {
        transaction.step("add " + thing, () -> there.add(thing), () -> {
            there.remove(thing);
            undone.add(thing);
        });
    }

    @Test
    void committed_steps_stand() throws IOException {
        try (Transaction transaction = new Transaction(step -> {})) {
            add(transaction, "a");
            add(transaction, "b");
            transaction.afterwards("clean", () -> there.add("after"));
            transaction.commit();
        }
        assertThat(there).containsExactly("a", "b", "after");
        assertThat(undone).isEmpty();
    }

    @Test
    void without_a_commit_all_is_undone_from_the_last_to_the_first() throws IOException {
        try (Transaction transaction = new Transaction(step -> {})) {
            add(transaction, "a");
            add(transaction, "b");
            transaction.afterwards("clean", () -> there.add("after"));
        }
        assertThat(there).isEmpty();
        assertThat(undone).containsExactly("b", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"add a", "add b", "add c", "finish"})
    void whoever_is_told_of_a_step_can_end_all(String last) {
        Throwable failure = catchThrowable(() -> {
            try (Transaction transaction = new Transaction(step -> {
                if (step.equals(last)) {
                    throw new IllegalStateException("enough");
                }
            })) {
                add(transaction, "a");
                add(transaction, "b");
                add(transaction, "c");
                transaction.commit();
            }
        });
        assertThat(failure).hasMessage("enough").hasNoSuppressedExceptions();
        assertThat(there).isEmpty();
    }

    @Test
    void a_step_that_fails_half_done_is_undone_too() {
        assertThatThrownBy(() -> {
                    try (Transaction transaction = new Transaction(step -> {})) {
                        transaction.step(
                                "add two",
                                () -> {
                                    there.add("one");
                                    throw new IOException("no room for two");
                                },
                                there::clear);
                    }
                })
                .hasMessage("no room for two");
        assertThat(there).isEmpty();
    }

    @Test
    void what_cannot_be_undone_is_told_and_keeps_nothing_else_from_it() {
        assertThatThrownBy(() -> {
                    try (Transaction transaction = new Transaction(step -> {})) {
                        add(transaction, "a");
                        transaction.step("stick", () -> there.add("stuck"), () -> {
                            throw new IOException("it sticks");
                        });
                        add(transaction, "b");
                        throw new IllegalStateException("the reason");
                    }
                })
                .hasMessage("the reason")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(left -> assertThat(left).hasMessage("cannot undo: stick")));
        assertThat(there).containsExactly("stuck");
    }

    @Test
    void what_fails_afterwards_does_not_undo_anything() throws IOException {
        try (Transaction transaction = new Transaction(step -> {})) {
            add(transaction, "a");
            transaction.afterwards("clean", () -> {
                throw new IOException("not clean");
            });
            transaction.afterwards("polish", () -> there.add("polished"));
            transaction.commit();
            assertThatThrownBy(() -> add(transaction, "late")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(there).containsExactly("a", "polished");
    }
}
