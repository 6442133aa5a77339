package org.geolandslide.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SceneFolder;
import org.geolandslide.training.runtime.TrainingRuntime;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluation with a model whose probability is red / 255. */
class EvaluatorTests {
    @TempDir
    private static Path folder;

    private static ModelSession session;

    @BeforeAll
    static void loadModel() throws Exception {
        TrainingRuntime.environment();
        Path file = TinyModel.RED.write(folder.resolve("red.zip"), 64, 16);
        session = ModelSession.open(ModelPackage.open(file), new Device.Cpu());
    }

    /** A chip of 50 x 30 pixels: red in columns below {@code red}, labelled landslide in columns below {@code labelled}. */
    private static Sample chip(int red, int labelled) {
        float[][] optical = new float[3][50 * 30];
        byte[] labels = new byte[50 * 30];
        for (int i = 0; i < labels.length; i++) {
            optical[0][i] = i % 50 < red ? 255 : 0;
            labels[i] = (byte) (i % 50 < labelled ? 1 : 0);
        }
        return new Sample("chip", 50, 30, optical, new float[50 * 30], labels);
    }

    @Test
    void counts_are_pooled_over_the_chips() {
        Evaluation evaluation =
                new ChipEvaluator(session, 0.5).evaluate(List.of(chip(20, 10), chip(10, 20), chip(0, 0)), List.of());
        assertThat(evaluation.pixel()).isEqualTo(new Confusion(600, 300, 300, 3300));
        assertThat(evaluation.image()).isEqualTo(new Confusion(2, 0, 0, 1));
        assertThat(evaluation.samples()).isEqualTo(3);
    }

    @Test
    void scores_have_an_interval_over_the_samples() {
        List<Sample> chips = List.of(chip(20, 10), chip(10, 20), chip(10, 10), chip(0, 0));
        Evaluation evaluation = new ChipEvaluator(session, 0.5).evaluate(chips, List.of());
        assertThat(evaluation.perSample().get(0).pixel()).isEqualTo(new Confusion(300, 300, 0, 900));
        Interval interval = evaluation.interval(Confusion::f1).orElseThrow();
        // The chips' own scores are 2/3, 2/3, 1 and none.
        assertThat(interval.least())
                .isCloseTo(2 / 3.0, within(1e-9))
                .isLessThan(evaluation.pixel().f1());
        assertThat(interval.most()).isGreaterThan(evaluation.pixel().f1()).isLessThanOrEqualTo(1);
        assertThat(new ChipEvaluator(session, 0.5)
                        .evaluate(chips, List.of())
                        .interval(Confusion::f1)
                        .orElseThrow())
                .isEqualTo(interval);
        Evaluation single = new ChipEvaluator(session, 0.5).evaluate(chips.subList(0, 1), List.of());
        assertThat(single.interval(Confusion::f1)).isEmpty();
        assertThat(single.toJson().get("pixel").has("f1Interval")).isFalse();
    }

    @Test
    void a_sheet_shows_the_worst_and_the_best_chip() {
        // The last has no landslide.
        List<Sample> chips = List.of(chip(20, 10), chip(10, 10), chip(0, 10), chip(0, 0));
        ChipEvaluator evaluator = new ChipEvaluator(session, 0.5);
        Evaluation evaluation = evaluator.evaluate(chips, List.of());
        BufferedImage sheet = evaluator.sheet(chips, evaluation, 12).orElseThrow();
        assertThat(sheet.getHeight()).isEqualTo(84 + 3 * 176 + 40);
        // Colours in the third column, where a chip of 50 x 30 pixels is 168 x 101: columns 2, 15 and 40 of the chip.
        int[] worst = {sheet.getRGB(502 + 7, 100), sheet.getRGB(502 + 50, 100), sheet.getRGB(502 + 135, 100)};
        int[] middle = {sheet.getRGB(502 + 7, 276), sheet.getRGB(502 + 50, 276), sheet.getRGB(502 + 135, 276)};
        int[] best = {sheet.getRGB(502 + 7, 452), sheet.getRGB(502 + 50, 452), sheet.getRGB(502 + 135, 452)};
        int background = best[2];
        assertThat(worst[0]).as("missed").isNotIn(best[0], middle[1], background);
        assertThat(worst[1]).isEqualTo(background);
        assertThat(middle[0]).as("found").isEqualTo(best[0]);
        assertThat(middle[1]).as("invented").isNotIn(best[0], worst[0], background);
        assertThat(best[1]).isEqualTo(background);
        assertThat(evaluator.sheet(chips, evaluation, 2).orElseThrow().getHeight())
                .isEqualTo(84 + 2 * 176 + 40);
        List<Sample> none = List.of(chip(0, 0));
        assertThat(evaluator.sheet(none, evaluator.evaluate(none, List.of()), 12))
                .isEmpty();
    }

    @Test
    void a_sweep_counts_at_each_threshold() {
        Sample chip = chip(0, 10);
        for (int i = 0; i < chip.labels().length; i++) {
            chip.optical()[0][i] = i % 50 < 10 ? 0.55f * 255 : 0.25f * 255;
        }
        Evaluation evaluation = new ChipEvaluator(session, 0.5).evaluate(List.of(chip), List.of());
        assertThat(evaluation.sweep()).hasSize(9);
        assertThat(evaluation.sweep().get(0.2)).isEqualTo(new Confusion(300, 1200, 0, 0));
        assertThat(evaluation.sweep().get(0.5)).isEqualTo(new Confusion(300, 0, 0, 1200));
        assertThat(evaluation.sweep().get(0.6)).isEqualTo(new Confusion(0, 0, 300, 1200));
        JsonNode sweep = evaluation.toJson().get("sweep");
        assertThat(sweep.get(1).get("threshold").asDouble()).isEqualTo(0.2);
        assertThat(sweep.get(1).get("recall").asDouble()).isEqualTo(1);
    }

    @Test
    void pixels_without_a_label_do_not_count() {
        Sample chip = chip(20, 10);
        java.util.Arrays.fill(chip.labels(), 0, 750, Sample.UNLABELLED);
        Evaluation evaluation = new ChipEvaluator(session, 0.5).evaluate(List.of(chip), List.of());
        assertThat(evaluation.pixel()).isEqualTo(new Confusion(150, 150, 0, 450));
    }

    @Test
    void a_model_that_looks_at_pixels_only_does_not_mind_shifts() {
        Evaluation evaluation = new ChipEvaluator(session, 0.5).evaluate(List.of(chip(20, 10)), List.of(0, 8, 16));
        double f1 = 2 * 10.0 / 30;
        assertThat(evaluation.shiftF1()).containsOnlyKeys(0, 8, 16);
        evaluation.shiftF1().values().forEach(value -> assertThat(value).isCloseTo(f1, within(1e-9)));
    }

    @Test
    void a_shift_that_does_not_fit_is_refused() {
        ChipEvaluator evaluator = new ChipEvaluator(session, 0.5);
        List<Sample> chips = List.of(chip(20, 10));
        assertThatThrownBy(() -> evaluator.evaluate(chips, List.of(30)))
                .hasMessage("shifts up to 30 pixels do not fit the chip chip of 50 x 30");
        assertThatThrownBy(() -> evaluator.evaluate(chips, List.of(-1))).hasMessageContaining("do not fit");
    }

    @Test
    void a_scene_is_evaluated_through_the_engine() throws Exception {
        Path scene = folder.resolve("scene");
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(5, 200, 150)), scene);
        List<SceneFolder.Scene> scenes = SceneFolder.find(scene, List.of());
        Evaluation evaluation = new SceneEvaluator(session, 0.5, Monitor.NONE).evaluate(scenes);
        Sample sample = SceneFolder.read(
                scenes.get(0), TinyModel.RED.description(64, 16).inputs());
        Confusion expected = Confusion.NONE;
        for (int i = 0; i < sample.labels().length; i++) {
            if (sample.labels()[i] != Sample.UNLABELLED) {
                expected = expected.plus(sample.optical()[0][i] / 255 >= 0.5, sample.labels()[i] == 1);
            }
        }
        assertThat(evaluation.pixel()).isEqualTo(expected);
        assertThat(evaluation.samples()).isEqualTo(1);
        // The mask of the same segmentation has the same counts.
        try (GeoTiffFile optical = GeoTiffFile.open(scenes.get(0).optical());
                GeoTiffFile dem = GeoTiffFile.open(scenes.get(0).requireElevation())) {
            var request = SegmentationRequest.of(Map.of("optical", optical.coverage(), "dem", dem.coverage()));
            var mask = Segmentation.of(session, request, Monitor.NONE).mask();
            assertThat(SceneEvaluator.compare(mask.getRenderedImage(), sample.labels()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void the_json_has_the_keys_of_the_contract_and_null_for_what_is_not_defined() {
        JsonNode json = new ChipEvaluator(session, 0.5)
                .evaluate(List.of(chip(0, 0)), List.of(0, 8))
                .toJson();
        assertThat(json.get("pixel").fieldNames()).toIterable().contains("f1", "precision", "recall", "iou", "miou");
        assertThat(json.get("image").fieldNames()).toIterable().contains("f1", "accuracy", "precision", "recall");
        assertThat(json.get("pixel").get("f1").isNull()).isTrue();
        assertThat(json.get("image").get("accuracy").asDouble()).isEqualTo(1);
        assertThat(json.get("samples").asInt()).isEqualTo(1);
        assertThat(json.get("threshold").asDouble()).isEqualTo(0.5);
        assertThat(json.get("shiftF1").fieldNames()).toIterable().containsExactly("0", "8");
    }
}
