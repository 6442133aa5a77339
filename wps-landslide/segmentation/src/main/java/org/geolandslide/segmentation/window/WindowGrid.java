package org.geolandslide.segmentation.window;

import java.util.ArrayList;
import java.util.List;
import org.geolandslide.model.Windowing;

/**
 * Windows of one size over a raster. Neighbours share {@code overlap} pixels; the outer windows reach at least half the
 * overlap over the raster's edge, so that pixels at the edge are not at the edge of their window.
 *
 * @param width columns of the raster
 * @param height rows of the raster
 * @param size side of a window in pixels
 * @param overlap pixels that neighbouring windows share, at most half the size
 */
public record WindowGrid(int width, int height, int size, int overlap) {

    public WindowGrid {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a raster of " + width + " x " + height + " pixels has no windows");
        }
        if (size < 1 || overlap < 0 || overlap > size / 2) {
            throw new IllegalArgumentException(
                    "windows of " + size + " pixels cannot overlap by " + overlap + "; at most half is possible");
        }
    }

    /** The windows that a model asks for. */
    public static WindowGrid over(int width, int height, Windowing windowing) {
        return new WindowGrid(width, height, windowing.size(), windowing.overlap());
    }

    /**
     * One window.
     *
     * @param column index of the window from the left, from 0
     * @param row index of the window from the top, from 0
     * @param x leftmost pixel, below 0 where the window reaches over the edge
     * @param y topmost pixel, likewise
     */
    public record Window(int column, int row, int x, int y) {}

    /** Number of windows side by side. */
    public int columns() {
        return count(width);
    }

    /** Number of windows on top of each other. */
    public int rows() {
        return count(height);
    }

    /** Number of all windows. */
    public long windows() {
        return (long) columns() * rows();
    }

    private int stride() {
        return size - overlap;
    }

    private int margin() {
        return overlap / 2;
    }

    private int count(int pixels) {
        long uncovered = Math.max(0, (long) pixels + 2L * margin() - size);
        return (int) (1 + (uncovered + stride() - 1) / stride());
    }

    public Window window(int column, int row) {
        if (column < 0 || row < 0 || column >= columns() || row >= rows()) {
            throw new IndexOutOfBoundsException("window " + column + ", " + row + " of " + columns() + " x " + rows());
        }
        return new Window(column, row, column * stride() - margin(), row * stride() - margin());
    }

    /** Windows that share a pixel with a rectangle of the raster, row by row. */
    public List<Window> covering(int x, int y, int rectangleWidth, int rectangleHeight) {
        List<Window> windows = new ArrayList<>();
        for (int row = first(y, rows()); row <= last(y + rectangleHeight - 1, rows()); row++) {
            for (int column = first(x, columns()); column <= last(x + rectangleWidth - 1, columns()); column++) {
                windows.add(window(column, row));
            }
        }
        return windows;
    }

    /** First window that ends behind a pixel. */
    private int first(int pixel, int count) {
        return Math.max(0, Math.min(count - 1, Math.floorDiv(pixel + margin() - size, stride()) + 1));
    }

    /** Last window that begins at or before a pixel. */
    private int last(int pixel, int count) {
        return Math.max(0, Math.min(count - 1, Math.floorDiv(pixel + margin(), stride())));
    }
}
