package org.geolandslide.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.geolandslide.training.data.Sample;
import org.junit.jupiter.api.Test;

class ChipSheetTests {
    /** Left half dark, right half bright in one of four bands; 2 x 1 pixels. */
    private static ChipSheet.Row bright(int band) {
        float[][] optical = new float[4][2];
        optical[band][1] = 0.4f;
        Sample chip = new Sample("chip", 2, 1, optical, new float[0], new byte[2]);
        return new ChipSheet.Row(chip, new float[2], new float[0], Confusion.NONE);
    }

    /** Colour of the bright pixel in the first column. */
    private static int colour(int brightBand, List<Integer> shown) {
        BufferedImage sheet = ChipSheet.draw("title", shown, List.of(bright(brightBand)), 0.5);
        return sheet.getRGB(150 + 160, 84 + 40) & 0xFFFFFF;
    }

    @Test
    void the_shown_bands_are_red_green_and_blue() {
        assertThat(colour(2, List.of(2, 1, 0))).isEqualTo(0xFF0000);
        assertThat(colour(1, List.of(2, 1, 0))).isEqualTo(0x00FF00);
        assertThat(colour(0, List.of(2, 1, 0))).isEqualTo(0x0000FF);
        assertThat(colour(3, List.of(2, 1, 0))).isZero();
    }

    @Test
    void a_single_band_is_grey() {
        assertThat(colour(3, List.of(3))).isEqualTo(0xFFFFFF);
        assertThat(colour(0, List.of(3))).isZero();
    }
}
