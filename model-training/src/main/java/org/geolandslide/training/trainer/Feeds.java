package org.geolandslide.training.trainer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.geolandslide.training.data.Batch;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.runtime.TrainingSession;

/** Batches as the graphs take them. */
final class Feeds {
    private Feeds() {}

    /** What a batch feeds to the graphs. */
    static Map<String, TrainingSession.Feed> of(Batch batch) {
        long n = batch.count();
        long side = batch.side();
        long[] one = {n, 1, side, side};
        Map<String, TrainingSession.Feed> feeds = new LinkedHashMap<>();
        feeds.put(
                SegmentationGraphs.OPTICAL,
                new TrainingSession.Feed(batch.optical(), new long[] {n, batch.bands(), side, side}));
        if (batch.hasElevation()) {
            feeds.put(SegmentationGraphs.DEM, new TrainingSession.Feed(batch.elevation(), one));
        }
        feeds.put(SegmentationGraphs.TARGET, new TrainingSession.Feed(batch.target(), one));
        feeds.put(SegmentationGraphs.WEIGHT, new TrainingSession.Feed(batch.weight(), one));
        return feeds;
    }
}
