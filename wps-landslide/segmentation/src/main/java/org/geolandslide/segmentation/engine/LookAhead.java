package org.geolandslide.segmentation.engine;

import java.awt.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * Guesses which tiles will be asked for next: those that follow row by row, once the caller goes through the image so or has said that
 * it will. Who asks for a single tile pays for that tile only. Not for use by several threads.
 */
final class LookAhead {
    private final int columns;
    private final int rows;
    private final int tiles;
    private boolean announced;
    private long last = -2;

    /**
     * A guess.
     *
     * @param columns tiles side by side
     * @param rows tiles on top of each other
     * @param tiles how many to guess
     */
    LookAhead(int columns, int rows, int tiles) {
        this.columns = columns;
        this.rows = rows;
        this.tiles = tiles;
    }

    /** The whole image is going to be read row by row. */
    void announce() {
        announced = true;
    }

    /** Tiles that will probably follow one that is asked for now. */
    List<Point> after(int tileX, int tileY) {
        long index = (long) tileY * columns + tileX;
        boolean sequential = announced || index == last + 1;
        last = index;
        List<Point> following = new ArrayList<>();
        for (long next = index + 1; sequential && next <= index + tiles && next < (long) columns * rows; next++) {
            following.add(new Point((int) (next % columns), (int) (next / columns)));
        }
        return following;
    }
}
