/**
 * ONNX graphs and their reverse-mode differentiation: tensors, nodes, parameters, and the pass that emits the backward
 * graph. Which operators exist, and how each is differentiated, is said in {@code org.geolandslide.training.operator};
 * which networks are built from them, elsewhere.
 */
@NullMarked
package org.geolandslide.training.graph;

import org.jspecify.annotations.NullMarked;
