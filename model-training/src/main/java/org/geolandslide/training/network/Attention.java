package org.geolandslide.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Concatenate;
import org.geolandslide.training.operator.Convolution;
import org.geolandslide.training.operator.MatrixProduct;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.ReduceMax;
import org.geolandslide.training.operator.ReduceMean;
import org.geolandslide.training.operator.Reshape;
import org.geolandslide.training.operator.Sigmoid;
import org.geolandslide.training.operator.Softmax;
import org.geolandslide.training.operator.Transpose;

/** Attention that a block of a U-Net ends with (table VIII of Pham et al. 2025). */
public enum Attention {
    NONE("no attention"),
    /** One weight per channel (squeeze and excitation, Hu et al. 2018). */
    SQUEEZE_EXCITATION("squeeze and excitation"),
    /** One weight per channel, then one per pixel (Woo et al. 2018). */
    CBAM("CBAM"),
    /**
     * RMAU-Net's: the image is pooled, by mean and maximum, over its channels, its rows and its columns; self-attention with 6 heads of
     * size 12 runs over what remains, and the mean of the three results weighs the image. Pooled over the channels, rows are what
     * attends and columns are its features, so that weights belong to columns and the image has a fixed size.
     */
    MULTI_HEAD("multi-head attention"),
    /**
     * RMAU-Net's without the branch that is pooled over the channels: no weight belongs to a column, so that place tells nothing.
     */
    AXIAL("multi-head attention over rows and columns");

    private static final int HEADS = 6;
    private static final int KEY_SIZE = 12;
    private static final int SQUEEZE = 16;
    private static final int LEAST_SQUEEZED = 4;
    private static final int SPATIAL_KERNEL = 7;
    private static final int CHANNELS = 1;
    private static final int ROWS = 2;
    private static final int COLUMNS = 3;

    private final String title;

    Attention(String title) {
        this.title = title;
    }

    /** Its name in words. */
    public String title() {
        return title;
    }

    /** Whether it tells pixels apart. */
    boolean hasMap() {
        return this == CBAM || isMultiHead();
    }

    /** Whether it is self-attention with several heads, which RMAU-Net has its name from. */
    boolean isMultiHead() {
        return this == MULTI_HEAD || this == AXIAL;
    }

    /** Whether weights belong to places, so that all images have the size of those of the training. */
    boolean needsFixedSize() {
        return this == MULTI_HEAD;
    }

    /**
     * A weighed image.
     *
     * @param image {@code [N, C, H, W]}
     * @param map weights per pixel {@code [N, 1, H, W]}, 0 to 1; for evaluation only
     */
    record Attended(Tensor image, Optional<Tensor> map) {}

    /**
     * Appends the attention.
     *
     * @param name prefix of the parameters' names
     * @param image {@code [N, C, H, W]}
     */
    Attended apply(Layers layers, String name, Tensor image) {
        return switch (this) {
            case NONE -> new Attended(image, Optional.empty());
            case SQUEEZE_EXCITATION -> new Attended(squeezeExcitation(layers, name, image), Optional.empty());
            case CBAM -> cbam(layers, name, image);
            case MULTI_HEAD, AXIAL -> multiHead(layers, name, image);
        };
    }

    private static int squeezed(Tensor image) {
        return Math.max(LEAST_SQUEEZED, (int) image.shape().size(1) / SQUEEZE);
    }

    private static Tensor mean(Graph graph, Tensor image, long... axes) {
        return graph.apply(new ReduceMean(java.util.Arrays.stream(axes).boxed().toList()), image);
    }

    private static Tensor maximum(Graph graph, Tensor image, long... axes) {
        return graph.apply(new ReduceMax(java.util.Arrays.stream(axes).boxed().toList()), image);
    }

    private static Tensor squeezeExcitation(Layers layers, String name, Tensor image) {
        Graph graph = layers.graph();
        Tensor pooled = mean(graph, image, ROWS, COLUMNS);
        Tensor inner = layers.relu(layers.convolutionWithBias(name + ".squeeze", pooled, squeezed(image), 1, 0));
        Tensor gate = layers.convolutionWithBias(
                name + ".excite", inner, (int) image.shape().size(1), 1, 0);
        return graph.apply(new Multiply(), image, graph.apply(new Sigmoid(), gate));
    }

    private static Attended cbam(Layers layers, String name, Tensor image) {
        Graph graph = layers.graph();
        long channels = image.shape().size(1);
        Tensor squeeze = layers.weights(name + ".squeeze", channels, squeezed(image), 1);
        Tensor excite = layers.weights(name + ".excite", squeezed(image), (int) channels, 1);
        Tensor both = graph.apply(
                new Add(),
                perChannel(layers, mean(graph, image, ROWS, COLUMNS), squeeze, excite),
                perChannel(layers, maximum(graph, image, ROWS, COLUMNS), squeeze, excite));
        Tensor weighed = graph.apply(new Multiply(), image, graph.apply(new Sigmoid(), both));
        Tensor pooled =
                graph.apply(new Concatenate(), mean(graph, weighed, CHANNELS), maximum(graph, weighed, CHANNELS));
        Tensor map =
                graph.apply(new Sigmoid(), layers.convolutionWithBias(name + ".spatial", pooled, 1, SPATIAL_KERNEL, 0));
        return new Attended(
                graph.apply(new Multiply(), weighed, map), layers.training() ? Optional.empty() : Optional.of(map));
    }

    private static Tensor perChannel(Layers layers, Tensor pooled, Tensor squeeze, Tensor excite) {
        Convolution dense = Convolution.same(1);
        Tensor inner = layers.relu(layers.graph().apply(dense, pooled, squeeze));
        return layers.graph().apply(dense, inner, excite);
    }

    private Attended multiHead(Layers layers, String name, Tensor image) {
        Graph graph = layers.graph();
        List<Tensor> branches = new ArrayList<>();
        if (this == MULTI_HEAD) {
            // Pooled over the channels: [N, 1, H, W] becomes [N, W, H, 1], rows that attend with columns for features.
            List<Long> exchange = List.of(0L, 3L, 2L, 1L);
            Tensor byPixel = graph.apply(new Transpose(exchange), pooled(graph, image, CHANNELS));
            branches.add(graph.apply(new Transpose(exchange), selfAttention(layers, name + ".channels", byPixel)));
        }
        branches.add(selfAttention(layers, name + ".rows", pooled(graph, image, ROWS)));
        branches.add(selfAttention(layers, name + ".columns", pooled(graph, image, COLUMNS)));
        Tensor sum = branches.get(0);
        for (Tensor branch : branches.subList(1, branches.size())) {
            sum = graph.apply(new Add(), sum, branch);
        }
        Tensor gate = graph.apply(new Multiply(), sum, graph.scalar(1f / branches.size()));
        return new Attended(
                graph.apply(new Multiply(), image, gate),
                layers.training() ? Optional.empty() : Optional.of(mean(graph, gate, CHANNELS)));
    }

    private static Tensor pooled(Graph graph, Tensor image, long axis) {
        return graph.apply(new Add(), mean(graph, image, axis), maximum(graph, image, axis));
    }

    /**
     * Self-attention (Vaswani et al. 2017) of the places of an image that is one pixel wide or high.
     *
     * @param places {@code [N, F, T, 1]} or {@code [N, F, 1, T]}: T places with F features
     * @return weights of the same shape, 0 to 1
     */
    private static Tensor selfAttention(Layers layers, String name, Tensor places) {
        Graph graph = layers.graph();
        Shape shape = places.shape();
        long length = shape.size(2) * shape.size(3);
        int inner = HEADS * KEY_SIZE;
        Shape split = Shape.of(shape.size(0), HEADS, KEY_SIZE, length);
        Tensor queries = Reshape.to(graph, layers.convolution(name + ".query", places, inner, 1), split);
        Tensor keys = Reshape.to(graph, layers.convolution(name + ".key", places, inner, 1), split);
        Tensor values = Reshape.to(graph, layers.convolution(name + ".value", places, inner, 1), split);
        Tensor scaled = graph.apply(new Multiply(), queries, graph.scalar((float) (1 / Math.sqrt(KEY_SIZE))));
        // [N, heads, T, T]: for each place a distribution over all places, along the last dimension.
        Tensor scores = graph.apply(new MatrixProduct(), Transpose.ofMatrices(graph, scaled), keys);
        Tensor shares = graph.apply(new Softmax(), scores);
        Tensor mixed = graph.apply(new MatrixProduct(), values, Transpose.ofMatrices(graph, shares));
        Tensor joined = Reshape.to(graph, mixed, Shape.of(shape.size(0), inner, shape.size(2), shape.size(3)));
        return graph.apply(new Sigmoid(), layers.convolutionWithBias(name + ".out", joined, (int) shape.size(1), 1, 0));
    }
}
