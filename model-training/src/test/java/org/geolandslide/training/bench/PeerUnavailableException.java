package org.geolandslide.training.bench;

import java.io.IOException;

/** The peer's native library does not run on this machine. */
final class PeerUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    /** How the message begins. */
    static final String WHAT = "the peer, DJL with PyTorch, cannot be loaded here";

    PeerUnavailableException(String reason) {
        super(WHAT + ": " + reason);
    }
}
