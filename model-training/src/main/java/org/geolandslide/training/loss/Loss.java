package org.geolandslide.training.loss;

import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;

/** A loss of binary segmentation. */
public interface Loss {
    /**
     * Appends the loss to a graph.
     *
     * @param graph graph to extend; the network's parameters are in it already
     * @param prediction prediction and truth
     * @return a single number, at least 0
     */
    Tensor append(Graph graph, LabelledPrediction prediction);
}
