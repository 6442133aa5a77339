package org.geolandslide.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.training.RealData;
import org.geolandslide.training.config.Imagery;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChipFolderTests {
    private static final List<ModelInput> INPUTS = new Imagery(true, 0.0, null).modelInputs();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeChips() throws IOException {
        for (String kind : List.of("image", "dem", "mask")) {
            Files.createDirectory(folder.resolve(kind));
        }
        for (String name : List.of("a", "b")) {
            BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 24; i++) {
                image.setRGB(i % 6, i / 6, 0x808080);
            }
            image.setRGB(5, 3, 0x102030);
            ImageIO.write(image, "png", folder.resolve("image/" + name + ".png").toFile());
            write("dem/" + name + ".png", 6, 4, 77);
            write("mask/" + name + ".png", 6, 4, name.equals("a") ? 255 : 0);
        }
    }

    private void write(String file, int width, int height, int corner) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, corner);
        ImageIO.write(image, "png", folder.resolve(file).toFile());
    }

    private static List<Sample> read(Path folder, List<ModelInput> inputs) throws IOException {
        return ChipFolder.read(folder, ChipLayout.PLAIN, inputs, name -> true);
    }

    @Test
    void chips_are_read_in_the_order_of_their_names() throws IOException {
        List<Sample> chips = read(folder, INPUTS);
        assertThat(chips).extracting(Sample::name).containsExactly("a", "b");
        Sample chip = chips.get(0);
        assertThat(chip.width()).isEqualTo(6);
        assertThat(chip.height()).isEqualTo(4);
        assertThat(chip.optical()[0][23]).isEqualTo(0x10);
        assertThat(chip.optical()[1][23]).isEqualTo(0x20);
        assertThat(chip.optical()[2][23]).isEqualTo(0x30);
        assertThat(chip.elevation()[0]).isEqualTo(77);
    }

    @Test
    void a_mask_for_the_eye_has_white_landslides() throws IOException {
        List<Sample> chips = read(folder, INPUTS);
        assertThat(chips.get(0).labels()[0]).isEqualTo((byte) 1);
        assertThat(chips.get(0).labels()[1]).isZero();
        assertThat(chips.get(1).labels()).containsOnly(0);
    }

    @Test
    void white_is_no_data_if_any_mask_of_the_folder_has_ones() throws IOException {
        write("mask/b.png", 6, 4, 1);
        List<Sample> chips = read(folder, INPUTS);
        assertThat(chips.get(0).labels()[0]).isEqualTo(Sample.UNLABELLED);
        assertThat(chips.get(1).labels()[0]).isEqualTo((byte) 1);
        assertThat(chips.get(0).labelled()).isEqualTo(23);
    }

    @Test
    void other_values_in_a_mask_are_an_error() throws IOException {
        write("mask/b.png", 6, 4, 3);
        assertThatThrownBy(() -> read(folder, INPUTS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("b.png holds the value 3.0, expected 0 for background, 1 for landslide");
    }

    @Test
    void pixels_without_data_take_no_part_and_are_filled() throws IOException {
        BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
        image.setRGB(2, 0, 0x0A0000);
        ImageIO.write(image, "png", folder.resolve("image/b.png").toFile());
        Sample chip = read(folder, INPUTS).get(1);
        assertThat(chip.labelled()).isEqualTo(1);
        assertThat(chip.labels()[2]).isZero();
        assertThat(chip.optical()[0]).containsOnly(10);
        assertThat(read(folder, new Imagery(true, null, null).modelInputs())
                        .get(1)
                        .labelled())
                .isEqualTo(24);
    }

    @Test
    void elevation_without_data_is_filled() throws IOException {
        Path scene = folder.resolve("scene");
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(5, 128, 128)), scene);
        Path chips = folder.resolve("chips");
        // The mask stands for an elevation model on the image's grid: it declares the nodata value 255.
        for (String kind : List.of("image", "dem", "mask")) {
            Files.createDirectories(chips.resolve(kind));
            Files.copy(
                    scene.resolve(kind.equals("image") ? "optical.tif" : "mask.tif"),
                    chips.resolve(kind).resolve("a.tif"));
        }
        Sample chip = read(chips, INPUTS).get(0);
        assertThat(chip.labelled()).isBetween(1L, 128L * 128 - 1);
        assertThat(chip.elevation()).containsOnly(0, 1);
    }

    @Test
    void chips_have_as_many_bands_as_the_model_takes() throws IOException {
        Path chips = folder.resolve("chips");
        Files.createDirectories(chips.resolve("image"));
        Files.createDirectories(chips.resolve("mask"));
        Files.copy(folder.resolve("mask/a.png"), chips.resolve("mask/a.png"));
        float[][] bands = new float[5][6 * 4];
        for (int band = 0; band < 5; band++) {
            Arrays.fill(bands[band], band + 0.25f);
        }
        MultiBandTiff.write(bands, 6, chips.resolve("image/a.tif"));
        Imagery five = new Imagery(
                List.of("blue", "green", "red", "nir", "slope"), "float32", false, null, null, false, List.of());
        Sample chip = read(chips, five.modelInputs()).get(0);
        assertThat(chip.optical()).isEqualTo(bands);
        // The bands behind those of the model are left out.
        Imagery two = new Imagery(List.of("blue", "green"), "float32", false, null, null, false, List.of());
        assertThat(read(chips, two.modelInputs()).get(0).optical()).isEqualTo(Arrays.copyOf(bands, 2));
        Imagery six =
                new Imagery(List.of("a", "b", "c", "d", "e", "f"), "float32", false, null, null, false, List.of());
        assertThatThrownBy(() -> read(chips, six.modelInputs()))
                .hasMessageEndingWith("a.tif has 5 band(s), expected 6: [a, b, c, d, e, f]");
    }

    /** As the snippets of Hokkaido (Lissak and Corpetti 2024) can come: the kinds of files differ from folder to folder. */
    @Test
    void pictures_geotiffs_and_masks_go_together() throws IOException {
        Files.delete(folder.resolve("dem/a.png"));
        Files.delete(folder.resolve("dem/b.png"));
        ReferencedEnvelope extent = new ReferencedEnvelope(141, 141.6, 42, 42.4, DefaultGeographicCRS.WGS84);
        for (String name : List.of("a", "b")) {
            float[][] metres = new float[4][6];
            for (int row = 0; row < 4; row++) {
                Arrays.fill(metres[row], 812.5f + row);
            }
            GeoTiffFile.write(
                    new GridCoverageFactory().create("dem", metres, extent), folder.resolve("dem/" + name + ".tif"));
        }
        List<Sample> chips = read(folder, INPUTS);
        assertThat(chips).hasSize(2);
        assertThat(chips.get(1).elevation()[0]).isEqualTo(812.5f);
        assertThat(chips.get(1).elevation()[23]).isEqualTo(815.5f);
        assertThat(chips.get(0).optical()[2][23]).isEqualTo(0x30);
        assertThat(chips.get(0).labels()[0]).isEqualTo((byte) 1);
    }

    @Test
    void a_model_without_elevation_needs_no_dem() throws IOException {
        for (String name : List.of("a", "b")) {
            Files.delete(folder.resolve("dem/" + name + ".png"));
        }
        Files.delete(folder.resolve("dem"));
        Sample chip = read(folder, new Imagery(false, 0.0, null).modelInputs()).get(0);
        assertThat(chip.hasElevation()).isFalse();
        assertThat(chip.labelled()).isEqualTo(24);
        assertThatThrownBy(() -> read(folder, INPUTS)).hasMessageContaining("there is no folder");
    }

    @Test
    void a_damaged_picture_is_named() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("image/b.png"));
        Files.write(folder.resolve("image/b.png"), Arrays.copyOf(whole, 40));
        assertThatThrownBy(() -> read(folder, INPUTS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("b.png cannot be read: ");
    }

    @Test
    void an_empty_folder_is_an_error() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> read(empty, INPUTS))
                .hasMessageContaining("there is no folder " + empty.resolve("image"));
        for (String kind : List.of("image", "dem", "mask")) {
            Files.createDirectory(empty.resolve(kind));
        }
        assertThatThrownBy(() -> read(empty, INPUTS)).hasMessageContaining("there are no chips in");
    }

    @Test
    void a_mask_of_another_size_is_an_error() throws IOException {
        write("mask/b.png", 5, 4, 0);
        assertThatThrownBy(() -> read(folder, INPUTS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("b.png has 5 x 4 pixels, its image")
                .hasMessageContaining("has 6 x 4");
    }

    @Test
    void a_missing_partner_is_an_error() throws IOException {
        Files.delete(folder.resolve("dem/a.png"));
        assertThatThrownBy(() -> read(folder, INPUTS)).hasMessageContaining("has no partner a.* in");
    }

    @Test
    void a_file_that_is_no_picture_is_an_error() throws IOException {
        Files.writeString(folder.resolve("image/b.png"), "text");
        assertThatThrownBy(() -> read(folder, INPUTS)).hasMessageContaining("b.png is not a picture");
    }

    @Test
    void the_published_chips_of_bijie_are_read() throws IOException {
        List<ModelInput> optical = new Imagery(false, null, null).modelInputs();
        List<Sample> chips =
                ChipFolder.read(RealData.folder("bijie-native-sample"), ChipLayout.BIJIE, optical, name -> true);
        assertThat(chips).hasSize(18);
        assertThat(ChipFolder.find(RealData.folder("bijie-native-sample"), ChipLayout.BIJIE))
                .extracting(SampleFile::name)
                .isEqualTo(chips.stream().map(Sample::name).toList());
        assertThat(chips.stream().filter(Sample::hasLandslide)).hasSize(12).allMatch(chip -> chip.name()
                .startsWith("ls_"));
        assertThat(chips).allMatch(chip -> chip.labelled() == (long) chip.width() * chip.height());
        assertThat(chips.stream().map(Sample::width).distinct().count()).isGreaterThan(5);
        assertThat(ChipFolder.read(
                        RealData.folder("bijie-native-sample"), ChipLayout.BIJIE, optical, "ls_0209"::equals))
                .extracting(Sample::name)
                .containsExactly("ls_0209");
        assertThatThrownBy(() ->
                        ChipFolder.read(RealData.folder("bijie-native-sample"), ChipLayout.BIJIE, INPUTS, name -> true))
                .hasMessageContaining("there is no folder")
                .hasMessageContaining("landslide/dem");
    }

    @Test
    void the_chips_of_nepal_lie_in_images_and_masks() throws IOException {
        Path nepal = Files.createDirectory(folder.resolve("train"));
        Files.move(folder.resolve("image"), nepal.resolve("images"));
        Files.move(folder.resolve("mask"), nepal.resolve("masks"));
        List<ModelInput> optical = new Imagery(false, null, null).modelInputs();
        assertThat(ChipFolder.read(nepal, ChipLayout.NEPAL, optical, name -> true))
                .extracting(Sample::name)
                .containsExactly("a", "b");
        assertThatThrownBy(() -> ChipFolder.read(nepal, ChipLayout.NEPAL, optical, name -> false))
                .hasMessage("no chip of " + nepal + " was taken");
    }

    @Test
    void the_chips_of_jiuzhaigou_are_read() throws IOException {
        List<Sample> chips = read(RealData.folder("jiuzhaigou").resolve("val"), INPUTS);
        assertThat(chips).hasSize(154);
        long landslide = 0;
        long labelled = 0;
        for (Sample chip : chips) {
            assertThat(chip.width()).isEqualTo(256);
            assertThat(chip.elevation()[0]).isBetween(1500f, 5000f);
            labelled += chip.labelled();
            for (byte label : chip.labels()) {
                landslide += label == 1 ? 1 : 0;
            }
        }
        // All but the few that are black in the deepest shadow.
        assertThat(labelled).isBetween(154L * 256 * 256 - 30, 154L * 256 * 256);
        // The data's README: 22 to 24 % of the pixels.
        assertThat((double) landslide / labelled).isBetween(0.21, 0.25);
    }
}
