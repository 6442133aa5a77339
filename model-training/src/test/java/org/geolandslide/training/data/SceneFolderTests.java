package org.geolandslide.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.engine.WindowReader;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geolandslide.training.RealData;
import org.geolandslide.training.config.Imagery;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneFolderTests {
    private static final List<ModelInput> INPUTS = new Imagery(true, 0.0, 2.0).modelInputs();

    @TempDir
    private static Path scene;

    @BeforeAll
    static void writeScene() throws IOException {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(5, 192, 160)), scene);
    }

    private static SceneFolder.Scene only() throws IOException {
        return SceneFolder.find(scene, List.of()).get(0);
    }

    @Test
    void a_scene_is_read_on_the_grid_of_its_optical_raster() throws IOException {
        Sample sample = SceneFolder.read(only(), INPUTS);
        assertThat(sample.width()).isEqualTo(192);
        assertThat(sample.height()).isEqualTo(160);
        assertThat(sample.optical()).hasDimensions(3, 192 * 160);
        // The margin of a synthetic scene has no data.
        assertThat(sample.labelled()).isBetween((long) (0.9 * 192 * 160), 192L * 160 - 1);
        assertThat(sample.labels()).contains((byte) 0, (byte) 1, Sample.UNLABELLED);
        for (float metres : sample.elevation()) {
            assertThat(metres).isBetween(0f, 5000f);
        }
    }

    @Test
    void a_scene_is_brought_to_pixels_of_another_size() throws IOException {
        Sample fine = SceneFolder.read(only(), INPUTS);
        // Pixels of 2 m become pixels of 8 m.
        Sample coarse = SceneFolder.read(only(), INPUTS, OptionalDouble.of(8), (labels, width, height) -> {});
        assertThat(coarse.width()).isEqualTo(48);
        assertThat(coarse.height()).isEqualTo(40);
        for (int y = 8; y < 32; y++) {
            for (int x = 8; x < 40; x++) {
                double mean = 0;
                for (int i = 0; i < 16; i++) {
                    mean += fine.optical()[1][(4 * y + i / 4) * 192 + 4 * x + i % 4] / 16;
                }
                assertThat((double) coarse.optical()[1][y * 48 + x]).isCloseTo(mean, within(0.01));
                assertThat(coarse.labels()[y * 48 + x]).isEqualTo(fine.labels()[(4 * y + 2) * 192 + 4 * x + 2]);
            }
        }
        Sample half = SceneFolder.read(only(), INPUTS, OptionalDouble.of(8), (labels, width, height) -> {
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i % width < 96 ? Sample.UNLABELLED : labels[i];
            }
        });
        assertThat(half.optical()).isDeepEqualTo(coarse.optical());
        assertThat(half.labels()[20 * 48 + 23]).isEqualTo(Sample.UNLABELLED);
        assertThat(half.labels()[20 * 48 + 24]).isEqualTo(coarse.labels()[20 * 48 + 24]);
    }

    @Test
    void training_and_serving_see_the_same_pixels() throws IOException {
        Sample sample = SceneFolder.read(only(), INPUTS);
        int side = 64;
        // Inside, over the corner, and over the opposite edges.
        int[][] places = {{40, 50}, {-10, -20}, {150, 120}};
        try (GeoTiffFile optical = GeoTiffFile.open(only().optical());
                GeoTiffFile dem = GeoTiffFile.open(only().requireElevation())) {
            AlignedInputs aligned = AlignedInputs.align(
                    INPUTS, Map.of("optical", optical.coverage(), "dem", dem.coverage()), Optional.empty());
            WindowReader reader = new WindowReader(aligned, side);
            for (int[] place : places) {
                FloatBuffer colours = FloatBuffer.allocate(3 * side * side);
                FloatBuffer metres = FloatBuffer.allocate(side * side);
                boolean[] served = reader.read(
                        new WindowGrid.Window(0, 0, place[0], place[1]), Map.of("optical", colours, "dem", metres));
                WindowPixels trained = WindowPixels.cut(new Window(sample, place[0], place[1]), side);
                for (int i = 0; i < side * side; i++) {
                    if (served[i]) {
                        for (int band = 0; band < 3; band++) {
                            assertThat(trained.optical()[band][i]).isEqualTo(colours.get(band * side * side + i));
                        }
                        assertThat(trained.elevation()[i]).isEqualTo(metres.get(i));
                    }
                    if (trained.weight()[i] > 0) {
                        assertThat(served[i]).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void scenes_of_one_folder_are_told_apart_by_their_names(@TempDir Path folder) throws IOException {
        for (String name : List.of("A", "B")) {
            copy("optical", folder.resolve(name + "_rgb.tif"));
            copy("dem", folder.resolve(name + "_dsm.tif"));
            copy("mask", folder.resolve(name + "_mask.tif"));
        }
        assertThat(SceneFolder.find(folder, List.of()))
                .extracting(SceneFolder.Scene::name)
                .containsExactly("A", "B");
        assertThat(SceneFolder.find(folder, List.of("B")))
                .extracting(SceneFolder.Scene::name)
                .containsExactly("B");
        assertThatThrownBy(() -> SceneFolder.find(folder, List.of("C")))
                .hasMessageContaining("there is no scene 'C'")
                .hasMessageContaining("[A, B]");
    }

    @Test
    void a_scene_that_lacks_a_file_is_an_error(@TempDir Path folder) throws IOException {
        copy("optical", folder.resolve("optical.tif"));
        copy("dem", folder.resolve("dem.tif"));
        assertThatThrownBy(() -> SceneFolder.find(folder, List.of()))
                .hasMessageContaining("has no mask file; it has [dem.tif, optical.tif]");
    }

    @Test
    void a_folder_without_scenes_is_an_error(@TempDir Path folder) {
        assertThatThrownBy(() -> SceneFolder.find(folder, List.of())).hasMessageContaining("there are no scenes in");
        assertThatThrownBy(() -> SceneFolder.find(folder.resolve("none"), List.of()))
                .hasMessageContaining("there is no folder");
    }

    @Test
    void a_mask_on_another_grid_is_an_error(@TempDir Path folder) throws IOException {
        copy("optical", folder.resolve("optical.tif"));
        copy("dem", folder.resolve("dem.tif"));
        copy("dem", folder.resolve("mask.tif"));
        SceneFolder.Scene broken = SceneFolder.find(folder, List.of()).get(0);
        assertThatThrownBy(() -> SceneFolder.read(broken, INPUTS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected the grid of its optical raster, 192 x 160");
    }

    private static void copy(String kind, Path target) throws IOException {
        Files.copy(scene.resolve(kind + ".tif"), target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void baige_is_read_with_its_gaps() throws IOException {
        SceneFolder.Scene b =
                SceneFolder.find(RealData.folder("baige"), List.of("B")).get(0);
        Sample sample = SceneFolder.read(b, INPUTS);
        assertThat(sample.width()).isEqualTo(3221);
        assertThat(sample.height()).isEqualTo(2817);
        long landslide = 0;
        for (byte label : sample.labels()) {
            landslide += label == 1 ? 1 : 0;
        }
        assertThat(sample.labelled()).isEqualTo(3_520_340);
        assertThat((double) landslide / sample.labelled()).isBetween(0.170, 0.171);
        // JPEG in TIFF; the value is GDAL's.
        assertThat(sample.optical()[0][1200 * 3221 + 1000]).isEqualTo(125);
        assertThat(sample.elevation()[1200 * 3221 + 1000]).isEqualTo(2936.2f);
    }
}
