package org.geolandslide.training.split;

/** What a model may be measured on. */
public enum Admission {
    /** Everything, samples that it was trained on as well. */
    ALL,
    /** What it was not trained on; among it may be what chose its epoch and threshold. */
    NOT_TRAINED_ON,
    /** Only what took no part in its making. */
    UNSEEN;

    boolean refuses(Use use) {
        return switch (use) {
            case TRAINING -> this != ALL;
            case VALIDATION -> this == UNSEEN;
        };
    }
}
