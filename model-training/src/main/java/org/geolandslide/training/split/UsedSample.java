package org.geolandslide.training.split;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Optional;
import org.geolandslide.training.config.Blocks;
import org.geolandslide.training.config.DataFormat;

/**
 * One line of {@code samples.csv}: a sample that took part in the making of a model.
 *
 * @param use what it served
 * @param source path of its source in the configuration
 * @param format layout of the source
 * @param sample name of the chip or scene; other data may have the same
 * @param blocks which blocks of the scene it was, as {@link Blocks#toString()} writes; empty for all of the sample
 * @param run the earlier run, from whose weights this one started, that used it; empty for a sample of the run itself
 * @param fingerprint {@link org.geolandslide.model.Checksum} of the bytes of its image file
 */
@JsonPropertyOrder({"use", "source", "format", "sample", "blocks", "run", "fingerprint"})
public record UsedSample(
        Use use, String source, DataFormat format, String sample, String blocks, String run, String fingerprint) {

    public UsedSample {
        if (!blocks.isEmpty()) {
            Blocks.parse(blocks);
        }
        if (fingerprint.isEmpty()) {
            throw new IllegalArgumentException("the sample " + sample + " of " + source + " has no fingerprint");
        }
    }

    /** The blocks that were used; empty for all of the sample. */
    public Optional<Blocks> division() {
        return blocks.isEmpty() ? Optional.empty() : Optional.of(Blocks.parse(blocks));
    }

    /** Whether the same pixels, or some of them, are in both. */
    boolean overlaps(UsedSample other) {
        return fingerprint.equals(other.fingerprint)
                && (blocks.isEmpty()
                        || other.blocks.isEmpty()
                        || Blocks.parse(blocks).overlaps(Blocks.parse(other.blocks)));
    }

    /** The sample as one that an earlier run used. */
    UsedSample inRun(String earlier) {
        return run.isEmpty() ? new UsedSample(use, source, format, sample, blocks, earlier, fingerprint) : this;
    }

    /** For people: {@code jiuzhaigou/train: 0017}. */
    @Override
    public String toString() {
        return source + ": " + sample + (blocks.isEmpty() ? "" : " (" + blocks + ")")
                + (run.isEmpty() ? "" : " of the run " + run);
    }
}
