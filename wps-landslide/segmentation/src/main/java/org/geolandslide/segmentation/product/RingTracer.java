package org.geolandslide.segmentation.product;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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

    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final BitSet pixels = new BitSet();
    /** Pixels whose upper edge has been passed; every ring has one. */
    private final BitSet passed = new BitSet();

    private RingTracer(List<Run> runs) {
        left = runs.stream().mapToInt(Run::start).min().orElseThrow();
        top = runs.stream().mapToInt(Run::row).min().orElseThrow();
        width = runs.stream().mapToInt(Run::end).max().orElseThrow() - left;
        height = runs.stream().mapToInt(Run::row).max().orElseThrow() - top + 1;
        Math.multiplyExact(width, height);
        for (Run run : runs) {
            pixels.set(index(run.start() - left, run.row() - top), index(run.end() - left, run.row() - top));
        }
    }

    /** Outline in pixel corners: shell and holes. */
    static Polygon trace(List<Run> runs, GeometryFactory factory) {
        return new RingTracer(runs).trace(factory);
    }

    private Polygon trace(GeometryFactory factory) {
        List<LinearRing> holes = new ArrayList<>();
        LinearRing shell = null;
        for (int pixel = pixels.nextSetBit(0); pixel >= 0; pixel = pixels.nextSetBit(pixel + 1)) {
            int x = pixel % width;
            int y = pixel / width;
            if (!contains(x, y - 1) && !passed.get(pixel)) {
                LinearRing ring = factory.createLinearRing(ring(x, y));
                // The first ring from the top is the outer one.
                if (shell == null) {
                    shell = ring;
                } else {
                    holes.add(ring);
                }
            }
        }
        return factory.createPolygon(shell, holes.toArray(LinearRing[]::new));
    }

    /** Follows the boundary from the upper left corner of a pixel, the component on the right. */
    private Coordinate[] ring(int startX, int startY) {
        List<Coordinate> corners = new ArrayList<>();
        int x = startX;
        int y = startY;
        int direction = EAST;
        do {
            if (direction == EAST) {
                passed.set(index(x, y));
            }
            x += STEP_X[direction];
            y += STEP_Y[direction];
            int turned = turn(x, y, direction);
            if (turned != direction) {
                corners.add(new Coordinate((double) x + left, (double) y + top));
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
        return x >= 0 && y >= 0 && x < width && y < height && pixels.get(index(x, y));
    }

    private int index(int x, int y) {
        return y * width + x;
    }
}
