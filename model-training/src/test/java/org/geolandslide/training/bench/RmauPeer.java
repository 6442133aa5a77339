package org.geolandslide.training.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * RMAU-Net (Pham et al. 2025) in DJL, with its published predecessor's structure where the paper is silent: a stem; four levels of one
 * residual block and a halving convolution; a bottleneck; four levels of a doubling convolution, the joined skip connection and one residual
 * block; heads at full, half and quarter resolution. The loss is cross-entropy at each head, for the bench is about the network.
 *
 * <p>It has the biases that {@code RmauNetwork} has: in the attention's last projection only.
 *
 * @param width channels of every level of the encoder
 */
record RmauPeer(int width) implements PeerNetwork {
    private static final int LEVELS = 4;
    /** Weights of the losses at full, half and quarter resolution. */
    private static final List<Float> HEADS = List.of(0.25f, 0.5f, 0.25f);

    @Override
    public Block block(int side) {
        return new SequentialBlock()
                .add(PeerLayers.convolutionBlock(width, 3, 1, PeerLayers.LEAKY_RELU))
                .add(level(0, side))
                .add(new LambdaBlock(outputs -> outputs.subNDList(1), "heads"));
    }

    /** One level with all below it. It gives its decoded features, then the logits of its own head and of those below. */
    private Block level(int level, int side) {
        if (level == LEVELS) {
            return residualBlock(width, side);
        }
        int channels = decodedChannels(level);
        int below = decodedChannels(level + 1);
        SequentialBlock down = new SequentialBlock()
                .add(PeerLayers.halving(width))
                .add(Activation::selu)
                .add(level(level + 1, side / 2))
                .add(new OnFirst(new SequentialBlock()
                        .add(new TransposedConvolution(below))
                        .add(Activation::selu)));
        SequentialBlock block = new SequentialBlock()
                .add(residualBlock(width, side))
                .add(new ParallelBlock(RmauPeer::joined, List.of(Blocks.identityBlock(), down)))
                .add(new OnFirst(residualBlock(channels, side)));
        if (level < HEADS.size()) {
            block.add(new Head(new ChannelMean()));
        }
        return block;
    }

    /** Channels after a level of the decoder: those from below and the skip connection's. */
    private int decodedChannels(int level) {
        return width * (LEVELS - level + 1);
    }

    private static NDList joined(List<NDList> branches) {
        NDList below = branches.get(1);
        NDList result = new NDList(NDArrays.concat(new NDList(branches.get(0).singletonOrThrow(), below.head()), 1));
        result.addAll(below.subNDList(1));
        return result;
    }

    /** A 3 x 3 beside a 2 x 2 convolution, a 3 x 3 convolution, attention, and the input added. */
    private static Block residualBlock(int channels, int side) {
        SequentialBlock narrow = new SequentialBlock()
                .add(LambdaBlock.singleton(RmauPeer::paddedBelowAndRight, "pad"))
                .add(PeerLayers.convolutionBlock(channels, 2, 0, PeerLayers.LEAKY_RELU));
        SequentialBlock inner = new SequentialBlock()
                .add(new ParallelBlock(
                        RmauPeer::sum,
                        List.of(PeerLayers.convolutionBlock(channels, 3, 1, PeerLayers.LEAKY_RELU), narrow)))
                .add(PeerLayers.convolutionBlock(channels, 3, 1, PeerLayers.LEAKY_RELU))
                .add(new AttentionGate(channels, side));
        return new ParallelBlock(RmauPeer::sum, List.of(Blocks.identityBlock(), inner));
    }

    private static NDArray paddedBelowAndRight(NDArray image) {
        return image.pad(new Shape(0, 1, 0, 1), 0);
    }

    private static NDList sum(List<NDList> branches) {
        return new NDList(branches.get(0).singletonOrThrow().add(branches.get(1).singletonOrThrow()));
    }

    @Override
    public NDArray loss(NDList logits, NDArray target) {
        NDArray total = PeerLayers.scaled(PeerLayers.crossEntropy(logits.get(0), target), HEADS.get(0));
        for (int head = 1; head < HEADS.size(); head++) {
            Shape square = new Shape(1L << head, 1L << head);
            NDArray coarse = Pool.avgPool2d(target, square, square, new Shape(0, 0), false, true);
            total = total.add(PeerLayers.scaled(PeerLayers.crossEntropy(logits.get(head), coarse), HEADS.get(head)));
        }
        return total;
    }
}
