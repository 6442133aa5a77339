package org.geolandslide.training.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Node;
import org.geolandslide.training.graph.Operator;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.BilinearUpsampling;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.Dilation;
import org.geolandslide.training.operator.MaxPooling;
import org.geolandslide.training.operator.NearestUpsampling;
import org.geolandslide.training.operator.ReduceMax;
import org.geolandslide.training.operator.ReduceMean;
import org.geolandslide.training.operator.ReduceMin;
import org.geolandslide.training.operator.TransposedConvolution;

/** How far a network looks: the side of the square of input pixels that can change one output pixel. */
public final class ReceptiveField {
    /**
     * What one pixel of a tensor sees.
     *
     * @param side side of the square in input pixels
     * @param step distance of neighbouring pixels in input pixels
     */
    private record Field(double side, double step) {
        static final Field PIXEL = new Field(1, 1);

        Field wider(Field other) {
            return new Field(Math.max(side, other.side), Math.max(step, other.step));
        }
    }

    private ReceptiveField() {}

    /**
     * Receptive field of an output of a graph of convolutions, poolings and enlargements, by the layers' arithmetic.
     *
     * @return pixels; empty if every pixel of the image has an effect, however large the image is
     */
    public static OptionalInt of(Graph graph, String output) {
        Map<String, Field> fields = new HashMap<>();
        for (Node node : graph.nodes()) {
            Field seen = Field.PIXEL;
            for (Tensor input : node.inputs()) {
                seen = seen.wider(fields.getOrDefault(input.name(), Field.PIXEL));
            }
            Field result = after(node, seen);
            node.outputs().forEach(tensor -> fields.put(tensor.name(), result));
        }
        Field field = fields.get(output);
        if (field == null) {
            throw new IllegalArgumentException("the graph has no tensor " + output);
        }
        return Double.isInfinite(field.side()) ? OptionalInt.empty() : OptionalInt.of((int) Math.ceil(field.side()));
    }

    private static Field after(Node node, Field seen) {
        Operator operator = node.operator();
        if (operator instanceof Convolution convolution) {
            long kernel = Math.max(
                    node.input(1).shape().size(2), node.input(1).shape().size(3));
            double reach = (double) (kernel - 1) * convolution.dilation();
            // An even kernel leans to one side; the square around the pixel holds both.
            double lean = Math.abs(convolution.after() - convolution.before());
            return new Field(seen.side() + (reach + lean) * seen.step(), seen.step() * convolution.stride());
        }
        if (operator instanceof MaxPooling pooling) {
            return new Field(seen.side() + (pooling.factor() - 1) * seen.step(), seen.step() * pooling.factor());
        }
        if (operator instanceof Dilation dilation) {
            return new Field(seen.side() + (dilation.size() - 1) * seen.step(), seen.step());
        }
        if (operator instanceof TransposedConvolution transposed) {
            return new Field(seen.side(), seen.step() / transposed.factor());
        }
        if ((operator instanceof ReduceMean mean && isOverPixels(mean.axes()))
                || (operator instanceof ReduceMax maximum && isOverPixels(maximum.axes()))
                || (operator instanceof ReduceMin minimum && isOverPixels(minimum.axes()))) {
            return new Field(Double.POSITIVE_INFINITY, seen.step());
        }
        if (operator instanceof NearestUpsampling upsampling) {
            return new Field(seen.side(), seen.step() / upsampling.factor());
        }
        if (operator instanceof BilinearUpsampling upsampling) {
            return new Field(seen.side() + seen.step(), seen.step() / upsampling.factor());
        }
        return seen;
    }

    private static boolean isOverPixels(List<Long> axes) {
        return axes.contains(2L) || axes.contains(3L);
    }
}
