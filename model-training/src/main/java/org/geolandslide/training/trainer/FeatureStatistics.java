package org.geolandslide.training.trainer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.geolandslide.training.config.Imagery;
import org.geolandslide.training.data.Augmentation;
import org.geolandslide.training.data.Batch;
import org.geolandslide.training.data.BatchMaker;
import org.geolandslide.training.data.Window;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.OnnxModels;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.network.Standardization;
import org.geolandslide.training.network.TerrainFeatures;
import org.geolandslide.training.operator.Identity;
import org.geolandslide.training.runtime.TrainingRuntime;

/**
 * Mean and deviation of the training set's features over the pixels that take part. The terrain features are computed by the
 * nodes that compute them in the model.
 *
 * @param optical of the optical bands
 * @param terrain of the terrain features; of no channels if there is no elevation
 */
public record FeatureStatistics(Standardization optical, Standardization terrain) {
    /** Most windows that are looked at; more change nothing that matters. */
    private static final int MOST_WINDOWS = 400;
    /** Keeps a feature that never changes (a flat terrain) from being divided by nothing. */
    private static final double LEAST_DEVIATION = 1e-3;

    /** Statistics that change nothing. */
    static FeatureStatistics none(Imagery input) {
        return new FeatureStatistics(
                Standardization.none(input.modelInputs().get(0).bands().size()),
                Standardization.none(input.dem() ? TerrainFeatures.channels() : 0));
    }

    /**
     * Measures windows.
     *
     * @param windows training windows; an even selection is looked at
     * @param bands bands of the optical input
     */
    public static FeatureStatistics measure(List<Window> windows, int side, int bands) throws OrtException {
        BatchMaker maker = new BatchMaker(side, bands, Augmentation.NONE);
        Moments optical = new Moments(bands);
        boolean hasElevation = windows.get(0).sample().hasElevation();
        Moments terrain = new Moments(hasElevation ? TerrainFeatures.channels() : 0);
        Graph graph = new Graph();
        Tensor elevation = graph.input("dem", ElementType.FLOAT, Shape.of(1, 1, side, side));
        graph.output(graph.applyNamed("features", new Identity(), TerrainFeatures.append(graph, elevation)));
        OrtEnvironment environment = TrainingRuntime.environment();
        byte[] model = OnnxModels.withParametersInside(graph).toByteArray();
        int step = Math.max(1, (windows.size() + MOST_WINDOWS - 1) / MOST_WINDOWS);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(model, options)) {
            for (int i = 0; i < windows.size(); i += step) {
                Batch batch = maker.make(List.of(windows.get(i)), new SplittableRandom(0));
                optical.add(batch.optical(), batch.weight());
                if (!hasElevation) {
                    continue;
                }
                long[] shape = {1, 1, side, side};
                try (OnnxTensor tensor = OnnxTensor.createTensor(environment, batch.elevation(), shape);
                        OrtSession.Result result = session.run(Map.of("dem", tensor))) {
                    terrain.add(((OnnxTensor) result.get(0)).getFloatBuffer(), batch.weight());
                }
            }
        }
        return new FeatureStatistics(optical.standardization(), terrain.standardization());
    }

    /** Sums per channel. */
    private static final class Moments {
        private final double[] sum;
        private final double[] squares;
        private long count;

        Moments(int channels) {
            sum = new double[channels];
            squares = new double[channels];
        }

        void add(FloatBuffer values, FloatBuffer weight) {
            int pixels = weight.remaining();
            for (int pixel = 0; pixel < pixels; pixel++) {
                if (weight.get(pixel) > 0) {
                    count++;
                    for (int channel = 0; channel < sum.length; channel++) {
                        double value = values.get(channel * pixels + pixel);
                        sum[channel] += value;
                        squares[channel] += value * value;
                    }
                }
            }
        }

        Standardization standardization() {
            List<Float> mean = new ArrayList<>();
            List<Float> deviation = new ArrayList<>();
            for (int channel = 0; channel < sum.length; channel++) {
                double m = sum[channel] / Math.max(1, count);
                double variance = squares[channel] / Math.max(1, count) - m * m;
                mean.add((float) m);
                deviation.add((float) Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, variance))));
            }
            return new Standardization(mean, deviation);
        }
    }
}
