package org.geolandslide.training.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.Map;
import org.geolandslide.training.graph.ElementType;
import org.geolandslide.training.graph.Gradients;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.graph.Shape;
import org.geolandslide.training.graph.Tensor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every gradient rule against central differences in double precision. */
class GradientRulesTests {
    private final GradientCheck check = new GradientCheck();
    private final Graph graph = check.graph();

    @Nested
    class ElementWise {
        @Test
        void addition_of_equal_shapes() throws OrtException {
            check.check(graph.apply(new Add(), check.operand(-1, 1, 2, 3), check.operand(-1, 1, 2, 3)));
        }

        @Test
        void addition_repeats_dimensions_of_size_one() throws OrtException {
            check.check(graph.apply(new Add(), check.operand(-1, 1, 2, 3, 4, 4), check.operand(-1, 1, 3, 1, 1)));
        }

        @Test
        void subtraction() throws OrtException {
            check.check(graph.apply(new Subtract(), check.operand(-1, 1, 1, 3), check.operand(-1, 1, 2, 3)));
        }

        @Test
        void multiplication_by_one_map_for_all_channels() throws OrtException {
            check.check(graph.apply(new Multiply(), check.operand(-1, 1, 2, 3, 4, 4), check.operand(0, 1, 2, 1, 4, 4)));
        }

        @Test
        void multiplication_of_a_tensor_by_itself() throws OrtException {
            Tensor x = check.operand(-1, 1, 5);
            check.check(graph.apply(new Multiply(), x, x));
        }

        @Test
        void division() throws OrtException {
            check.check(graph.apply(new Divide(), check.operand(-1, 1, 2, 3), check.operand(0.5, 2, 3)));
        }

        @ParameterizedTest
        @ValueSource(floats = {0.5f, 1, 1.5f, 2})
        void power(float exponent) throws OrtException {
            check.check(graph.apply(new Power(), check.operand(0.2, 2, 7), graph.scalar(exponent)));
        }

        @Test
        void logarithm() throws OrtException {
            check.check(graph.apply(new Logarithm(), check.operand(0.3, 3, 7)));
        }

        @Test
        void sigmoid() throws OrtException {
            check.check(graph.apply(new Sigmoid(), check.operand(-4, 4, 9)));
        }

        @Test
        void softplus() throws OrtException {
            check.check(graph.apply(new Softplus(), check.operand(-9, 9, 9)));
        }

        @Test
        void absolute_value() throws OrtException {
            check.check(graph.apply(new Absolute(), check.operand(-1, 1, 3, 7)));
        }

        @Test
        void leaky_relu() throws OrtException {
            check.check(graph.apply(new LeakyRelu(0.3f), check.operand(-1, 1, 3, 7)));
        }

        @Test
        void selu() throws OrtException {
            check.check(graph.apply(new Selu(), check.operand(-3, 3, 3, 7)));
        }

        @Test
        void hard_sigmoid() throws OrtException {
            check.check(graph.apply(new HardSigmoid(), check.operand(-5, 5, 3, 11)));
        }

        @Test
        void softmax() throws OrtException {
            check.check(graph.apply(new Softmax(), check.operand(-2, 2, 2, 3, 5)));
        }

        @Test
        void relu() throws OrtException {
            check.check(graph.apply(new Relu(), check.operand(-1, 1, 3, 7)));
        }
    }

    @Nested
    class Rearranging {
        @Test
        void sum_of_three() throws OrtException {
            Tensor a = check.operand(-1, 1, 2, 2);
            check.check(graph.apply(new Sum(), a, check.operand(-1, 1, 2, 2), a));
        }

        @Test
        void reduction_over_some_dimensions_that_are_kept() throws OrtException {
            check.check(ReduceSum.along(graph, check.operand(-1, 1, 2, 3, 4), List.of(0L, 2L), true));
        }

        @Test
        void reduction_over_some_dimensions_that_vanish() throws OrtException {
            check.check(ReduceSum.along(graph, check.operand(-1, 1, 2, 3, 4), List.of(1L), false));
        }

        @Test
        void mean_over_some_dimensions() throws OrtException {
            check.check(graph.apply(new ReduceMean(List.of(2L, 3L)), check.operand(-1, 1, 2, 3, 4, 2)));
        }

        @Test
        void maximum_over_some_dimensions() throws OrtException {
            check.check(graph.apply(new ReduceMax(List.of(1L)), check.operand(-1, 1, 2, 3, 4)));
        }

        @Test
        void transposition() throws OrtException {
            check.check(graph.apply(new Transpose(List.of(2L, 0L, 1L)), check.operand(-1, 1, 2, 3, 4)));
        }

        @Test
        void product_of_batched_matrices() throws OrtException {
            check.check(graph.apply(
                    new MatrixProduct(), check.operand(-1, 1, 2, 3, 4, 5), check.operand(-1, 1, 2, 3, 5, 2)));
        }

        @Test
        void product_with_one_matrix_for_all() throws OrtException {
            check.check(graph.apply(new MatrixProduct(), check.operand(-1, 1, 4, 5), check.operand(-1, 1, 2, 3, 5, 2)));
        }

        @Test
        void reshaping() throws OrtException {
            check.check(Reshape.to(graph, check.operand(-1, 1, 2, 6), Shape.of(3, 4)));
        }

        @Test
        void expansion() throws OrtException {
            check.check(Expand.to(graph, check.operand(-1, 1, 2, 1, 3), Shape.of(2, 4, 3)));
        }

        @Test
        void reshaping_to_a_vector() throws OrtException {
            check.check(Reshape.toVector(graph, check.operand(-1, 1, 2, 6)));
        }

        @Test
        void sorting_by_value() throws OrtException {
            check.check(SortDescending.of(graph, check.operand(-1, 1, 11)).values());
        }

        @Test
        void indices_of_a_sorted_vector_carry_no_gradient() throws OrtException {
            SortDescending.Sorted sorted = SortDescending.of(graph, check.operand(-1, 1, 11));
            Tensor ranked = graph.apply(new Gather(), check.constant(0, 1, 11), sorted.indices());
            check.check(graph.apply(new Multiply(), sorted.values(), CumulativeSum.before(graph, ranked)));
        }

        @Test
        void identity() throws OrtException {
            check.check(graph.apply(new Identity(), check.operand(-1, 1, 4)));
        }

        @Test
        void concatenation_of_channels() throws OrtException {
            check.check(graph.apply(
                    new Concatenate(),
                    check.operand(-1, 1, 2, 1, 2, 2),
                    check.operand(-1, 1, 2, 3, 2, 2),
                    check.operand(-1, 1, 2, 2, 2, 2)));
        }
    }

    @Nested
    class Images {
        @ParameterizedTest(name = "kernel {0}, stride {1}, padding {2}")
        @CsvSource({"1, 1, 0", "3, 1, 1", "5, 1, 2", "3, 1, 0", "2, 2, 0", "3, 2, 1"})
        void convolution(int kernel, int stride, int padding) throws OrtException {
            check.check(graph.apply(
                    new Convolution(stride, padding),
                    check.operand(-1, 1, 2, 3, 6, 8),
                    check.operand(-1, 1, 4, 3, kernel, kernel)));
        }

        @ParameterizedTest(name = "kernel {0}, stride {1}, padding {2} and {3}, dilation {4}, groups {5}")
        @CsvSource({
            "2, 1, 0, 1, 1, 1",
            "2, 2, 0, 1, 1, 1",
            "3, 1, 2, 2, 2, 1",
            "3, 1, 1, 1, 1, 2",
            "3, 1, 1, 1, 1, 4",
            "5, 2, 2, 2, 1, 4"
        })
        void convolution(int kernel, int stride, int before, int after, int dilation, int groups) throws OrtException {
            check.check(graph.apply(
                    new Convolution(stride, before, after, dilation, groups),
                    check.operand(-1, 1, 2, 4, 6, 8),
                    check.operand(-1, 1, 4, 4 / groups, kernel, kernel)));
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 4})
        void transposed_convolution(int factor) throws OrtException {
            check.check(graph.apply(
                    new TransposedConvolution(factor),
                    check.operand(-1, 1, 2, 3, 4, 5),
                    check.operand(-1, 1, 3, 2, factor, factor)));
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 4})
        void bilinear_upsampling(int factor) throws OrtException {
            check.check(BilinearUpsampling.by(graph, check.operand(-1, 1, 2, 2, 3, 4), factor));
        }

        /** What is kept is decided at random, so that the rule is measured against the result itself: y = scale x. */
        @Test
        void dropout_passes_the_gradient_to_what_it_kept() throws OrtException {
            Tensor x = check.operand(0.5, 1, 40, 50);
            Tensor y = Dropout.of(graph, x, 0.25);
            Tensor loss = ReduceSum.total(graph, y);
            Gradients gradients = Gradients.append(graph, loss, new Sum());
            Tensor gradient = gradients.of(graph.parameters().get(0));
            graph.output(y);
            graph.output(gradient);
            Map<String, float[]> found = GraphRunner.run(graph, Map.of());
            float[] operand = graph.parameters().get(0).initial();
            int kept = 0;
            for (int i = 0; i < operand.length; i++) {
                float slope = found.get(gradient.name())[i];
                assertThat(found.get(y.name())[i]).isCloseTo(slope * operand[i], within(1e-5f));
                assertThat(slope == 0 || Math.abs(slope - 1 / 0.75f) < 1e-6).isTrue();
                kept += slope > 0 ? 1 : 0;
            }
            assertThat(kept / (double) operand.length).isCloseTo(0.75, within(0.05));
        }

        @Test
        void convolution_with_bias() throws OrtException {
            check.check(graph.apply(
                    Convolution.same(3),
                    check.operand(-1, 1, 2, 2, 5, 4),
                    check.operand(-1, 1, 3, 2, 3, 3),
                    check.operand(-1, 1, 3)));
        }

        @Test
        void batch_normalisation() throws OrtException {
            Tensor image = check.operand(-1, 3, 3, 2, 3, 4);
            Tensor scale = check.operand(0.5, 2, 2);
            Tensor shift = check.operand(-1, 1, 2);
            Tensor mean = frozen("mean", 2);
            Tensor variance = frozen("variance", 2);
            check.check(graph.applyAll(new BatchNormalization(true), image, scale, shift, mean, variance)
                    .get(0));
        }

        private Tensor frozen(String name, int size) {
            return graph.parameter(
                    new Parameter(new Tensor(name, ElementType.FLOAT, Shape.of(size)), new float[size], false));
        }

        @Test
        void max_pooling() throws OrtException {
            check.check(graph.apply(new MaxPooling(2), check.operand(-1, 1, 2, 3, 4, 6)));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 3, 5})
        void dilation(int size) throws OrtException {
            check.check(graph.applyAll(new Dilation(size), check.operand(-1, 1, 2, 2, 5, 6))
                    .get(0));
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 4})
        void nearest_upsampling(int factor) throws OrtException {
            check.check(NearestUpsampling.by(graph, check.operand(-1, 1, 2, 3, 2, 3), factor));
        }

        @Test
        void a_chain_with_a_skip_connection() throws OrtException {
            Tensor image = check.constant(-1, 1, 2, 2, 8, 8);
            Tensor first =
                    graph.apply(new Relu(), graph.apply(Convolution.same(3), image, check.operand(-1, 1, 3, 2, 3, 3)));
            Tensor low = graph.apply(
                    Convolution.same(3), graph.apply(new MaxPooling(2), first), check.operand(-1, 1, 3, 3, 3, 3));
            Tensor joined = graph.apply(new Add(), first, NearestUpsampling.by(graph, low, 2));
            check.check(graph.apply(new Sigmoid(), joined));
        }
    }

    @Nested
    class Refusals {
        @Test
        void an_operator_without_a_rule_on_the_way_to_a_parameter() {
            Tensor padded = EdgePadding.around(graph, check.operand(-1, 1, 1, 1, 2, 2), 2);
            Tensor loss = ReduceSum.total(graph, padded);
            assertThatThrownBy(() -> Gradients.append(graph, loss, new Sum()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the operator Pad")
                    .hasMessageContaining("has no gradient rule");
        }

        @Test
        void a_parameter_that_the_loss_does_not_depend_on() {
            check.operand(-1, 1, 2);
            Tensor loss = ReduceSum.total(graph, check.operand(-1, 1, 2));
            assertThatThrownBy(() -> Gradients.append(graph, loss, new Sum()))
                    .hasMessageContaining("does not depend on the parameter operand0");
        }
    }
}
