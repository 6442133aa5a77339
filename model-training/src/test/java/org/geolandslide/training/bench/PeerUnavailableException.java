package org.geolandslide.training.bench;

import java.io.IOException;

/** The peer's native library does not run on this machine. */
final class PeerUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    PeerUnavailableException(String reason) {
        super("the peer, DJL with PyTorch, cannot be loaded here: " + reason);
    }
}
