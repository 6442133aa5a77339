package org.geolandslide.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelInputTests {
    private static Band band(String name) {
        return new Band(name, "uint16", "", OptionalDouble.empty(), OptionalDouble.empty());
    }

    private static List<Integer> shown(String... names) {
        return new ModelInput(
                        "optical", Stream.of(names).map(ModelInputTests::band).toList(), "")
                .shownBands();
    }

    @Test
    void a_picture_shows_red_green_and_blue_by_their_names() {
        assertThat(shown("red", "green", "blue")).containsExactly(0, 1, 2);
        assertThat(shown("coastal", "blue", "green", "red", "nir")).containsExactly(3, 2, 1);
    }

    @Test
    void without_them_it_shows_the_first_bands() {
        assertThat(shown("nir", "red", "green", "swir16")).containsExactly(0, 1, 2);
        assertThat(shown("nir", "red")).containsExactly(0);
        assertThat(shown("pan")).containsExactly(0);
    }

    @Test
    void the_ground_sample_distance_is_that_of_the_first_band_that_states_one() {
        Band known = new Band("red", "uint8", "", OptionalDouble.empty(), OptionalDouble.of(3));
        assertThat(new ModelInput("optical", List.of(band("nir"), known), "").groundSampleDistance())
                .hasValue(3);
        assertThat(new ModelInput("optical", List.of(band("nir")), "").groundSampleDistance())
                .isEmpty();
    }

    @Test
    void light_has_common_names() {
        assertThat(Stream.of("red", "rededge071", "nir09", "swir22").map(ModelInputTests::band))
                .allMatch(Band::isCommonName);
        assertThat(Stream.of("slope", "elevation", "B04").map(ModelInputTests::band))
                .noneMatch(Band::isCommonName);
    }
}
