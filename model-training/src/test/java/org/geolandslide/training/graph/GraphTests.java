package org.geolandslide.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Convolution;
import org.junit.jupiter.api.Test;

class GraphTests {
    private final Graph graph = new Graph();

    private Tensor parameter(String name, long... shape) {
        Shape sizes = Shape.of(shape);
        return graph.parameter(
                new Parameter(new Tensor(name, ElementType.FLOAT, sizes), new float[(int) sizes.elements()], true));
    }

    @Test
    void a_name_is_given_once_even_with_the_same_shape() {
        parameter("weight", 2, 3);
        assertThatThrownBy(() -> parameter("weight", 2, 3)).hasMessageContaining("already has a tensor weight[2, 3]");
        assertThatThrownBy(() -> parameter("weight", 3, 2)).hasMessageContaining("refused weight[3, 2]");
        assertThatThrownBy(() -> graph.input("weight", ElementType.FLOAT, Shape.of(1)))
                .hasMessageContaining("already has a tensor");
    }

    @Test
    void tensors_of_other_graphs_are_refused() {
        Tensor foreign = new Graph().input("x", ElementType.FLOAT, Shape.of(1));
        assertThatThrownBy(() -> graph.apply(new Add(), foreign, foreign))
                .hasMessageContaining("is not a tensor of this graph");
        assertThatThrownBy(() -> graph.output(foreign)).hasMessageContaining("is not a tensor of this graph");
    }

    @Test
    void a_parameter_has_as_many_values_as_its_shape_has_places() {
        Tensor tensor = new Tensor("w", ElementType.FLOAT, Shape.of(2, 2));
        assertThatThrownBy(() -> new Parameter(tensor, new float[3], true))
                .hasMessageContaining("needs 4 values, not 3");
    }

    @Test
    void shapes_broadcast_as_onnx_has_it() {
        assertThat(Shape.of(2, 1, 4).broadcast(Shape.of(3, 1))).isEqualTo(Shape.of(2, 3, 4));
        assertThat(Shape.of(Shape.ANY, 1).broadcast(Shape.of(Shape.ANY, 3))).isEqualTo(Shape.of(Shape.ANY, 3));
        assertThat(Shape.scalar().broadcast(Shape.of(5))).isEqualTo(Shape.of(5));
        assertThatThrownBy(() -> Shape.of(2).broadcast(Shape.of(3))).hasMessageContaining("do not broadcast");
    }

    @Test
    void operators_refuse_what_does_not_fit() {
        Tensor image = graph.input("image", ElementType.FLOAT, Shape.of(1, 3, 8, 8));
        Tensor weights = parameter("weights", 4, 2, 3, 3);
        assertThatThrownBy(() -> graph.apply(Convolution.same(3), image, weights))
                .hasMessageContaining("do not fit the image");
    }

    @Test
    void unknown_sizes_pass_through() {
        Tensor image = graph.input("image", ElementType.FLOAT, Shape.of(Shape.ANY, 3, Shape.ANY, Shape.ANY));
        Tensor result = graph.apply(Convolution.same(3), image, parameter("weights", 4, 3, 3, 3));
        assertThat(result.shape()).isEqualTo(Shape.of(Shape.ANY, 4, Shape.ANY, Shape.ANY));
        assertThatThrownBy(() -> result.shape().elements()).hasMessageContaining("is not known");
    }

    @Test
    void equal_constants_share_a_tensor() {
        assertThat(graph.scalar(2)).isSameAs(graph.scalar(2));
        assertThat(graph.longs(1, 2)).isSameAs(graph.longs(1, 2));
        assertThat(graph.scalar(1)).isNotEqualTo(graph.longs(1));
        assertThat(graph.constants()).hasSize(4);
    }
}
