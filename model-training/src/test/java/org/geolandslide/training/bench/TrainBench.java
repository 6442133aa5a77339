package org.geolandslide.training.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

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

    /** What takes a turn. */
    @FunctionalInterface
    private interface Contender {
        Turn turn() throws IOException;
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
        int total = 2 * rounds;
        try (ChildProcess peer = ChildProcess.start(BenchChild.Side.PEER, workload, folder);
                ChildProcess own = ChildProcess.start(BenchChild.Side.OURS, workload, folder)) {
            if (own.trainableParameters() != peer.trainableParameters()) {
                throw new IOException(network.title() + " has " + own.trainableParameters()
                        + " trainable parameters here, its peer " + peer.trainableParameters()
                        + "; they are not the same network");
            }
            Contender ready = () -> own.train(Contestant.Feed.READY, steps);
            MachineTime start = MachineTime.now();
            Duel withPeer =
                    duel(ready, () -> peer.train(Contestant.Feed.READY, steps), round -> progress.at(round, total));
            double otherWork = MachineTime.now().since(start).shareOfOthers(withPeer.processorSeconds());
            double peak = own.peakMegabytes();
            double peerPeak = peer.peakMegabytes();
            Duel withStream = duel(
                    ready, () -> own.train(Contestant.Feed.STREAM, steps), round -> progress.at(rounds + round, total));
            return new NetworkResult(
                    network,
                    own.trainableParameters(),
                    own.title(),
                    peer.title(),
                    withPeer,
                    withStream,
                    otherWork,
                    peak,
                    peerPeak);
        }
    }

    private Duel duel(Contender first, Contender second, IntConsumer progress) throws IOException {
        List<Turn> firsts = new ArrayList<>();
        List<Turn> seconds = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            // Who begins takes turns, too.
            if (round % 2 == 0) {
                firsts.add(first.turn());
                seconds.add(second.turn());
            } else {
                seconds.add(second.turn());
                firsts.add(first.turn());
            }
            progress.accept(round + 1);
        }
        return new Duel(steps * batch, firsts, seconds);
    }
}
