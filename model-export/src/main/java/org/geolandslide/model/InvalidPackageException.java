package org.geolandslide.model;

import java.io.IOException;

/** A model package that is incomplete, damaged, unsafe or not what it says it is; the message says what was found and what was expected. */
public final class InvalidPackageException extends IOException {
    private static final long serialVersionUID = 1L;

    public InvalidPackageException(String message) {
        super(message);
    }

    public InvalidPackageException(String message, Throwable cause) {
        super(message, cause);
    }
}
