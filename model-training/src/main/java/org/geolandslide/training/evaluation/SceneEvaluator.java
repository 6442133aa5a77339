package org.geolandslide.training.evaluation;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geolandslide.segmentation.engine.Resolution;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SceneCoverages;
import org.geolandslide.training.data.SceneFolder;
import org.geotools.coverage.grid.GridCoverage2D;

/** Evaluates a model on whole scenes, through the engine that serves it: the same windows, blending and alignment. */
public final class SceneEvaluator {
    private final ModelSession session;
    private final double threshold;
    private final boolean augment;
    private final Resolution resolution;
    private final Monitor monitor;

    /** An evaluator that takes the model as its package says. */
    public SceneEvaluator(ModelSession session, double threshold, Monitor monitor) {
        this(session, threshold, false, new Resolution.OfPackage(), monitor);
    }

    /**
     * An evaluator.
     *
     * @param threshold least probability of a landslide pixel
     * @param augment whether the symmetries of each window are averaged
     * @param resolution size of the pixels that the model is shown; the scenes' own pixels are scored
     */
    public SceneEvaluator(
            ModelSession session, double threshold, boolean augment, Resolution resolution, Monitor monitor) {
        this.session = session;
        this.threshold = threshold;
        this.augment = augment;
        this.resolution = resolution;
        this.monitor = monitor;
    }

    /** Decides which pixels of a scene are scored. */
    @FunctionalInterface
    public interface Scored {
        /**
         * Takes the labels off pixels that are not scored.
         *
         * @param labels per pixel, row-major
         * @return whether the scene is scored at all
         */
        boolean choose(SceneFolder.Scene scene, byte[] labels, int width, int height);
    }

    /** Scores pooled over scenes. */
    public Evaluation evaluate(List<SceneFolder.Scene> scenes) throws IOException {
        return evaluate(scenes, (scene, labels, width, height) -> true);
    }

    /** Scores pooled over those pixels of scenes that are scored. */
    public Evaluation evaluate(List<SceneFolder.Scene> scenes, Scored scored) throws IOException {
        ScoreHistogram pixels = new ScoreHistogram();
        List<Evaluation.OfSample> perSample = new ArrayList<>();
        Confusion images = Confusion.NONE;
        for (SceneFolder.Scene scene : scenes) {
            ScoreHistogram own = new ScoreHistogram();
            try (SceneCoverages coverages =
                    SceneCoverages.open(scene, session.description().inputs())) {
                SegmentationRequest request = SegmentationRequest.of(coverages.byInput())
                        .withAugmentation(augment)
                        .withResolution(resolution);
                GridCoverage2D probability =
                        Segmentation.of(session, request, monitor).probability();
                RasterGrid grid = RasterGrid.of(probability);
                byte[] labels = SceneFolder.labels(scene, grid);
                // Before the first window is run: images are lazy.
                if (!scored.choose(scene, labels, grid.width(), grid.height())) {
                    continue;
                }
                score(probability.getRenderedImage(), labels, own);
            }
            Confusion counts = own.at(threshold);
            Confusion image = Confusion.NONE.plus(
                    counts.truePositives() + counts.falsePositives() > 0,
                    counts.truePositives() + counts.falseNegatives() > 0);
            images = images.plus(image);
            pixels.add(own);
            perSample.add(new Evaluation.OfSample(scene.name(), counts, image));
        }
        return new Evaluation(pixels, perSample, images, threshold, Map.of());
    }

    /**
     * Adds the labelled pixels of an image to scores.
     *
     * @param probability one band, first pixel (0, 0), {@link Segmentation#NODATA} where there is no data
     * @param labels per pixel 0, 1 or {@link Sample#UNLABELLED}
     */
    public static void score(RenderedImage probability, byte[] labels, ScoreHistogram scores) {
        int width = probability.getWidth();
        int step = probability.getTileHeight();
        for (int top = 0; top < probability.getHeight(); top += step) {
            int rows = Math.min(step, probability.getHeight() - top);
            float[] values = probability
                    .getData(new Rectangle(0, top, width, rows))
                    .getSamples(0, top, width, rows, 0, (float[]) null);
            for (int i = 0; i < values.length; i++) {
                byte label = labels[top * width + i];
                if (label != Sample.UNLABELLED) {
                    // A labelled pixel without data counts as one in which nothing was found.
                    scores.add(values[i] == (float) Segmentation.NODATA ? 0 : values[i], label == 1);
                }
            }
        }
    }

    /**
     * Counts of a mask.
     *
     * @param mask one band of 0, 1 and 255, first pixel (0, 0)
     * @param labels per pixel 0, 1 or {@link Sample#UNLABELLED}
     */
    public static Confusion compare(RenderedImage mask, byte[] labels) {
        float[] values = mask.getData().getSamples(0, 0, mask.getWidth(), mask.getHeight(), 0, (float[]) null);
        Confusion counts = Confusion.NONE;
        for (int i = 0; i < values.length; i++) {
            if (labels[i] != Sample.UNLABELLED) {
                counts = counts.plus(values[i] == ColorModels.LANDSLIDE, labels[i] == 1);
            }
        }
        return counts;
    }
}
