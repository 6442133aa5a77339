package org.geolandslide.segmentation.engine;

import java.awt.Point;
import java.awt.Rectangle;
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
    private Rectangle expected = new Rectangle();
    private long last = -2;
    private int inOrder;

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

    /** These tiles are going to be read row by row, and perhaps no others. */
    void announce(Rectangle range) {
        expected = new Rectangle(range);
    }

    /** Tiles that will probably follow one that is asked for now. */
    List<Point> after(int tileX, int tileY) {
        long index = (long) tileY * columns + tileX;
        inOrder = index == last + 1 ? inOrder + 1 : 0;
        last = index;
        Rectangle whole = new Rectangle(0, 0, columns, rows);
        if (!announced && expected.contains(tileX, tileY)) {
            return following(tileX, tileY, expected);
        }
        return announced || inOrder > 0 ? following(tileX, tileY, whole) : List.of();
    }

    private List<Point> following(int tileX, int tileY, Rectangle range) {
        List<Point> following = new ArrayList<>();
        int x = tileX;
        int y = tileY;
        while (following.size() < tiles) {
            x++;
            if (x == range.x + range.width) {
                x = range.x;
                y++;
            }
            if (y == range.y + range.height) {
                break;
            }
            following.add(new Point(x, y));
        }
        return following;
    }
}
