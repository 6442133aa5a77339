/**
 * The ONNX operators that the networks and losses use, each with its shape rule and, where the loss is differentiated
 * through it, its gradient rule.
 *
 * <p>Gradient rules prefer standard operators over ONNX Runtime's own gradient kernels where both are as fast: standard ones
 * run on every execution provider.
 */
@NullMarked
package org.geolandslide.training.operator;

import org.jspecify.annotations.NullMarked;
