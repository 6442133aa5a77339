package org.geolandslide.segmentation.window;

/** The eight symmetries of a square: what a picture of the ground from above can be turned and mirrored by. */
public enum Symmetry {
    IDENTITY(false, false, false),
    ROTATION_90(true, false, true),
    ROTATION_180(false, true, true),
    ROTATION_270(true, true, false),
    MIRROR_COLUMNS(false, true, false),
    MIRROR_ROWS(false, false, true),
    TRANSPOSITION(true, false, false),
    ANTI_TRANSPOSITION(true, true, true);

    private final boolean transposed;
    private final boolean columnsReversed;
    private final boolean rowsReversed;

    Symmetry(boolean transposed, boolean columnsReversed, boolean rowsReversed) {
        this.transposed = transposed;
        this.columnsReversed = columnsReversed;
        this.rowsReversed = rowsReversed;
    }

    /**
     * Index of the source pixel of each target pixel.
     *
     * @param side side of the square in pixels
     * @return {@code side * side} indices into the row-major source
     */
    public int[] sources(int side) {
        int[] sources = new int[side * side];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int y = transposed ? column : row;
                int x = transposed ? row : column;
                int sourceRow = rowsReversed ? side - 1 - y : y;
                int sourceColumn = columnsReversed ? side - 1 - x : x;
                sources[row * side + column] = sourceRow * side + sourceColumn;
            }
        }
        return sources;
    }
}
