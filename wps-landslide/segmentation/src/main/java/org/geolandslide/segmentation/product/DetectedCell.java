package org.geolandslide.segmentation.product;

import java.awt.Rectangle;

/**
 * What the model says about one cell of a raster.
 *
 * @param column column of cells, from 0 at the left
 * @param row row of cells, from 0 at the top
 * @param pixels pixels of the raster that the cell holds
 * @param probability probability that the cell holds any landslide, 0 to 1
 * @param landslide whether that is at or above the threshold
 * @param validShare share of the cell's pixels that have data, above 0 and up to 1
 */
public record DetectedCell(
        int column, int row, Rectangle pixels, double probability, boolean landslide, double validShare) {

    public DetectedCell {
        pixels = new Rectangle(pixels);
    }

    @Override
    public Rectangle pixels() {
        return new Rectangle(pixels);
    }
}
