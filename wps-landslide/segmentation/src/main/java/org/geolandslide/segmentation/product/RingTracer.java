package org.geolandslide.segmentation.product;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Traces the outline of a component along the edges of its pixels.
 *
 * <p>Where two pixels of the component meet in a corner only, the outline passes from one to the other, so that the corner
 * ends a hole instead of pinching the shell. The pixels hang together over edges elsewhere, so no ring meets itself, and the
 * polygon is valid.
 */
final class RingTracer {
    private static final int[] STEP_X = {1, 0, -1, 0};
    private static final int[] STEP_Y = {0, 1, 0, -1};
    private static final int EAST = 0;

    private final List<Run> runs;
    private final int top;
    /** Per row from the top the index of its first run, and one more at the end. */
    private final int[] firstOfRow;
    /** Starts of the upper edges that have been passed; every ring has one. */
    private final Set<Corner> passed = new HashSet<>();

    private record Corner(int x, int y) {}

    private RingTracer(List<Run> runs) {
        this.runs = runs;
        top = runs.get(0).row();
        int rows = runs.get(runs.size() - 1).row() - top + 1;
        firstOfRow = new int[rows + 1];
        int row = 0;
        for (int i = 0; i < runs.size(); i++) {
            while (row <= runs.get(i).row() - top) {
                firstOfRow[row++] = i;
            }
        }
        firstOfRow[rows] = runs.size();
    }

    /**
     * Outline in pixel corners: shell and holes. Memory follows the runs and the outline, not the rectangle around them.
     *
     * @param runs the component's pixels, from top to bottom and left to right; runs of one row do not touch
     */
    static Polygon trace(List<Run> runs, GeometryFactory factory) {
        return new RingTracer(runs).trace(factory);
    }

    private Polygon trace(GeometryFactory factory) {
        List<LinearRing> holes = new ArrayList<>();
        LinearRing shell = null;
        for (Run run : runs) {
            for (int x = run.start(); x < run.end(); x++) {
                int above = runAt(x, run.row() - 1);
                if (above >= 0) {
                    x = runs.get(above).end() - 1;
                    continue;
                }
                if (!passed.contains(new Corner(x, run.row()))) {
                    LinearRing ring = factory.createLinearRing(ring(x, run.row()));
                    // The first ring from the top is the outer one.
                    if (shell == null) {
                        shell = ring;
                    } else {
                        holes.add(ring);
                    }
                }
                x = endOfEdge(x, run) - 1;
            }
        }
        return factory.createPolygon(shell, holes.toArray(LinearRing[]::new));
    }

    /** Column behind the upper edge that begins at a pixel of a run: where the run ends or another lies above. */
    private int endOfEdge(int x, Run run) {
        int next = firstEndingAfter(x, run.row() - 1);
        boolean above = next < endOfRow(run.row() - 1);
        return above ? Math.min(run.end(), runs.get(next).start()) : run.end();
    }

    /** Follows the boundary from the start of an upper edge, the component on the right. */
    private Coordinate[] ring(int startX, int startY) {
        List<Coordinate> corners = new ArrayList<>();
        int x = startX;
        int y = startY;
        int direction = EAST;
        passed.add(new Corner(x, y));
        do {
            x += STEP_X[direction];
            y += STEP_Y[direction];
            int turned = turn(x, y, direction);
            if (turned != direction) {
                corners.add(new Coordinate(x, y));
                if (turned == EAST) {
                    passed.add(new Corner(x, y));
                }
            }
            direction = turned;
        } while (x != startX || y != startY || direction != EAST);
        corners.add(corners.get(0).copy());
        return corners.toArray(Coordinate[]::new);
    }

    /** Direction in which the boundary goes on from a corner. */
    private int turn(int x, int y, int direction) {
        if (ahead(x, y, direction, true)) {
            return (direction + 3) % 4;
        }
        return ahead(x, y, direction, false) ? direction : (direction + 1) % 4;
    }

    /** Whether the pixel ahead of a corner, to the left or to the right, belongs to the component. */
    private boolean ahead(int x, int y, int direction, boolean leftSide) {
        return switch (direction) {
            case EAST -> contains(x, leftSide ? y - 1 : y);
            case 1 -> contains(leftSide ? x : x - 1, y);
            case 2 -> contains(x - 1, leftSide ? y : y - 1);
            default -> contains(leftSide ? x - 1 : x, y - 1);
        };
    }

    private boolean contains(int x, int y) {
        return runAt(x, y) >= 0;
    }

    /** Index of the run that holds a pixel, -1 if none does. */
    private int runAt(int x, int y) {
        int candidate = firstEndingAfter(x, y);
        return candidate < endOfRow(y) && runs.get(candidate).start() <= x ? candidate : -1;
    }

    /** Index of the first run of a row that ends behind a column. */
    private int firstEndingAfter(int x, int y) {
        if (y < top || y >= top + firstOfRow.length - 1) {
            return endOfRow(y);
        }
        int low = firstOfRow[y - top];
        int high = endOfRow(y);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runs.get(middle).end() <= x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int endOfRow(int y) {
        return y < top || y >= top + firstOfRow.length - 1 ? 0 : firstOfRow[y - top + 1];
    }
}
