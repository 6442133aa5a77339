package org.geolandslide.training.drawing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Node;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;

/**
 * A graph in blocks. A block is what has weights under a common name, such as {@code encoder.level2}, with the operators after it that have
 * none.
 *
 * @param blocks in an order in which they can be computed
 * @param edges from a block to one that reads its result
 */
public record BlockDiagram(List<Block> blocks, Set<Edge> edges) {
    /** Parts of a network whose levels are blocks of their own. */
    private static final Set<String> LEVELLED = Set.of("encoder", "decoder", "optical", "terrain", "pyramid");

    /**
     * A block.
     *
     * @param name common beginning of its parameters' names; an input's own name
     * @param shape of its last result, without the number of images
     * @param weights number of its weights
     * @param attentive whether some of them are of attention
     */
    public record Block(String name, List<Long> shape, long weights, boolean attentive) {
        /** Height of the result in pixels. */
        long height() {
            return shape.get(1);
        }
    }

    /**
     * A connection.
     *
     * @param from index of the block that is read
     * @param to index of the block that reads
     */
    public record Edge(int from, int to) {}

    public BlockDiagram {
        blocks = List.copyOf(blocks);
        edges = Set.copyOf(edges);
    }

    /**
     * Groups the nodes of a graph.
     *
     * @param graph a graph of static shapes
     * @param inputs names of the inputs that are drawn
     * @param results names of the outputs up to which it is drawn
     */
    public static BlockDiagram of(Graph graph, List<String> inputs, List<String> results) {
        Builder builder = new Builder(graph);
        Set<String> needed = builder.needed(results);
        graph.inputs().stream().filter(input -> inputs.contains(input.name())).forEach(builder::addInput);
        for (Node node : graph.nodes()) {
            if (node.outputs().stream().anyMatch(output -> needed.contains(output.name()))) {
                builder.add(node);
            }
        }
        return builder.build();
    }

    private static final class Builder {
        private final Graph graph;
        private final Map<String, Long> weights = new HashMap<>();
        private final Map<String, Integer> places = new HashMap<>();
        private final Map<String, Integer> indices = new LinkedHashMap<>();
        private final List<Shape> shapes = new ArrayList<>();
        private final Set<String> attentive = new LinkedHashSet<>();
        private final Map<String, Long> sums = new HashMap<>();
        private final Set<Edge> edges = new LinkedHashSet<>();

        Builder(Graph graph) {
            this.graph = graph;
            for (Parameter parameter : graph.parameters()) {
                weights.put(parameter.name(), (long) parameter.initial().length);
            }
        }

        /** Names of the tensors that the results are computed from. */
        Set<String> needed(List<String> results) {
            Set<String> needed = new LinkedHashSet<>(results);
            List<Node> nodes = graph.nodes();
            for (int i = nodes.size() - 1; i >= 0; i--) {
                Node node = nodes.get(i);
                if (node.outputs().stream().anyMatch(output -> needed.contains(output.name()))) {
                    node.inputs().forEach(input -> needed.add(input.name()));
                }
            }
            return needed;
        }

        void addInput(Tensor input) {
            indices.put(input.name(), indices.size());
            shapes.add(input.shape());
            places.put(input.name(), indices.size() - 1);
        }

        void add(Node node) {
            Optional<String> own = node.inputs().stream()
                    .map(Tensor::name)
                    .filter(weights::containsKey)
                    .findFirst()
                    .map(Builder::block);
            int latest = node.inputs().stream()
                    .mapToInt(input -> places.getOrDefault(input.name(), -1))
                    .max()
                    .orElse(-1);
            if (own.isEmpty() && latest < 0) {
                return; // of constants
            }
            int index = latest;
            if (own.isPresent()) {
                index = indices.computeIfAbsent(own.get(), name -> {
                    shapes.add(node.output(0).shape());
                    return indices.size();
                });
                for (Tensor input : node.inputs()) {
                    Long count = weights.remove(input.name());
                    if (count != null) {
                        sums.merge(own.get(), count, Long::sum);
                        if (input.name().contains(".attention")) {
                            attentive.add(own.get());
                        }
                    }
                }
            }
            for (Tensor input : node.inputs()) {
                int from = places.getOrDefault(input.name(), index);
                if (from != index) {
                    edges.add(new Edge(from, index));
                }
            }
            for (Tensor output : node.outputs()) {
                places.put(output.name(), index);
            }
            Shape shape = node.output(0).shape();
            if (own.isPresent() && shape.rank() == 4 && area(shape) >= area(shapes.get(index))) {
                shapes.set(index, shape);
            }
        }

        private static long area(Shape shape) {
            return shape.size(2) * shape.size(3);
        }

        private static String block(String parameter) {
            int first = parameter.indexOf('.');
            if (first < 0) {
                return parameter;
            }
            int second = parameter.indexOf('.', first + 1);
            String beginning = parameter.substring(0, first);
            return LEVELLED.contains(beginning) && second > 0 ? parameter.substring(0, second) : beginning;
        }

        BlockDiagram build() {
            List<Block> blocks = new ArrayList<>();
            indices.forEach((name, index) -> blocks.add(new Block(
                    name,
                    shapes.get(index).sizes().subList(1, 4),
                    sums.getOrDefault(name, 0L),
                    attentive.contains(name))));
            return new BlockDiagram(blocks, edges);
        }
    }
}
