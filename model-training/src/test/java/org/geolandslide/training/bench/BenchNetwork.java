package org.geolandslide.training.bench;

import java.util.List;

/** The networks that both sides train. */
enum BenchNetwork {
    /** A plain U-Net: the first line of what the bench tells. */
    UNET("U-Net 16/32/64", 4) {
        @Override
        GraphNetwork graph() {
            return new UnetGraph(List.of(16, 32, 64));
        }

        @Override
        PeerNetwork peer() {
            return new UnetPeer(List.of(16, 32, 64));
        }
    },

    /** RMAU-Net (Pham et al. 2025) at base width 16. */
    RMAUNET("RMAU-Net 16", 23) {
        @Override
        GraphNetwork graph() {
            return new RmauGraph(16);
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

    /** The network in this project. */
    abstract GraphNetwork graph();

    /** The same network in DJL. */
    abstract PeerNetwork peer();
}
