package org.geolandslide.training.bench;

import java.util.Optional;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Tensor;
import org.geolandslide.training.loss.CrossEntropyLoss;
import org.geolandslide.training.loss.LabelledPrediction;
import org.geolandslide.training.network.Attention;
import org.geolandslide.training.network.Layers;
import org.geolandslide.training.network.Prediction;
import org.geolandslide.training.network.RmauNetwork;
import org.geolandslide.training.operator.Add;
import org.geolandslide.training.operator.Multiply;

/**
 * RMAU-Net as this project trains it, without detection head and dropout, with cross-entropy at each head.
 *
 * @param width channels of every level of the encoder
 */
record RmauGraph(int width) implements GraphNetwork {
    @Override
    public Tensor loss(Layers layers, Tensor image, Tensor target, Tensor weight) {
        Graph graph = layers.graph();
        Prediction prediction = new RmauNetwork(width, 1, 4, true, true, Attention.MULTI_HEAD, 3, false, 0)
                .append(layers, image, Optional.empty());
        Tensor total = graph.scalar(0);
        for (Prediction.Head head : prediction.heads()) {
            LabelledPrediction labelled = new LabelledPrediction(head.logits(), head.features(), target, weight);
            if (head.reduction() > 1) {
                labelled = labelled.reduced(graph, head.reduction());
            }
            Tensor share = graph.scalar((float) head.weight());
            Tensor loss = graph.apply(new Multiply(), new CrossEntropyLoss().append(graph, labelled), share);
            total = graph.apply(new Add(), total, loss);
        }
        return total;
    }
}
