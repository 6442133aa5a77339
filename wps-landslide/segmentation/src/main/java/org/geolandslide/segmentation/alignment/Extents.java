package org.geolandslide.segmentation.alignment;

import java.util.Locale;
import org.locationtech.jts.geom.Envelope;

/** Extents in messages. */
final class Extents {
    private Extents() {}

    /** Both ranges of coordinates. */
    static String describe(Envelope envelope) {
        return "[" + coordinate(envelope.getMinX()) + " to " + coordinate(envelope.getMaxX()) + ", "
                + coordinate(envelope.getMinY()) + " to " + coordinate(envelope.getMaxY()) + "]";
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.4f" : "%.0f", value);
    }
}
