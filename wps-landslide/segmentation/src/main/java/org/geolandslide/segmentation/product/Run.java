package org.geolandslide.segmentation.product;

/**
 * Landslide pixels that lie side by side in one row.
 *
 * @param row row of the raster
 * @param start first column
 * @param end column behind the last
 * @param sum sum of the probabilities
 * @param maximum largest probability
 */
record Run(int row, int start, int end, double sum, float maximum) {

    int length() {
        return end - start;
    }

    /** Whether a run of the next or previous row shares an edge of a pixel with this one. */
    boolean touches(Run other) {
        return start < other.end && other.start < end;
    }

    /** The run that continues this one in the next tile of the same row. */
    Run joined(Run next) {
        return new Run(row, start, next.end, sum + next.sum, Math.max(maximum, next.maximum));
    }
}
