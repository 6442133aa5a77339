package org.geolandslide.training.trainer;

import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.Map;
import org.geolandslide.training.data.Batch;
import org.geolandslide.training.data.BatchStream;
import org.geolandslide.training.evaluation.Confusion;
import org.geolandslide.training.evaluation.ScoreHistogram;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.runtime.TrainingSession;

/**
 * What a network makes of the validation windows.
 *
 * @param loss mean over the windows
 * @param scores probabilities of the labelled pixels
 */
record Validation(double loss, ScoreHistogram scores) {

    /**
     * Runs the network over windows, which are not empty.
     *
     * @param beforeEach called before each batch; what it throws ends the validation
     */
    static Validation of(TrainingSession session, BatchStream batches, Runnable beforeEach) throws OrtException {
        double lossSum = 0;
        int windows = 0;
        ScoreHistogram scores = new ScoreHistogram();
        while (batches.hasNext()) {
            beforeEach.run();
            Batch batch = batches.next();
            Map<String, FloatBuffer> outputs = session.evaluate(Feeds.of(batch));
            lossSum += output(outputs, SegmentationGraphs.LOSS).get(0) * batch.count();
            windows += batch.count();
            FloatBuffer probability = output(outputs, SegmentationGraphs.PROBABILITY);
            FloatBuffer target = batch.target();
            FloatBuffer weight = batch.weight();
            for (int i = 0; i < weight.limit(); i++) {
                if (weight.get(i) > 0) {
                    scores.add(probability.get(i), target.get(i) > 0.5f);
                }
            }
        }
        return new Validation(lossSum / windows, scores);
    }

    private static FloatBuffer output(Map<String, FloatBuffer> outputs, String name) {
        FloatBuffer values = outputs.get(name);
        if (values == null) {
            throw new IllegalStateException("the evaluation graph has no output " + name);
        }
        return values;
    }

    /** The line of {@code metrics.csv}, with what the training of the epoch says beside it. */
    EpochMetrics metrics(int epoch, double learningRate, double trainingLoss, double imagesPerSecond, double seconds) {
        Confusion half = scores.at(0.5);
        double bestThreshold = scores.bestThreshold();
        return new EpochMetrics(
                epoch,
                learningRate,
                trainingLoss,
                loss,
                half.precision(),
                half.recall(),
                half.f1(),
                half.iou(),
                bestThreshold,
                scores.at(bestThreshold).f1(),
                imagesPerSecond,
                seconds);
    }
}
