package org.geolandslide.training.trainer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.geolandslide.training.network.InputFeatures;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.network.Standardization;
import org.geolandslide.training.network.TerrainFeatures;
import org.geolandslide.training.operator.Identity;
import org.geolandslide.training.runtime.TrainingRuntime;

/**
 * Mean and deviation of the training set's bands and features over the pixels that take part. The features are computed by the
 * nodes that compute them in the model.
 *
 * @param optical of the optical bands and their features
 * @param terrain of the terrain features; of no channels if there is no elevation
 */
public record FeatureStatistics(Standardization optical, Standardization terrain) {
    private static final String OPTICAL = SegmentationGraphs.OPTICAL;
    private static final String DEM = SegmentationGraphs.DEM;
    /** Most windows that are looked at; more change nothing that matters. */
    private static final int MOST_WINDOWS = 400;
    /** Keeps a feature that never changes (a flat terrain) from being divided by nothing. */
    private static final double LEAST_DEVIATION = 1e-3;

    /** Statistics that change nothing. */
    static FeatureStatistics none(Imagery input) {
        return new FeatureStatistics(
                Standardization.none(input.inputFeatures().channels()),
                Standardization.none(input.dem() ? TerrainFeatures.channels() : 0));
    }

    /**
     * Measures windows.
     *
     * @param windows training windows; an even selection is looked at
     * @param features the optical bands and what is computed from them
     */
    public static FeatureStatistics measure(List<Window> windows, int side, InputFeatures features)
            throws OrtException {
        int bands = features.bands().size();
        BatchMaker maker = new BatchMaker(side, bands, Augmentation.NONE);
        Moments optical = new Moments(features.channels());
        boolean hasElevation = windows.get(0).sample().hasElevation();
        Moments terrain = new Moments(hasElevation ? TerrainFeatures.channels() : 0);
        OrtEnvironment environment = TrainingRuntime.environment();
        byte[] model = OnnxModels.withParametersInside(graph(features, hasElevation, side))
                .toByteArray();
        int step = Math.max(1, (windows.size() + MOST_WINDOWS - 1) / MOST_WINDOWS);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(model, options)) {
            for (int i = 0; i < windows.size(); i += step) {
                Batch batch = maker.make(List.of(windows.get(i)), new SplittableRandom(0));
                Map<String, OnnxTensor> inputs = new HashMap<>();
                inputs.put(
                        OPTICAL,
                        OnnxTensor.createTensor(environment, batch.optical(), new long[] {1, bands, side, side}));
                if (hasElevation) {
                    inputs.put(DEM, OnnxTensor.createTensor(environment, batch.elevation(), new long[] {1, 1, side, side
                    }));
                }
                try (OrtSession.Result result = session.run(inputs)) {
                    optical.add(((OnnxTensor) result.get(0)).getFloatBuffer(), batch.weight());
                    if (hasElevation) {
                        terrain.add(((OnnxTensor) result.get(1)).getFloatBuffer(), batch.weight());
                    }
                } finally {
                    inputs.values().forEach(OnnxTensor::close);
                }
            }
        }
        return new FeatureStatistics(optical.standardization(), terrain.standardization());
    }

    /** A graph of what is standardised: bands and features of the optical input and, if there is one, features of the DEM. */
    private static Graph graph(InputFeatures features, boolean hasElevation, int side) {
        Graph graph = new Graph();
        Tensor image = graph.input(
                OPTICAL, ElementType.FLOAT, Shape.of(1, features.bands().size(), side, side));
        graph.output(graph.applyNamed("features", new Identity(), features.append(graph, image)));
        if (hasElevation) {
            Tensor elevation = graph.input(DEM, ElementType.FLOAT, Shape.of(1, 1, side, side));
            graph.output(graph.applyNamed("terrain", new Identity(), TerrainFeatures.append(graph, elevation)));
        }
        return graph;
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
