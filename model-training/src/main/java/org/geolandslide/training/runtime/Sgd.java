package org.geolandslide.training.runtime;

/**
 * Stochastic gradient descent without momentum, as ONNX Runtime's {@code SGDOptimizerV2} has it: a parameter moves by the learning
 * rate times its gradient.
 *
 * @param maxGradientNorm largest L2 norm of all gradients together; larger ones are scaled down
 */
public record Sgd(double maxGradientNorm) implements Optimizer {
    public Sgd {
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("maxGradientNorm " + maxGradientNorm + " is not positive");
        }
    }
}
