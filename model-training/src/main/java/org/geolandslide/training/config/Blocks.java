package org.geolandslide.training.config;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.geolandslide.training.data.Sample;

/**
 * Some of the parts into which a scene is divided by space. The scene is cut into square blocks, from its upper left pixel; a block's
 * part follows from its column, its row, the number of parts and the seed alone. Only pixels of the parts that are taken keep their
 * labels, so that no labelled pixel serves two parts.
 *
 * <p>What a window shows of blocks that are not taken stays there as image content: a training sees the imagery beside its blocks, but
 * never whether there are landslides in it. Blocks much larger than the receptive field keep that part small; those smaller than a
 * window leave many windows with too few labels.
 *
 * @param size side of a block in pixels, at least 1
 * @param count number of parts, at least 2
 * @param take numbers of the parts that are taken, from 0
 * @param seed seed of the division
 */
public record Blocks(int size, int count, List<Integer> take, long seed) {
    private static final Pattern TEXT = Pattern.compile(
            "blocks of (\\d{1,9}) pixels, parts (\\d{1,9}(?:, \\d{1,9})*) of (\\d{1,9}), seed (-?\\d{1,19})");

    public Blocks {
        if (size < 1) {
            throw new IllegalArgumentException("size is " + size + ", expected 1 pixel or more");
        }
        take = Parts.of(count, take);
    }

    /**
     * Blocks from their text.
     *
     * @throws IllegalArgumentException if it is not what {@link #toString()} writes
     */
    public static Blocks parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "blocks are '" + text + "', expected text like 'blocks of 256 pixels, parts 0, 1 of 5, seed 1'");
        }
        return new Blocks(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(3)),
                Stream.of(matcher.group(2).split(", ")).map(Integer::valueOf).toList(),
                Long.parseLong(matcher.group(4)));
    }

    /** Whether the block that holds a pixel is taken. */
    public boolean holds(int x, int y) {
        long place = ((long) (y / size) << 32) + x / size;
        // The seed is mixed first: otherwise a block of one seed would be its neighbour of the next.
        return take.contains(new SplittableRandom(new SplittableRandom(seed).nextLong() + place).nextInt(count));
    }

    /** Whether a pixel can be in both. */
    public boolean overlaps(Blocks other) {
        return size != other.size
                || count != other.count
                || seed != other.seed
                || take.stream().anyMatch(other.take::contains);
    }

    /**
     * Takes off the labels of blocks that are not taken.
     *
     * @param labels per pixel, row-major
     */
    public void keepOnly(byte[] labels, int width, int height) {
        unlabel(labels, width, height, false);
    }

    /**
     * Takes off the labels of blocks that are taken.
     *
     * @param labels per pixel, row-major
     */
    public void removeFrom(byte[] labels, int width, int height) {
        unlabel(labels, width, height, true);
    }

    private void unlabel(byte[] labels, int width, int height, boolean taken) {
        for (int top = 0; top < height; top += size) {
            for (int left = 0; left < width; left += size) {
                if (holds(left, top) == taken) {
                    for (int y = top; y < Math.min(height, top + size); y++) {
                        Arrays.fill(
                                labels, y * width + left, y * width + Math.min(width, left + size), Sample.UNLABELLED);
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return "blocks of " + size + " pixels, parts "
                + String.join(", ", take.stream().map(String::valueOf).toList()) + " of " + count + ", seed " + seed;
    }
}
