package org.geolandslide.training.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.pooling.Pool;
import java.util.List;

/**
 * The network of {@link UnetGraph} in DJL.
 *
 * @param widths channels per level, the finest first
 */
record UnetPeer(List<Integer> widths) implements PeerNetwork {
    UnetPeer {
        widths = List.copyOf(widths);
    }

    @Override
    public Block block(int side) {
        return level(0).add(PeerLayers.convolutionWithBias(1, 1));
    }

    /** One level with all below it. */
    private SequentialBlock level(int level) {
        SequentialBlock block = convolutions(widths.get(level));
        if (level == widths.size() - 1) {
            return block;
        }
        SequentialBlock below = new SequentialBlock()
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(level(level + 1))
                .add(LambdaBlock.singleton(UnetPeer::upsampled, "upsample"));
        return block.add(new ParallelBlock(
                        branches -> new NDList(NDArrays.concat(
                                new NDList(
                                        branches.get(0).head(), branches.get(1).head()),
                                1)),
                        List.of(Blocks.identityBlock(), below)))
                .add(convolutions(widths.get(level)));
    }

    private static SequentialBlock convolutions(int filters) {
        return new SequentialBlock()
                .add(PeerLayers.convolutionBlock(filters, 3, 1, PeerLayers.RELU))
                .add(PeerLayers.convolutionBlock(filters, 3, 1, PeerLayers.RELU));
    }

    private static NDArray upsampled(NDArray image) {
        Shape shape = image.getShape();
        int nearest = 0;
        return image.getNDArrayInternal()
                .interpolation(new long[] {2 * shape.get(2), 2 * shape.get(3)}, nearest, false);
    }

    @Override
    public NDArray loss(NDList logits, NDArray target) {
        return PeerLayers.crossEntropy(logits.singletonOrThrow(), target);
    }
}
