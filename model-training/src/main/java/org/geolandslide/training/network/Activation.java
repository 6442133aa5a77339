package org.geolandslide.training.network;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.operator.HardSigmoid;
import org.geolandslide.training.operator.LeakyRelu;
import org.geolandslide.training.operator.Multiply;
import org.geolandslide.training.operator.Relu;
import org.geolandslide.training.operator.Selu;
import org.geolandslide.training.operator.Sigmoid;

/** What follows a convolution, element by element. */
enum Activation {
    NONE,
    RELU,
    /** Slope 0.3 on the negative side, as Keras has it, with which the authors of RMAU-Net work. */
    LEAKY_RELU,
    /** Klambauer et al. 2017. */
    SELU,
    /** {@code x sigmoid(x)} (Ramachandran et al. 2017). */
    SWISH,
    /** {@code x} times the hard sigmoid (Howard et al. 2019). */
    HARD_SWISH;

    private static final float SLOPE = 0.3f;

    Tensor apply(Graph graph, Tensor tensor) {
        return switch (this) {
            case NONE -> tensor;
            case RELU -> graph.apply(new Relu(), tensor);
            case LEAKY_RELU -> graph.apply(new LeakyRelu(SLOPE), tensor);
            case SELU -> graph.apply(new Selu(), tensor);
            case SWISH -> graph.apply(new Multiply(), tensor, graph.apply(new Sigmoid(), tensor));
            case HARD_SWISH -> graph.apply(new Multiply(), tensor, graph.apply(new HardSigmoid(), tensor));
        };
    }
}
