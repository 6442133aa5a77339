package org.geolandslide.training.bench;

/** One side of the bench: a network in training. */
interface Contestant extends AutoCloseable {
    /** Numbers that training changes. */
    long trainableParameters();

    /** What trains, with versions. */
    String title();

    /**
     * Trains.
     *
     * @param feed where the batches come from
     * @return the last loss
     */
    double train(Feed feed, int steps) throws Exception;

    @Override
    void close();

    /** Where batches come from. */
    enum Feed {
        /** Made in advance. */
        READY,
        /** Cut, augmented and collated beside the steps, as a training does; on this project's side only. */
        STREAM
    }
}
