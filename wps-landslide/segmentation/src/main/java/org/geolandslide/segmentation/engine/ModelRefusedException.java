package org.geolandslide.segmentation.engine;

/** A model that is not added or removed; the message says why. */
public final class ModelRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, for programs. */
    public enum Reason {
        /** The package is damaged, unsafe or does not compute what it should. */
        INVALID,
        /** The package is larger than allowed. */
        TOO_LARGE,
        /** There is a model or a file of that name. */
        CONFLICT,
        /** There is no such model. */
        UNKNOWN,
        /** The model is at work. */
        BUSY
    }

    private final Reason reason;

    ModelRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ModelRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why, for programs. */
    public Reason reason() {
        return reason;
    }
}
