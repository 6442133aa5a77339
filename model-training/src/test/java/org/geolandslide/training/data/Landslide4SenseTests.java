package org.geolandslide.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.geolandslide.model.ModelInput;
import org.geolandslide.training.RealData;
import org.geolandslide.training.config.Imagery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Landslide4SenseTests {
    private static final List<ModelInput> ALL = inputs(Landslide4Sense.BANDS, false);

    @TempDir
    private Path folder;

    private static List<ModelInput> inputs(List<String> bands, boolean dem) {
        return new Imagery(bands, "float32", dem, null, 10.0, false, List.of()).modelInputs();
    }

    private static List<Sample> read(Path folder, List<ModelInput> inputs) throws IOException {
        return ChipFolder.read(folder, ChipLayout.LANDSLIDE4SENSE, inputs, name -> true);
    }

    /** One chip of 3 x 2 pixels in which pixel i has the value i + 1 + band / 100 in each band. */
    @BeforeEach
    void writeChip() throws IOException {
        Files.createDirectories(folder.resolve("TrainData/img"));
        Files.createDirectories(folder.resolve("TrainData/mask"));
        double[][][] image = new double[2][3][14];
        for (int i = 0; i < 6; i++) {
            for (int band = 0; band < 14; band++) {
                image[i / 3][i % 3][band] = i + 1 + band / 100.0;
            }
        }
        TinyLandslide4Sense.write(folder.resolve("TrainData"), "img", "image_7", image);
        TinyLandslide4Sense.write(folder.resolve("TrainData"), "mask", "mask_7", new byte[][] {{0, 0, 1}, {0, 1, 1}});
    }

    @Test
    void values_are_brought_back_to_what_the_sensor_gave() throws IOException {
        Sample chip = read(folder, ALL).get(0);
        assertThat(chip.name()).isEqualTo("image_7");
        assertThat(chip.width()).isEqualTo(3);
        assertThat(chip.height()).isEqualTo(2);
        assertThat(chip.hasElevation()).isFalse();
        assertThat(chip.labels()).containsExactly(0, 0, 1, 0, 1, 1);
        assertThat(chip.optical()[0]).containsExactly(scaled(1111.81236406, 0), within(1e-2f));
        assertThat(chip.optical()[3]).containsExactly(scaled(445.17289745, 3), within(1e-2f));
        assertThat(chip.optical()[12]).containsExactly(scaled(20.29228266, 12), within(1e-3f));
    }

    private static float[] scaled(double mean, int band) {
        float[] values = new float[6];
        for (int i = 0; i < 6; i++) {
            values[i] = (float) ((i + 1 + band / 100.0) * mean);
        }
        return values;
    }

    @Test
    void a_model_takes_the_bands_that_it_names() throws IOException {
        Sample all = read(folder, ALL).get(0);
        Sample some = read(folder, inputs(List.of("swir16", "red"), true)).get(0);
        assertThat(some.optical()).hasDimensions(2, 6);
        assertThat(some.optical()[0]).isEqualTo(all.optical()[10]);
        assertThat(some.optical()[1]).isEqualTo(all.optical()[3]);
        assertThat(some.elevation()).isEqualTo(all.optical()[13]);
        assertThatThrownBy(() -> read(folder, inputs(List.of("red", "pan"), false)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Landslide4Sense has no band 'pan'; it has [coastal, blue, ");
    }

    @Test
    void the_folder_may_be_the_training_data_or_what_holds_it() throws IOException {
        assertThat(read(folder.resolve("TrainData"), ALL).get(0).optical())
                .isEqualTo(read(folder, ALL).get(0).optical());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> read(empty, ALL))
                .hasMessage("there is no folder " + empty.resolve("img") + ", and no "
                        + empty.resolve("TrainData").resolve("img"));
        Files.createDirectory(empty.resolve("img"));
        assertThatThrownBy(() -> read(empty, ALL)).hasMessageContaining("there is no folder " + empty.resolve("mask"));
        Files.createDirectory(empty.resolve("mask"));
        assertThatThrownBy(() -> read(empty, ALL))
                .hasMessage("there are no chips image_N.h5 in " + empty.resolve("img"));
    }

    @Test
    void chips_are_chosen_by_name() throws IOException {
        TinyLandslide4Sense.write(folder.resolve("more"), 1, 3, 8);
        assertThat(ChipFolder.read(
                        folder.resolve("more"), ChipLayout.LANDSLIDE4SENSE, ALL, name -> !name.equals("image_2")))
                .extracting(Sample::name)
                .containsExactly("image_1", "image_3");
        assertThatThrownBy(() -> ChipFolder.read(folder, ChipLayout.LANDSLIDE4SENSE, ALL, name -> false))
                .hasMessage("no chip of " + folder + " was taken");
    }

    @Test
    void pixels_that_are_no_number_take_no_part() throws IOException {
        double[][][] image = new double[2][3][14];
        image[1][0][5] = Double.NaN;
        TinyLandslide4Sense.write(folder.resolve("TrainData"), "img", "image_7", image);
        Sample chip = read(folder, ALL).get(0);
        assertThat(chip.labelled()).isEqualTo(5);
        assertThat(chip.labels()[3]).isEqualTo(Sample.UNLABELLED);
        assertThat(chip.optical()[5]).containsOnly(0);
        assertThat(read(folder, inputs(List.of("red"), false)).get(0).labelled())
                .isEqualTo(6);
    }

    @Test
    void files_that_are_not_as_published_are_named() throws IOException {
        Path training = folder.resolve("TrainData");
        TinyLandslide4Sense.write(training, "mask", "mask_7", new byte[][] {{0, 0}, {0, 1}});
        assertThatThrownBy(() -> read(folder, ALL))
                .hasMessageContaining("mask_7.h5 has the shape [2, 2], its image")
                .hasMessageContaining("has 2 x 3 pixels");
        TinyLandslide4Sense.write(training, "mask", "mask_7", new byte[][] {{0, 0, 3}, {0, 1, 0}});
        assertThatThrownBy(() -> read(folder, ALL)).hasMessageContaining("mask_7.h5 holds the value 3.0");
        Files.move(
                training.resolve("img/image_7.h5"),
                training.resolve("mask/mask_7.h5"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(training.resolve("mask/mask_7.h5"), training.resolve("img/image_7.h5"));
        assertThatThrownBy(() -> read(folder, ALL))
                .hasMessageEndingWith("mask_7.h5 has no dataset 'mask'; it holds [img]");
        TinyLandslide4Sense.write(training, "img", "image_7", new double[2][3][4]);
        assertThatThrownBy(() -> read(folder, ALL))
                .hasMessageEndingWith("image_7.h5 has the shape [2, 3, 4], expected height, width and 14 bands");
        Files.delete(training.resolve("mask/mask_7.h5"));
        TinyLandslide4Sense.write(training, "img", "image_7", new double[2][3][14]);
        assertThatThrownBy(() -> read(folder, ALL)).hasMessageContaining("there is no file ");
        Files.writeString(training.resolve("img/image_7.h5"), "text");
        assertThatThrownBy(() -> read(folder, ALL))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("image_7.h5 cannot be read as HDF5: ");
    }

    @Test
    void the_published_chips_are_read() throws IOException {
        List<Sample> chips = read(RealData.folder("landslide4sense"), ALL);
        assertThat(chips).hasSize(8);
        for (Sample chip : chips) {
            assertThat(chip.width()).isEqualTo(128);
            assertThat(chip.labelled()).isEqualTo(128 * 128);
            // What was divided by the means were whole numbers: multiplied by the right ones it is again.
            for (int band = 0; band < 14; band++) {
                for (float value : chip.optical()[band]) {
                    assertThat(value).isCloseTo((float) Math.rint(value), within(2e-3f));
                }
            }
            Map<String, Float> middle =
                    Map.of("red", chip.optical()[3][64 * 128 + 64], "slope", chip.optical()[12][64 * 128 + 64]);
            assertThat(middle.get("red")).isBetween(50f, 4000f);
            assertThat(middle.get("slope")).isBetween(0f, 90f);
        }
        assertThat(chips.stream().filter(Sample::hasLandslide).count()).isPositive();
    }
}
