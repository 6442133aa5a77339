package org.geolandslide.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.RenderedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.geolandslide.model.InvalidPackageException;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SceneCoverages;
import org.geolandslide.training.data.SceneFolder;
import org.geolandslide.training.evaluation.ChipEvaluator;
import org.geolandslide.training.evaluation.Evaluation;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RMAU-Net from training to serving: a model that takes windows of one size only and detects, too. */
class FixedSizeTests {
    private static final int WINDOW = 32;

    @TempDir
    private static Path folder;

    private final List<String> kept = new ArrayList<>();
    private final List<String> anew = new ArrayList<>();

    private static TrainingConfig config(int window, String more) throws IOException {
        return ConfigFile.parse(
                """
                name: test-rmau
                network: {architecture: rmau_net, width: 4, depth: 2, heads: 2}
                window: %d
                batch: 4
                epochs: 1
                threads: 2
                input: {dem: false}
                augmentation: {mixup: 0}
                data:
                  training: [{format: scene, path: training}]
                  validation: [{format: scene, path: validation}]
                """
                                .formatted(window)
                        + more,
                "test.yaml");
    }

    private final class Told implements Trainer.Listener {
        @Override
        public void startsFrom(Path source, int epoch, List<String> keptNames, List<String> anewNames) {
            kept.addAll(keptNames);
            anew.addAll(anewNames);
        }

        @Override
        public void begins(RunState state, TrainingConfig config) {}

        @Override
        public void step(int epoch, long done, long total) {}

        @Override
        public void epoch(EpochMetrics metrics, int epochs, double secondsLeft) {}
    }

    @BeforeAll
    static void train() throws Exception {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(31, 160, 160)), folder.resolve("training"));
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(32, 144, 128)), folder.resolve("validation"));
        Path run = folder.resolve("first");
        Trainer.train(config(WINDOW, ""), folder, run, false, new FixedSizeTests().new Told());
        Exporter.export(run, folder.resolve("first.zip"));
    }

    private static ModelSession session() throws IOException {
        return ModelSession.open(ModelPackage.open(folder.resolve("first.zip")), new Device.Cpu());
    }

    private static SceneFolder.Scene scene() throws IOException {
        return SceneFolder.find(folder.resolve("validation"), List.of()).get(0);
    }

    @Test
    void the_package_says_that_it_takes_one_size() throws IOException {
        ModelPackage model = ModelPackage.open(folder.resolve("first.zip"));
        assertThat(model.description().windowing().fixed()).isTrue();
        assertThat(model.description().windowing().size()).isEqualTo(WINDOW);
        assertThat(model.description().windowing().receptiveField()).isEqualTo(WINDOW);
        assertThat(model.description().hasOutput("detection")).isTrue();
        assertThat(model.modelCard()).contains("after Pham et al. 2025", "`detection`");
        assertThat(model.description().hyperparameters()).containsEntry("attention", "MULTI_HEAD");
    }

    @Test
    void a_package_that_claims_another_size_is_refused() throws Exception {
        Path unpacked = folder.resolve("unpacked");
        try (java.nio.file.FileSystem zip = java.nio.file.FileSystems.newFileSystem(folder.resolve("first.zip"));
                var files = Files.list(zip.getPath("/"))) {
            Files.createDirectories(unpacked);
            for (Path file : files.toList()) {
                Files.copy(file, unpacked.resolve(file.getFileName().toString()));
            }
        }
        Path item = unpacked.resolve("item.json");
        String json = Files.readString(item);
        Files.writeString(
                item,
                json.replaceAll("-1, (\\d+), 32, 32", "-1, $1, -1, -1")
                        .replace("\"fixed\" : true", "\"fixed\" : false"));
        assertThatThrownBy(() -> ModelPackage.open(unpacked))
                .isInstanceOf(InvalidPackageException.class)
                .hasMessageContaining("takes images of 32 x 32 pixels, item.json describes images of any size");
        Files.writeString(item, json.replace("\"fixed\" : true", "\"fixed\" : false"));
        assertThatThrownBy(() -> ModelPackage.open(unpacked))
                .hasMessageContaining("shape is [-1, 3, 32, 32], expected [-1, 3, -1, -1]");
    }

    @Test
    void a_raster_of_any_size_is_mapped_in_windows_of_that_size() throws Exception {
        ModelSession session = session();
        try (SceneCoverages coverages =
                SceneCoverages.open(scene(), session.description().inputs())) {
            RenderedImage probability = Segmentation.of(
                            session, SegmentationRequest.of(coverages.byInput()), Monitor.NONE)
                    .probability()
                    .getRenderedImage();
            float[] values = probability
                    .getData()
                    .getSamples(0, 0, probability.getWidth(), probability.getHeight(), 0, (float[]) null);
            assertThat(values).hasSize(144 * 128);
            int predicted = 0;
            for (float value : values) {
                if (value != (float) Segmentation.NODATA) {
                    assertThat(value).isBetween(0f, 1f);
                    predicted++;
                }
            }
            // The synthetic scene has a corner without data.
            assertThat(predicted).isGreaterThan(values.length / 2);
        }
    }

    @Test
    void chips_larger_and_smaller_than_the_window_are_evaluated() throws Exception {
        ModelSession session = session();
        Sample large = SceneFolder.read(scene(), session.description().inputs());
        Sample small = part(large, 20, 25);
        Evaluation evaluation = new ChipEvaluator(session, 0.5).evaluate(List.of(large, small), List.of(0, 8));
        assertThat(evaluation.samples()).isEqualTo(2);
        assertThat(evaluation.scores().pixels()).isEqualTo(labelled(large) + labelled(small));
        assertThat(evaluation.shiftF1()).containsOnlyKeys(0, 8);
    }

    @Test
    void the_detection_head_decides_about_images_whatever_the_pixels_threshold_is() throws Exception {
        ModelSession session = session();
        List<Sample> chips =
                List.of(SceneFolder.read(scene(), session.description().inputs()));
        assertThat(new ChipEvaluator(session, 0.001).evaluate(chips, List.of()).image())
                .isEqualTo(new ChipEvaluator(session, 0.999)
                        .evaluate(chips, List.of())
                        .image());
    }

    private static long labelled(Sample sample) {
        long count = 0;
        for (byte label : sample.labels()) {
            count += label == Sample.UNLABELLED ? 0 : 1;
        }
        return count;
    }

    private static Sample part(Sample sample, int width, int height) {
        float[][] optical = new float[3][width * height];
        byte[] labels = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int source = y * sample.width() + x;
                for (int band = 0; band < 3; band++) {
                    optical[band][y * width + x] = sample.optical()[band][source];
                }
                labels[y * width + x] = sample.labels()[source];
            }
        }
        return new Sample("part", width, height, optical, new float[0], labels);
    }

    @Test
    void transfer_to_another_window_begins_the_attention_over_the_channels_anew() throws Exception {
        Trainer.train(config(48, "start: {run: first}\n"), folder, folder.resolve("wider"), false, new Told());
        assertThat(anew).isNotEmpty().allMatch(name -> name.contains(".attention.channels."));
        assertThat(kept)
                .contains("stem.convolution.weight", "encoder.level0.attention.rows.query.weight", "head0.scale");
    }

    @Test
    void transfer_to_more_bands_begins_the_first_layer_anew() throws Exception {
        Path file = folder.resolve("with-dem.yaml");
        Files.writeString(folder.resolve("base.yaml"), ConfigFile.toYaml(config(WINDOW, "start: {run: first}\n")));
        Files.writeString(file, "extends: base.yaml\ninput: {dem: true}\n");
        Trainer.train(ConfigFile.read(file), folder, folder.resolve("with-dem"), false, new Told());
        assertThat(anew).containsExactly("stem.convolution.weight");
    }
}
