package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * Cells over a raster, without gaps and without overlap, and the windows by which each of them is judged. The last column and row
 * end where the raster ends.
 *
 * @param width columns of the raster
 * @param height rows of the raster
 * @param cellWidth columns of a cell
 * @param cellHeight rows of a cell
 * @param window side of the model's windows in pixels
 */
record DetectionGrid(int width, int height, int cellWidth, int cellHeight, int window) {

    DetectionGrid {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a raster of " + width + " x " + height + " pixels has no cells");
        }
        if (cellWidth < 1 || cellHeight < 1 || window < 1) {
            throw new IllegalArgumentException(
                    "cells of " + cellWidth + " x " + cellHeight + " pixels, windows of " + window);
        }
    }

    /**
     * A look at a cell.
     *
     * @param window what the model sees
     * @param share the pixels of the cell that are counted with this window; those of a cell's looks make up the cell
     */
    record Look(Window window, Rectangle share) {}

    int columns() {
        return count(width, cellWidth);
    }

    int rows() {
        return count(height, cellHeight);
    }

    long cells() {
        return (long) columns() * rows();
    }

    /** Number of the windows of all cells. */
    long windows() {
        return along(width, cellWidth) * along(height, cellHeight);
    }

    /** Pixels of a cell. */
    Rectangle pixels(int column, int row) {
        if (column < 0 || row < 0 || column >= columns() || row >= rows()) {
            throw new IndexOutOfBoundsException("cell " + column + ", " + row + " of " + columns() + " x " + rows());
        }
        int x = column * cellWidth;
        int y = row * cellHeight;
        return new Rectangle(x, y, Math.min(cellWidth, width - x), Math.min(cellHeight, height - y));
    }

    /**
     * The windows of a cell: the one around its centre if the cell is no larger than a window, else as few as cover it, evenly
     * spread and inside of it.
     */
    List<Look> looks(int column, int row) {
        Rectangle cell = pixels(column, row);
        int across = count(cell.width, window);
        int down = count(cell.height, window);
        List<Look> looks = new ArrayList<>(across * down);
        for (int j = 0; j < down; j++) {
            int top = shareStart(j, down, cell.height);
            int bottom = shareStart(j + 1, down, cell.height);
            for (int i = 0; i < across; i++) {
                int left = shareStart(i, across, cell.width);
                int right = shareStart(i + 1, across, cell.width);
                looks.add(new Look(
                        new Window(
                                column,
                                row,
                                cell.x + windowStart(i, across, cell.width),
                                cell.y + windowStart(j, down, cell.height)),
                        new Rectangle(cell.x + left, cell.y + top, right - left, bottom - top)));
            }
        }
        return looks;
    }

    private int windowStart(int index, int windows, int length) {
        return windows == 1
                ? Math.floorDiv(length - window, 2)
                : (int) ((long) index * (length - window) / (windows - 1));
    }

    /** A window's pixels are counted up to where the next one begins. */
    private int shareStart(int index, int windows, int length) {
        if (index == 0) {
            return 0;
        }
        return index == windows ? length : windowStart(index, windows, length);
    }

    private long along(int length, int cell) {
        int whole = length / cell;
        int rest = length % cell;
        return (long) whole * count(cell, window) + (rest == 0 ? 0 : count(rest, window));
    }

    /** How many parts of at most a size a length has. */
    private static int count(int length, int size) {
        return (length - 1) / size + 1;
    }
}
