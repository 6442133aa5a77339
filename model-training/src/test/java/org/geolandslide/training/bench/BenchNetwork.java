package org.geolandslide.training.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The networks that both sides train. */
enum BenchNetwork {
    /** A plain U-Net: the first line of what the bench tells. */
    UNET("U-Net 16/32/64", 4) {
        @Override
        Optional<GraphNetwork> graph() {
            return Optional.of(new UnetGraph(List.of(16, 32, 64)));
        }

        @Override
        PeerNetwork peer() {
            return new UnetPeer(List.of(16, 32, 64));
        }
    },

    /** RMAU-Net (Pham et al. 2025) at base width 16. */
    RMAUNET("RMAU-Net 16", 23) {
        @Override
        Optional<GraphNetwork> graph() {
            return Optional.empty();
        }

        @Override
        PeerNetwork peer() {
            return new RmauPeer(16);
        }
    };

    private final String title;
    private final int bands;

    BenchNetwork(String title, int bands) {
        this.title = title;
        this.bands = bands;
    }

    /** Its name in words. */
    String title() {
        return title;
    }

    /** Bands of the images that it is trained on. */
    int bands() {
        return bands;
    }

    /** The network in this project; empty where only the peer has it yet. */
    abstract Optional<GraphNetwork> graph();

    /** The same network in DJL. */
    abstract PeerNetwork peer();

    /** The networks that both sides have. */
    static List<BenchNetwork> comparable() {
        return Arrays.stream(values())
                .filter(network -> network.graph().isPresent())
                .toList();
    }
}
