package org.geolandslide.training.data;

/**
 * A window of a sample.
 *
 * @param sample where it is cut from
 * @param x first column; may lie outside of the sample where that is smaller than the window
 * @param y first row, likewise
 */
public record Window(Sample sample, int x, int y) {}
