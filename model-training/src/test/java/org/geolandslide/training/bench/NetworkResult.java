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
 * @param withPeer this project's turns and the peer's
 * @param withStream this project's turns with batches that were ready, and with batches made beside the steps
 * @param otherWork share of the machine that other processes took during the turns with the peer, 0 to 1
 * @param peakMegabytes the most memory of this project's process while it trained on batches that were ready
 * @param peerPeakMegabytes the most memory of the peer's process
 */
record NetworkResult(
        BenchNetwork network,
        long parameters,
        String ours,
        String peer,
        Duel withPeer,
        Duel withStream,
        double otherWork,
        double peakMegabytes,
        double peerPeakMegabytes) {
    /** Share of the machine beyond which others disturb the measurement. */
    private static final double MUCH_OTHER_WORK = 0.1;

    /** By how many percent a training is slower than one whose batches cost nothing; below 0 where noise is larger. */
    double inputPipelineCost() {
        return (withStream.ratio() - 1) * 100;
    }

    /** By how many percent more processor time it takes. */
    double inputPipelineProcessorCost() {
        return (withStream.processorRatio() - 1) * 100;
    }

    ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", network.title())
                .put("parameters", parameters)
                .put("imagesPerSecond", withPeer.firstSpeed())
                .put("peerImagesPerSecond", withPeer.secondSpeed())
                .put("ratio", withPeer.ratio())
                .put("leastRatio", withPeer.leastRatio())
                .put("mostRatio", withPeer.mostRatio())
                .put("processorRatio", withPeer.processorRatio())
                .put("otherWork", otherWork)
                .put("peakMegabytes", peakMegabytes)
                .put("peerPeakMegabytes", peerPeakMegabytes)
                .put("inputPipelineCost", inputPipelineCost())
                .put("inputPipelineProcessorCost", inputPipelineProcessorCost());
    }

    /** As lines for the console. */
    String toText() {
        String text = String.format(
                Locale.ROOT,
                "%s, %,d parameters%n"
                        + "  %-32s %7.1f images/s  %6.0f MB at most%n"
                        + "  %-32s %7.1f images/s  %6.0f MB at most%n"
                        + "  ratio %.2f (rounds from %.2f to %.2f), by processor time %.2f%n"
                        + "  making batches beside the steps costs %.1f %%, of processor time %.1f %%%n",
                network.title(),
                parameters,
                ours,
                withPeer.firstSpeed(),
                peakMegabytes,
                peer,
                withPeer.secondSpeed(),
                peerPeakMegabytes,
                withPeer.ratio(),
                withPeer.leastRatio(),
                withPeer.mostRatio(),
                withPeer.processorRatio(),
                inputPipelineCost(),
                inputPipelineProcessorCost());
        if (otherWork < MUCH_OTHER_WORK) {
            return text;
        }
        return text
                + String.format(
                        Locale.ROOT,
                        "  NOTE: other work took %.0f %% of the machine meanwhile; measure again when it is quiet%n",
                        otherWork * 100);
    }
}
