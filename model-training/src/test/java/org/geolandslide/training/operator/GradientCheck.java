package org.geolandslide.training.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.geolandslide.training.graph.Gradients;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * Compares what a graph's gradient rules compute in ONNX Runtime with central differences in double precision: relative L2
 * error per parameter.
 */
public final class GradientCheck {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-4;
    private static final int DIRECTIONS = 4;
    /** A network has so many kinks that a longer step crosses some. */
    private static final double SHORT_STEP = 1e-8;

    private final Graph graph = new Graph();
    private final SplittableRandom random = new SplittableRandom(11);
    private int parameters;

    public Graph graph() {
        return graph;
    }

    /** A trainable operand with values spread at random over an interval. */
    public Tensor operand(double least, double most, long... shape) {
        Shape sizes = Shape.of(shape);
        float[] values = new float[(int) sizes.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (least + (most - least) * random.nextDouble());
        }
        return graph.parameter(new Parameter(
                new Tensor("operand" + parameters++, org.geolandslide.training.graph.ElementType.FLOAT, sizes),
                values,
                true));
    }

    /** A constant with random values. */
    public Tensor constant(double least, double most, long... shape) {
        Shape sizes = Shape.of(shape);
        float[] values = new float[(int) sizes.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (least + (most - least) * random.nextDouble());
        }
        return graph.constant(sizes, values);
    }

    /** Checks the gradients of a randomly weighted sum of a tensor's elements. */
    public void check(Tensor result) throws OrtException {
        Tensor weights = constant(-1, 1, result.shape().toArray());
        checkLoss(ReduceSum.total(graph, graph.apply(new Multiply(), result, weights)));
    }

    /** Checks the gradients of a single number. */
    public void checkLoss(Tensor loss) throws OrtException {
        Map<Parameter, double[]> reference = new LinkedHashMap<>();
        for (Parameter parameter : graph.parameters()) {
            if (parameter.trainable()) {
                reference.put(parameter, Float64.centralDifferences(graph, loss, Map.of(), parameter, STEP));
            }
        }
        double lossInDouble = Float64.evaluate(graph, Map.of()).get(loss.name())[0];
        Gradients gradients = Gradients.append(graph, loss, new Sum());
        graph.output(loss);
        reference.keySet().stream().map(gradients::of).distinct().forEach(graph::output);
        Map<String, float[]> found = GraphRunner.run(graph, Map.of());
        assertThat((double) found.get(loss.name())[0])
                .isCloseTo(
                        lossInDouble, org.assertj.core.data.Offset.offset(1e-4 * Math.max(1, Math.abs(lossInDouble))));
        reference.forEach((parameter, expected) -> assertThat(
                        relativeError(found.get(gradients.of(parameter).name()), expected))
                .as("relative error of the gradient for " + parameter.name())
                .isLessThan(TOLERANCE));
    }

    /**
     * Checks the gradient of a single number along random directions in all trainable parameters at once: for networks, whose parameters
     * are too many to be moved one by one.
     */
    public void checkDirection(Tensor loss) throws OrtException {
        List<Parameter> trainable =
                graph.parameters().stream().filter(Parameter::trainable).toList();
        List<Map<Parameter, double[]>> directions = new ArrayList<>();
        double[] expected = new double[DIRECTIONS];
        for (int i = 0; i < DIRECTIONS; i++) {
            Map<Parameter, double[]> direction = new LinkedHashMap<>();
            for (Parameter parameter : trainable) {
                direction.put(
                        parameter,
                        random.doubles(parameter.initial().length, -1, 1).toArray());
            }
            directions.add(direction);
            expected[i] = (along(direction, SHORT_STEP, loss) - along(direction, -SHORT_STEP, loss)) / (2 * SHORT_STEP);
        }
        Gradients gradients = Gradients.append(graph, loss, new Sum());
        trainable.stream().map(gradients::of).distinct().forEach(graph::output);
        Map<String, float[]> found = GraphRunner.run(graph, Map.of());
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < DIRECTIONS; i++) {
            double slope = 0;
            for (Map.Entry<Parameter, double[]> step : directions.get(i).entrySet()) {
                float[] gradient = found.get(gradients.of(step.getKey()).name());
                for (int k = 0; k < gradient.length; k++) {
                    slope += step.getValue()[k] * gradient[k];
                }
            }
            difference += (slope - expected[i]) * (slope - expected[i]);
            norm += expected[i] * expected[i];
        }
        assertThat(norm).as("squared slopes of the reference").isPositive();
        assertThat(Math.sqrt(difference / norm))
                .as("relative error of the slopes")
                .isLessThan(TOLERANCE);
    }

    private double along(Map<Parameter, double[]> direction, double step, Tensor loss) {
        Map<String, double[]> moved = new LinkedHashMap<>();
        direction.forEach((parameter, steps) -> {
            double[] values = Float64.widen(parameter.initial());
            for (int i = 0; i < values.length; i++) {
                values[i] += step * steps[i];
            }
            moved.put(parameter.name(), values);
        });
        return Float64.evaluate(graph, moved).get(loss.name())[0];
    }

    private static double relativeError(float[] found, double[] expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (found[i] - expected[i]) * (found[i] - expected[i]);
            norm += expected[i] * expected[i];
        }
        assertThat(norm).as("squared norm of the reference gradient").isPositive();
        return Math.sqrt(difference / norm);
    }
}
