package org.geolandslide.training.operator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.geolandslide.training.graph.Constant;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Node;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/** Evaluates forward graphs in double precision by the operators' definitions: the reference for values and gradients. */
public final class Float64 {
    private static final double EPSILON = 1e-5f;

    private Float64() {}

    /** Values of all tensors, given those of the inputs and the parameters; parameters not given keep their initial values. */
    public static Map<String, double[]> evaluate(Graph graph, Map<String, double[]> given) {
        Map<String, double[]> values = new HashMap<>();
        for (Parameter parameter : graph.parameters()) {
            values.put(parameter.name(), widen(parameter.initial()));
        }
        values.putAll(given);
        for (Constant constant : graph.constants()) {
            if (constant instanceof Constant.Floats floats) {
                values.put(floats.tensor().name(), widen(floats.values()));
            }
        }
        for (Node node : graph.nodes()) {
            if (node.operator() instanceof SortDescending) {
                sort(node, values);
            } else {
                values.put(node.output(0).name(), evaluate(node, values));
            }
        }
        return values;
    }

    /** Central differences of a single number in the graph with respect to the elements of a parameter. */
    public static double[] centralDifferences(
            Graph graph, Tensor loss, Map<String, double[]> inputs, Parameter parameter, double step) {
        double[] gradient = new double[parameter.initial().length];
        for (int i = 0; i < gradient.length; i++) {
            double[] sides = new double[2];
            for (int side = 0; side < 2; side++) {
                Map<String, double[]> given = new HashMap<>(inputs);
                double[] shifted = widen(parameter.initial());
                shifted[i] += side == 0 ? -step : step;
                given.put(parameter.name(), shifted);
                sides[side] = evaluate(graph, given).get(loss.name())[0];
            }
            gradient[i] = (sides[1] - sides[0]) / (2 * step);
        }
        return gradient;
    }

    public static double[] widen(float[] values) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }

    private static double[] evaluate(Node node, Map<String, double[]> values) {
        Operator operator = node.operator();
        double[] first = values.get(node.input(0).name());
        if (operator instanceof Add) {
            return binary(node, values, Double::sum);
        } else if (operator instanceof Subtract) {
            return binary(node, values, (a, b) -> a - b);
        } else if (operator instanceof Multiply) {
            return binary(node, values, (a, b) -> a * b);
        } else if (operator instanceof Divide) {
            return binary(node, values, (a, b) -> a / b);
        } else if (operator instanceof Power) {
            return binary(node, values, Math::pow);
        } else if (operator instanceof Logarithm) {
            return unary(first, Math::log);
        } else if (operator instanceof Sigmoid) {
            return unary(first, x -> 1 / (1 + Math.exp(-x)));
        } else if (operator instanceof Softplus) {
            return unary(first, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
        } else if (operator instanceof Relu) {
            return unary(first, x -> Math.max(x, 0));
        } else if (operator instanceof Absolute) {
            return unary(first, Math::abs);
        } else if (operator instanceof CumulativeSum sums) {
            return cumulate(first, sums.exclusive());
        } else if (operator instanceof Gather) {
            return unary(values.get(node.input(1).name()), index -> first[(int) index]);
        } else if (operator instanceof SortDescending.Length) {
            return new double[] {first.length};
        } else if (operator instanceof Dilation dilation) {
            return dilate(node.input(0).shape(), dilation.size(), first);
        } else if (operator instanceof Identity || operator instanceof Reshape) {
            return first;
        } else if (operator instanceof Sum) {
            double[] total = new double[first.length];
            for (Tensor input : node.inputs()) {
                double[] part = values.get(input.name());
                for (int i = 0; i < total.length; i++) {
                    total[i] += part[i];
                }
            }
            return total;
        } else if (operator instanceof ReduceSum reduce) {
            return reduceSum(reduce, node.input(0).shape(), node.output(0).shape(), first);
        } else if (operator instanceof Expand) {
            return repeat(node.input(0).shape(), node.output(0).shape(), first);
        } else if (operator instanceof Concatenate) {
            return concatenate(node, values);
        } else if (operator instanceof Convolution convolution) {
            return convolve(node, convolution, values);
        } else if (operator instanceof BatchNormalization normalization && normalization.training()) {
            return normalize(node, values);
        } else if (operator instanceof MaxPooling pooling) {
            return pool(node.input(0).shape(), pooling.factor(), first);
        } else if (operator instanceof NearestUpsampling upsampling) {
            return enlarge(node.input(0).shape(), upsampling.factor(), first);
        } else if (operator instanceof LeakyRelu leaky) {
            return unary(first, x -> x > 0 ? x : leaky.slope() * x);
        } else if (operator instanceof Selu) {
            return unary(first, x -> Selu.GAMMA * (x > 0 ? x : Selu.ALPHA * Math.expm1(x)));
        } else if (operator instanceof HardSigmoid) {
            return unary(first, x -> Math.max(0, Math.min(1, x / 6 + 0.5)));
        } else if (operator instanceof ReduceMean) {
            double share = (double) node.output(0).shape().elements() / first.length;
            double[] zeros = new double[(int) node.output(0).shape().elements()];
            return unary(reduce(node, first, zeros, Double::sum), sum -> sum * share);
        } else if (operator instanceof ReduceMax) {
            double[] least = new double[(int) node.output(0).shape().elements()];
            java.util.Arrays.fill(least, Double.NEGATIVE_INFINITY);
            return reduce(node, first, least, Math::max);
        } else if (operator instanceof Transpose transpose) {
            return transpose(node, transpose.permutation(), first);
        } else if (operator instanceof MatrixProduct) {
            return multiplyMatrices(node, values);
        } else if (operator instanceof Softmax) {
            return softmax(node.input(0).shape(), first);
        } else if (operator instanceof TransposedConvolution transposed) {
            return convolveTransposed(node, transposed.factor(), values);
        } else if (operator instanceof BilinearUpsampling upsampling) {
            return interpolate(node.input(0).shape(), upsampling.factor(), first);
        } else if (operator instanceof AveragePooling pooling) {
            return averagePool(node.input(0).shape(), pooling.factor(), first);
        }
        throw new UnsupportedOperationException(operator.type());
    }

    private static double[] unary(double[] values, DoubleUnaryOperator function) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = function.applyAsDouble(values[i]);
        }
        return result;
    }

    private static double[] binary(Node node, Map<String, double[]> values, DoubleBinaryOperator function) {
        Shape shape = node.output(0).shape();
        double[] a =
                repeat(node.input(0).shape(), shape, values.get(node.input(0).name()));
        double[] b =
                repeat(node.input(1).shape(), shape, values.get(node.input(1).name()));
        double[] result = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = function.applyAsDouble(a[i], b[i]);
        }
        return result;
    }

    /** Index into a tensor of the given shape that broadcasts to the place with these coordinates. */
    private static int broadcastIndex(Shape shape, long[] place) {
        int index = 0;
        int leading = place.length - shape.rank();
        for (int d = 0; d < shape.rank(); d++) {
            index = (int) (index * shape.size(d) + (shape.size(d) == 1 ? 0 : place[d + leading]));
        }
        return index;
    }

    private static List<long[]> places(Shape shape) {
        List<long[]> places = new ArrayList<>();
        long[] place = new long[shape.rank()];
        for (long i = 0; i < shape.elements(); i++) {
            places.add(place.clone());
            for (int d = shape.rank() - 1; d >= 0 && ++place[d] == shape.size(d); d--) {
                place[d] = 0;
            }
        }
        return places;
    }

    private static double[] repeat(Shape from, Shape to, double[] values) {
        return places(to).stream()
                .mapToDouble(place -> values[broadcastIndex(from, place)])
                .toArray();
    }

    private static double[] reduceSum(ReduceSum reduce, Shape from, Shape to, double[] values) {
        Shape kept = from;
        for (long axis : reduce.axes()) {
            kept = kept.with((int) axis, 1);
        }
        double[] result = new double[(int) to.elements()];
        int i = 0;
        for (long[] place : places(from)) {
            result[broadcastIndex(kept, place)] += values[i++];
        }
        return result;
    }

    private static double[] concatenate(Node node, Map<String, double[]> values) {
        Shape shape = node.output(0).shape();
        double[] result = new double[(int) shape.elements()];
        int pixels = (int) (shape.size(2) * shape.size(3));
        int written = 0;
        for (int n = 0; n < shape.size(0); n++) {
            for (Tensor input : node.inputs()) {
                int length = (int) input.shape().size(1) * pixels;
                System.arraycopy(values.get(input.name()), n * length, result, written, length);
                written += length;
            }
        }
        return result;
    }

    private static double[] convolve(Node node, Convolution convolution, Map<String, double[]> values) {
        Shape in = node.input(0).shape();
        Shape kernel = node.input(1).shape();
        Shape out = node.output(0).shape();
        double[] image = values.get(node.input(0).name());
        double[] weights = values.get(node.input(1).name());
        double[] bias = node.inputs().size() > 2 ? values.get(node.input(2).name()) : new double[(int) kernel.size(0)];
        double[] result = new double[(int) out.elements()];
        int i = 0;
        for (long[] place : places(out)) {
            double sum = bias[(int) place[1]];
            long group = place[1] / (kernel.size(0) / convolution.groups());
            for (int c = 0; c < kernel.size(1); c++) {
                long channel = group * kernel.size(1) + c;
                for (int ky = 0; ky < kernel.size(2); ky++) {
                    for (int kx = 0; kx < kernel.size(3); kx++) {
                        long y = place[2] * convolution.stride()
                                + (long) ky * convolution.dilation()
                                - convolution.before();
                        long x = place[3] * convolution.stride()
                                + (long) kx * convolution.dilation()
                                - convolution.before();
                        if (y >= 0 && x >= 0 && y < in.size(2) && x < in.size(3)) {
                            sum += image[broadcastIndex(in, new long[] {place[0], channel, y, x})]
                                    * weights[broadcastIndex(kernel, new long[] {place[1], c, ky, kx})];
                        }
                    }
                }
            }
            result[i++] = sum;
        }
        return result;
    }

    private static double[] reduce(Node node, double[] values, double[] result, DoubleBinaryOperator join) {
        Shape kept = node.output(0).shape();
        int i = 0;
        for (long[] place : places(node.input(0).shape())) {
            int target = broadcastIndex(kept, place);
            result[target] = join.applyAsDouble(result[target], values[i++]);
        }
        return result;
    }

    private static double[] transpose(Node node, List<Long> permutation, double[] values) {
        Shape from = node.input(0).shape();
        double[] result = new double[values.length];
        int i = 0;
        for (long[] place : places(node.output(0).shape())) {
            long[] source = new long[place.length];
            for (int d = 0; d < place.length; d++) {
                source[permutation.get(d).intValue()] = place[d];
            }
            result[i++] = values[broadcastIndex(from, source)];
        }
        return result;
    }

    private static double[] multiplyMatrices(Node node, Map<String, double[]> values) {
        Shape a = node.input(0).shape();
        Shape b = node.input(1).shape();
        double[] left = values.get(node.input(0).name());
        double[] right = values.get(node.input(1).name());
        Shape out = node.output(0).shape();
        int rank = out.rank();
        double[] result = new double[(int) out.elements()];
        int i = 0;
        for (long[] place : places(out)) {
            double sum = 0;
            for (long k = 0; k < a.size(a.rank() - 1); k++) {
                long[] inLeft = place.clone();
                inLeft[rank - 1] = k;
                long[] inRight = place.clone();
                inRight[rank - 2] = k;
                sum += left[broadcastIndex(a, inLeft)] * right[broadcastIndex(b, inRight)];
            }
            result[i++] = sum;
        }
        return result;
    }

    private static double[] softmax(Shape shape, double[] values) {
        int length = (int) shape.size(shape.rank() - 1);
        double[] result = new double[values.length];
        for (int start = 0; start < values.length; start += length) {
            double sum = 0;
            for (int i = start; i < start + length; i++) {
                result[i] = Math.exp(values[i]);
                sum += result[i];
            }
            for (int i = start; i < start + length; i++) {
                result[i] /= sum;
            }
        }
        return result;
    }

    private static double[] convolveTransposed(Node node, int factor, Map<String, double[]> values) {
        Shape in = node.input(0).shape();
        Shape kernel = node.input(1).shape();
        double[] image = values.get(node.input(0).name());
        double[] weights = values.get(node.input(1).name());
        double[] result = new double[(int) node.output(0).shape().elements()];
        int i = 0;
        for (long[] place : places(node.output(0).shape())) {
            for (int c = 0; c < in.size(1); c++) {
                result[i] += image[broadcastIndex(in, new long[] {place[0], c, place[2] / factor, place[3] / factor})]
                        * weights[
                                broadcastIndex(kernel, new long[] {c, place[1], place[2] % factor, place[3] % factor})];
            }
            i++;
        }
        return result;
    }

    private static double[] interpolate(Shape in, int factor, double[] image) {
        Shape out = NearestUpsampling.grow(in, factor);
        double[] result = new double[(int) out.elements()];
        int i = 0;
        for (long[] place : places(out)) {
            double y = Math.max(0, Math.min(in.size(2) - 1.0, (place[2] + 0.5) / factor - 0.5));
            double x = Math.max(0, Math.min(in.size(3) - 1.0, (place[3] + 0.5) / factor - 0.5));
            for (long row = (long) y; row <= Math.min(in.size(2) - 1, (long) y + 1); row++) {
                for (long column = (long) x; column <= Math.min(in.size(3) - 1, (long) x + 1); column++) {
                    double share = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
                    result[i] += share * image[broadcastIndex(in, new long[] {place[0], place[1], row, column})];
                }
            }
            i++;
        }
        return result;
    }

    private static double[] averagePool(Shape in, int factor, double[] image) {
        Shape out = MaxPooling.shrink(in, factor);
        double[] result = new double[(int) out.elements()];
        int i = 0;
        for (long[] place : places(in)) {
            place[2] /= factor;
            place[3] /= factor;
            result[broadcastIndex(out, place)] += image[i++] / (factor * factor);
        }
        return result;
    }

    private static double[] normalize(Node node, Map<String, double[]> values) {
        Shape shape = node.input(0).shape();
        double[] image = values.get(node.input(0).name());
        double[] scale = values.get(node.input(1).name());
        double[] shift = values.get(node.input(2).name());
        int channels = (int) shape.size(1);
        double count = (double) shape.elements() / channels;
        double[] mean = new double[channels];
        double[] variance = new double[channels];
        List<long[]> places = places(shape);
        for (int i = 0; i < image.length; i++) {
            mean[(int) places.get(i)[1]] += image[i] / count;
        }
        for (int i = 0; i < image.length; i++) {
            int c = (int) places.get(i)[1];
            variance[c] += (image[i] - mean[c]) * (image[i] - mean[c]) / count;
        }
        double[] result = new double[image.length];
        for (int i = 0; i < image.length; i++) {
            int c = (int) places.get(i)[1];
            result[i] = (image[i] - mean[c]) / Math.sqrt(variance[c] + EPSILON) * scale[c] + shift[c];
        }
        return result;
    }

    private static void sort(Node node, Map<String, double[]> values) {
        double[] vector = values.get(node.input(0).name());
        int[] order = java.util.stream.IntStream.range(0, vector.length)
                .boxed()
                .sorted((a, b) -> Double.compare(vector[b], vector[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        values.put(
                node.output(0).name(),
                java.util.Arrays.stream(order).mapToDouble(i -> vector[i]).toArray());
        values.put(
                node.output(1).name(),
                java.util.Arrays.stream(order).asDoubleStream().toArray());
    }

    private static double[] cumulate(double[] vector, boolean exclusive) {
        double[] result = new double[vector.length];
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            result[i] = exclusive ? sum : sum + vector[i];
            sum += vector[i];
        }
        return result;
    }

    private static double[] dilate(Shape shape, int size, double[] image) {
        double[] result = new double[image.length];
        int i = 0;
        for (long[] place : places(shape)) {
            double largest = Double.NEGATIVE_INFINITY;
            for (long y = Math.max(0, place[2] - size / 2);
                    y <= Math.min(shape.size(2) - 1, place[2] + size / 2);
                    y++) {
                for (long x = Math.max(0, place[3] - size / 2);
                        x <= Math.min(shape.size(3) - 1, place[3] + size / 2);
                        x++) {
                    largest = Math.max(largest, image[broadcastIndex(shape, new long[] {place[0], place[1], y, x})]);
                }
            }
            result[i++] = largest;
        }
        return result;
    }

    private static double[] pool(Shape in, int factor, double[] image) {
        Shape out = MaxPooling.shrink(in, factor);
        double[] result = new double[(int) out.elements()];
        java.util.Arrays.fill(result, Double.NEGATIVE_INFINITY);
        int i = 0;
        for (long[] place : places(in)) {
            place[2] /= factor;
            place[3] /= factor;
            int target = broadcastIndex(out, place);
            result[target] = Math.max(result[target], image[i++]);
        }
        return result;
    }

    private static double[] enlarge(Shape in, int factor, double[] image) {
        Shape out = NearestUpsampling.grow(in, factor);
        double[] result = new double[(int) out.elements()];
        int i = 0;
        for (long[] place : places(out)) {
            place[2] /= factor;
            place[3] /= factor;
            result[i++] = image[broadcastIndex(in, place)];
        }
        return result;
    }
}
