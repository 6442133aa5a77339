package org.geolandslide.segmentation.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.Rasters;
import org.geotools.coverage.grid.GridCoverage2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that draw their pixels: by a palette, or not at all where they are transparent. */
class PaletteAndTransparencyTests {
    private static final RasterGrid GRID = Rasters.utm(12, 8);
    /** Two of these pixels lie side by side in one of the grid's. */
    private static final RasterGrid FINER = Rasters.grid(24, 16, 600_000, 5_200_000, 5, "EPSG:32632");

    private static final ModelInput RGB = Bands.input("optical", "red", "green", "blue");
    private static final ModelInput DEM = Bands.input("dem", "elevation");

    private static final byte[] RED = {10, 20, 30, 40};
    private static final byte[] GREEN = {11, 21, 31, 41};
    private static final byte[] BLUE = {12, 22, 32, (byte) 200};

    private static AlignedInput inPlace(ModelInput input, GridCoverage2D coverage) {
        return AlignedInputs.align(List.of(input), Map.of(input.name(), coverage), Optional.empty())
                .inputs()
                .get(0);
    }

    /** A coverage as the second input, on the grid of another one. */
    private static AlignedInput second(ModelInput input, GridCoverage2D coverage, RasterGrid grid) {
        ModelInput first = Bands.input("first", "first");
        return AlignedInputs.align(
                        List.of(first, input),
                        Map.of("first", Rasters.floats(grid, (x, y, band) -> 1), input.name(), coverage),
                        Optional.empty())
                .inputs()
                .get(1);
    }

    /** Indices 0, 1, 2, 3, 0, ... along the columns. */
    private static BufferedImage paletted(IndexColorModel palette, int width, int height) {
        BufferedImage image = palette.getPixelSize() == 8
                ? new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette)
                : new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, palette);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, x % 4);
            }
        }
        return image;
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {2, 4, 8})
    void a_palette_is_looked_up_where_the_model_takes_three_bands(int bits) {
        BufferedImage image = paletted(new IndexColorModel(bits, 4, RED, GREEN, BLUE), 12, 8);
        AlignedInput.Pixels pixels =
                inPlace(RGB, Rasters.coverage(GRID, image, Map.of())).read(new Rectangle(2, 3, 3, 1));
        assertThat(pixels.values()[0]).containsExactly(30, 40, 10);
        assertThat(pixels.values()[1]).containsExactly(31, 41, 11);
        assertThat(pixels.values()[2]).containsExactly(32, 200, 12);
        assertThat(pixels.valid()).containsOnly(true);
    }

    @Test
    void transparent_colours_and_the_index_of_nodata_are_missing() {
        BufferedImage image = paletted(new IndexColorModel(8, 4, RED, GREEN, BLUE, 1), 12, 8);
        AlignedInput.Pixels pixels = inPlace(RGB, Rasters.coverage(GRID, image, Nodata.properties(3)))
                .read(new Rectangle(0, 0, 4, 1));
        assertThat(pixels.valid()).containsExactly(true, false, true, false);
    }

    @Test
    void a_palette_has_three_bands() {
        BufferedImage image = paletted(new IndexColorModel(8, 4, RED, GREEN, BLUE), 12, 8);
        ModelInput four = Bands.input("optical", "red", "green", "blue", "nir");
        assertThatThrownBy(() -> inPlace(four, Rasters.coverage(GRID, image, Map.of())))
                .hasMessageStartingWith("input 'optical' has 3 band(s) and one of transparency, the model takes 4");
    }

    @Test
    void indices_are_the_values_where_the_model_takes_one_band() {
        // Transparency is only how the classes are drawn: that of our own mask hides its background.
        BufferedImage image = paletted(new IndexColorModel(8, 4, RED, GREEN, BLUE, 0), 12, 8);
        AlignedInput.Pixels pixels = inPlace(DEM, Rasters.coverage(GRID, image, Nodata.properties(2)))
                .read(new Rectangle(0, 0, 4, 1));
        assertThat(pixels.values()[0]).containsExactly(0, 1, 2, 3);
        assertThat(pixels.valid()).containsExactly(true, true, false, true);
    }

    @Test
    void a_palette_is_looked_up_before_colours_are_interpolated() {
        BufferedImage image = paletted(new IndexColorModel(8, 4, RED, GREEN, BLUE, 3), 12, 8);
        AlignedInput.Pixels pixels =
                second(RGB, Rasters.coverage(GRID, image, Map.of()), FINER).read(new Rectangle(0, 4, 8, 1));
        // Columns of the finer grid lie at a quarter and three quarters of the pixels; the fourth is transparent.
        assertThat(pixels.values()[0]).startsWith(10f, 12.5f, 17.5f, 22.5f, 27.5f, 30f);
        assertThat(pixels.valid()).containsExactly(true, true, true, true, true, true, false, false);
    }

    @Test
    void transparent_pixels_of_a_resampled_raster_are_missing_and_do_not_darken_their_neighbours() {
        BufferedImage image = new BufferedImage(12, 8, BufferedImage.TYPE_4BYTE_ABGR);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 12; x++) {
                image.setRGB(x, y, x < 3 ? 0x00000000 : 0xFF102030);
            }
        }
        AlignedInput.Pixels pixels =
                second(RGB, Rasters.coverage(GRID, image, Map.of()), FINER).read(new Rectangle(0, 4, 24, 1));
        for (int x = 0; x < 24; x++) {
            assertThat(pixels.valid()[x]).as("column %d", x).isEqualTo(x >= 6);
            if (x >= 6) {
                assertThat(pixels.values()[0][x]).as("column %d", x).isEqualTo(0x10);
            }
        }
    }

    @Test
    void grey_with_transparency_has_one_band() {
        var image = Bands.image(GRID, DataBuffer.TYPE_BYTE, 2, (x, y, band) -> band == 0 ? 50 + x : x == 1 ? 0 : 255);
        GridCoverage2D coverage = Bands.coverage(GRID, image, Bands.named("GRAY_INDEX", "alpha"), Map.of());
        AlignedInput.Pixels pixels = inPlace(DEM, coverage).read(new Rectangle(0, 0, 3, 1));
        assertThat(pixels.values()).hasDimensions(1, 3);
        assertThat(pixels.values()[0]).containsExactly(50, 51, 52);
        assertThat(pixels.valid()).containsExactly(true, false, true);
    }

    @Test
    void a_picture_shows_what_the_model_sees() {
        BufferedImage image = paletted(new IndexColorModel(8, 4, RED, GREEN, BLUE, 1), 12, 8);
        GridCoverage2D picture = AlignedInputs.align(
                        List.of(RGB), Map.of("optical", Rasters.coverage(GRID, image, Map.of())), Optional.empty())
                .picture();
        assertThat(RasterGrid.of(picture)).isEqualTo(GRID);
        float[] blue = picture.getRenderedImage().getData().getSamples(0, 0, 4, 1, 2, (float[]) null);
        assertThat(blue).containsExactly(12, Float.NaN, 32, 200);
    }
}
