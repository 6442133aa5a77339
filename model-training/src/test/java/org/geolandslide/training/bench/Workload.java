package org.geolandslide.training.bench;

import java.util.List;

/**
 * What one side trains.
 *
 * @param network the network
 * @param window side of the images in pixels
 * @param batch images per step
 * @param threads threads of a step
 */
record Workload(BenchNetwork network, int window, int batch, int threads) {
    /** Batches that are made in advance. */
    static final int BATCHES = 4;

    /** Learning rate of both sides. */
    static final float LEARNING_RATE = 1e-4f;

    /** Weight decay of both sides. */
    static final float WEIGHT_DECAY = 1e-2f;

    /** As arguments of a process. */
    List<String> toArguments() {
        return List.of(network.name(), Integer.toString(window), Integer.toString(batch), Integer.toString(threads));
    }

    /** From arguments of a process. */
    static Workload of(List<String> arguments) {
        return new Workload(
                BenchNetwork.valueOf(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)));
    }
}
