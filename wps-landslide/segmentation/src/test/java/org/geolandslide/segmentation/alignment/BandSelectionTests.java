package org.geolandslide.segmentation.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which bands of a raster a model gets, and which values of theirs. */
class BandSelectionTests {
    private static final RasterGrid GRID = Rasters.utm(12, 8);
    private static final ModelInput RGB = Bands.input("optical", "red", "green", "blue");

    private static AlignedInput align(ModelInput input, GridCoverage2D coverage) {
        return AlignedInputs.align(List.of(input), Map.of(input.name(), coverage), Optional.empty())
                .inputs()
                .get(0);
    }

    /** The first pixel of a raster whose bands have the values 0, 10, 20 and so on there. */
    private static List<Float> taken(ModelInput input, String... names) {
        return Bands.first(align(input, Bands.tens(GRID, Bands.named(names))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // By name, in any order and letter case, with bands that the model does not take between them.
        "'red,green,blue', '0,10,20'",
        "'BLUE,GREEN,RED', '20,10,0'",
        "'nir,Red, Green ,Blue', '10,20,30'",
        "'coastal,blue,green,red,nir', '30,20,10'",
        "'red,green,blue,something', '0,10,20'",
        // In order, where no name says anything.
        "'RED_BAND,GREEN_BAND,BLUE_BAND', '0,10,20'",
        "'BLUE_BAND,GREEN_BAND,RED_BAND', '0,10,20'",
        "'GRAY_INDEX,Band2,Band3,Band4', '0,10,20'",
        "'Band 1,Band 2,Band 3', '0,10,20'",
        "'B04,B03,B02', '0,10,20'",
        "'red,red,red', '0,10,20'",
        // Transparency is no band of the model's.
        "'alpha,blue,green,red', '30,20,10'",
        "'RED_BAND,GREEN_BAND,BLUE_BAND,ALPHA_BAND', '0,10,20'",
    })
    void bands_are_taken_by_names_that_say_something_and_in_order_otherwise(String names, String expected) {
        List<Float> values =
                List.of(expected.split(",")).stream().map(Float::valueOf).toList();
        assertThat(taken(RGB, names.split(","))).isEqualTo(values);
    }

    @Test
    void names_are_those_of_the_model_whatever_they_mean() {
        assertThat(taken(Bands.input("optical", "B04", "slope"), "slope", "b03", "b04"))
                .containsExactly(20f, 0f);
    }

    @Test
    void a_single_band_needs_no_name() {
        assertThat(taken(Bands.input("dem", "elevation"), "red")).containsExactly(0f);
        assertThat(taken(Bands.input("dem", "elevation"), "slope", "elevation")).containsExactly(10f);
    }

    @Test
    void a_resampled_raster_is_selected_from_as_well() {
        GridCoverage2D finer = Bands.tens(
                Rasters.grid(24, 16, 600_000, 5_200_000, 5, "EPSG:32632"), Bands.named("blue", "x", "red", "green"));
        List<AlignedInput> aligned = AlignedInputs.align(
                        List.of(Bands.input("dem", "elevation"), RGB),
                        Map.of("dem", Bands.tens(GRID, Bands.named("elevation")), "optical", finer),
                        Optional.empty())
                .inputs();
        assertThat(Bands.first(aligned.get(1))).containsExactly(20.5f, 30.5f, 0.5f);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'blue,green,b8', [blue; green; b8], red",
        "'nir,swir16,swir22', [nir; swir16; swir22], red",
        "'red,green,red,blue', [red; green; red; blue], red",
    })
    void names_of_which_only_some_are_the_models_are_refused(String names, String found, String missing) {
        assertThatThrownBy(() -> taken(RGB, names.split(",")))
                .isInstanceOf(SegmentationException.class)
                .hasMessage("input 'optical' has the bands " + found.replace(';', ',')
                        + ", the model takes [red, green, blue]: expected one band named '" + missing
                        + "', or names of which none says what the band shows");
    }

    @Test
    void a_band_that_is_named_so_is_transparency() {
        ModelInput four = Bands.input("optical", "red", "green", "blue", "nir");
        assertThatThrownBy(() -> taken(four, "Band 1", "Band 2", "Band 3", "Alpha"))
                .hasMessage("input 'optical' has 3 band(s) and one of transparency, the model takes 4:"
                        + " [red, green, blue, nir]");
    }

    @Test
    void the_last_of_four_bands_is_data_for_a_model_that_takes_four() {
        // Readers of TIFFs call the last of any four bands transparency.
        ModelInput four = Bands.input("optical", "red", "green", "blue", "nir");
        BufferedImage image = new BufferedImage(12, 8, BufferedImage.TYPE_4BYTE_ABGR);
        image.setRGB(0, 0, 0x80102030);
        assertThat(Bands.first(align(four, Rasters.coverage(GRID, image, Map.of()))))
                .containsExactly(16f, 32f, 48f, 128f);
        GridCoverage2D named = Bands.coverage(GRID, image, Bands.named("red", "nir", "blue", "green"), Map.of());
        assertThat(Bands.first(align(RGB, named))).containsExactly(16f, 128f, 48f);
    }

    @Test
    void the_last_of_four_bands_of_measurements_is_no_transparency() {
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_FLOAT);
        var raster = colours.createCompatibleWritableRaster(12, 8);
        raster.setPixel(0, 0, new float[] {0.1f, 0.2f, 0.3f, 0});
        AlignedInput aligned =
                align(RGB, Rasters.coverage(GRID, new BufferedImage(colours, raster, false, null), Map.of()));
        assertThat(Bands.first(aligned)).containsExactly(0.1f, 0.2f, 0.3f);
        assertThat(aligned.read(new Rectangle(0, 0, 1, 1)).valid()).containsExactly(true);
    }

    @Test
    void scale_and_offset_are_applied_to_the_band_that_declares_them() {
        GridCoverage2D coverage = Bands.tens(
                GRID, Bands.scaled("blue", 0.5, 3), Bands.scaled("green", 1, 0), Bands.scaled("red", 0.001, -1));
        AlignedInput aligned = align(RGB, coverage);
        AlignedInput.Pixels pixels = aligned.read(new Rectangle(4, 0, 1, 1));
        assertThat(pixels.values()[0]).containsExactly((float) (24 * 0.001 - 1));
        assertThat(pixels.values()[1]).containsExactly(14f);
        assertThat(pixels.values()[2]).containsExactly(5f);
    }

    @Test
    void nodata_is_compared_before_scaling() {
        var image = Bands.image(GRID, DataBuffer.TYPE_SHORT, 1, (x, y, band) -> x == 0 ? -9999 : x == 1 ? -19998 : 100);
        GridCoverage2D coverage = Bands.coverage(
                GRID,
                image,
                new org.geotools.coverage.GridSampleDimension[] {Bands.scaled("elevation", 0.5, 0)},
                Nodata.properties(-9999));
        ModelInput dem = Bands.input("dem", "elevation");
        AlignedInput.Pixels pixels = align(dem, coverage).read(new Rectangle(0, 0, 3, 1));
        assertThat(pixels.valid()).containsExactly(false, true, true);
        assertThat(pixels.values()[0][1]).isEqualTo(-9999f);
        assertThat(pixels.values()[0][2]).isEqualTo(50f);
        // The same on another grid.
        RasterGrid finer = Rasters.grid(24, 16, 600_000, 5_200_000, 5, "EPSG:32632");
        AlignedInput.Pixels resampled = AlignedInputs.align(
                        List.of(RGB, dem),
                        Map.of("optical", Rasters.red(finer, (x, y, band) -> 1), "dem", coverage),
                        Optional.empty())
                .inputs()
                .get(1)
                .read(new Rectangle(0, 0, 24, 1));
        assertThat(resampled.valid()).startsWith(false, false, true, true);
        assertThat(resampled.values()[0][2]).isEqualTo(-9999f);
        assertThat(resampled.values()[0][20]).isEqualTo(50f);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "NaN, 0", "1, Infinity"})
    void a_scale_that_is_none_is_refused(double scale, double offset) {
        assertThatThrownBy(() ->
                        align(Bands.input("dem", "elevation"), Bands.tens(GRID, Bands.scaled("height", scale, offset))))
                .isInstanceOf(SegmentationException.class)
                .hasMessage("input 'dem' declares the scale " + scale + " and the offset " + offset
                        + " for its band 1, expected finite numbers and a scale other than 0");
    }
}
