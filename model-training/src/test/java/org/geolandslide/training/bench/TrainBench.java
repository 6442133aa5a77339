package org.geolandslide.training.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains networks on both sides, turn by turn, so that both see the same of what else the machine does. Only the ratios of one run mean
 * something on a machine that is shared.
 *
 * @param window side of the images in pixels
 * @param batch images per step
 * @param threads threads of a step, on both sides
 * @param rounds turns of each side
 * @param steps steps per turn
 */
record TrainBench(int window, int batch, int threads, int rounds, int steps) {

    /** Is told how far the bench has come. */
    @FunctionalInterface
    interface Progress {
        void at(int done, int total);
    }

    /**
     * Measures one network.
     *
     * @param folder for files of this run
     * @throws PeerUnavailableException if the peer's library does not run here
     * @throws IOException if a side fails, or the sides train different numbers of parameters
     */
    NetworkResult measure(BenchNetwork network, Path folder, Progress progress) throws IOException {
        Workload workload = new Workload(network, window, batch, threads);
        List<Double> ours = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        List<Double> streamed = new ArrayList<>();
        List<Double> ready = new ArrayList<>();
        int total = 2 * rounds;
        try (ChildProcess peer = ChildProcess.start(BenchChild.Side.PEER, workload, folder);
                ChildProcess own = ChildProcess.start(BenchChild.Side.OURS, workload, folder)) {
            if (own.trainableParameters() != peer.trainableParameters()) {
                throw new IOException(network.title() + " has " + own.trainableParameters()
                        + " trainable parameters here, its peer " + peer.trainableParameters()
                        + "; they are not the same network");
            }
            for (int round = 0; round < rounds; round++) {
                // Who goes first takes turns, too.
                if (round % 2 == 0) {
                    ours.add(imagesPerSecond(own, Contestant.Feed.READY));
                    peers.add(imagesPerSecond(peer, Contestant.Feed.READY));
                } else {
                    peers.add(imagesPerSecond(peer, Contestant.Feed.READY));
                    ours.add(imagesPerSecond(own, Contestant.Feed.READY));
                }
                progress.at(round + 1, total);
            }
            double peak = own.peakMegabytes();
            double peerPeak = peer.peakMegabytes();
            for (int round = 0; round < rounds; round++) {
                if (round % 2 == 0) {
                    ready.add(imagesPerSecond(own, Contestant.Feed.READY));
                    streamed.add(imagesPerSecond(own, Contestant.Feed.STREAM));
                } else {
                    streamed.add(imagesPerSecond(own, Contestant.Feed.STREAM));
                    ready.add(imagesPerSecond(own, Contestant.Feed.READY));
                }
                progress.at(rounds + round + 1, total);
            }
            return new NetworkResult(
                    network,
                    own.trainableParameters(),
                    own.title(),
                    peer.title(),
                    new Pairs(ours, peers),
                    new Pairs(ready, streamed),
                    peak,
                    peerPeak);
        }
    }

    private double imagesPerSecond(ChildProcess side, Contestant.Feed feed) throws IOException {
        return steps * batch / side.train(feed, steps);
    }
}
