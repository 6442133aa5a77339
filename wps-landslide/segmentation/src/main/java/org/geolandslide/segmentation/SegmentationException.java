package org.geolandslide.segmentation;

/** A segmentation that cannot be done; the message names the input, what was found and what was expected. */
public final class SegmentationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SegmentationException(String message) {
        super(message);
    }

    public SegmentationException(String message, Throwable cause) {
        super(message, cause);
    }
}
