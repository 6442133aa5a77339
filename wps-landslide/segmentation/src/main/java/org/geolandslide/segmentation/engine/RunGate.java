package org.geolandslide.segmentation.engine;

import java.util.concurrent.Semaphore;
import org.geolandslide.segmentation.SegmentationException;

/**
 * Lets a limited number of segmentations run one model at once. They take turns batch by batch, in the order in which they came; only so
 * many may wait, and one more is refused before it has begun. One that has begun is never refused.
 */
final class RunGate {
    private final Semaphore permits;
    private final int runs;
    private final int queue;
    private int present;

    /**
     * A gate.
     *
     * @param runs segmentations at once
     * @param lanes batches that each of them runs at once
     * @param queue segmentations that may wait
     */
    RunGate(int runs, int lanes, int queue) {
        this.permits = new Semaphore(Math.multiplyExact(runs, lanes), true);
        this.runs = runs;
        this.queue = queue;
    }

    /** What is done with the model. */
    @FunctionalInterface
    interface Action {
        void run();
    }

    /**
     * Fails where a new segmentation would be refused.
     *
     * @throws SegmentationException if as many run and wait as may
     */
    synchronized void requireRoom() {
        if (present >= (long) runs + queue) {
            throw new SegmentationException(
                    "the model is busy: " + runs + " segmentation(s) run and " + (present - runs)
                            + " wait, which is the limit (landslide.runs=" + runs + ", landslide.queue=" + queue
                            + "); try again later");
        }
    }

    /**
     * Comes in.
     *
     * @param known whether it has been in before: it is let in whatever the queue is, for half a result is none
     */
    synchronized void enter(boolean known) {
        if (!known) {
            requireRoom();
        }
        present++;
    }

    synchronized void leave() {
        present--;
    }

    /** Whether anybody is in. */
    synchronized boolean isBusy() {
        return present > 0;
    }

    /** Does something when it is its turn. */
    void pass(Action action) throws InterruptedException {
        permits.acquire();
        try {
            action.run();
        } finally {
            permits.release();
        }
    }
}
