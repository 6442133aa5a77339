package org.geolandslide.training.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What the bench found for one network.
 *
 * @param parameters numbers that training changes, the same on both sides
 * @param ours what trained on this project's side
 * @param peer what trained on the other side
 * @param speeds this project's images per second and the peer's
 * @param feeds this project's images per second with batches that were ready, and with batches made beside the steps
 * @param peakMegabytes the most memory of this project's process while it trained on batches that were ready
 * @param peerPeakMegabytes the most memory of the peer's process
 */
record NetworkResult(
        BenchNetwork network,
        long parameters,
        String ours,
        String peer,
        Pairs speeds,
        Pairs feeds,
        double peakMegabytes,
        double peerPeakMegabytes) {

    /** By how many percent a training is slower than one whose batches cost nothing; below 0 where noise is larger. */
    double inputPipelineCost() {
        return (feeds.ratio() - 1) * 100;
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", network.title())
                .put("parameters", parameters)
                .put("imagesPerSecond", speeds.firstMedian())
                .put("peerImagesPerSecond", speeds.secondMedian())
                .put("ratio", speeds.ratio())
                .put("leastRatio", speeds.leastRatio())
                .put("mostRatio", speeds.mostRatio())
                .put("peakMegabytes", peakMegabytes)
                .put("peerPeakMegabytes", peerPeakMegabytes)
                .put("inputPipelineCost", inputPipelineCost());
    }

    /** As lines for the console. */
    String toText() {
        return String.format(
                Locale.ROOT,
                "%s, %,d parameters%n"
                        + "  %-32s %7.1f images/s  %6.0f MB at most%n"
                        + "  %-32s %7.1f images/s  %6.0f MB at most%n"
                        + "  ratio %.2f (rounds from %.2f to %.2f)%n"
                        + "  making batches beside the steps costs %.1f %%%n",
                network.title(),
                parameters,
                ours,
                speeds.firstMedian(),
                peakMegabytes,
                peer,
                speeds.secondMedian(),
                peerPeakMegabytes,
                speeds.ratio(),
                speeds.leastRatio(),
                speeds.mostRatio(),
                inputPipelineCost());
    }
}
