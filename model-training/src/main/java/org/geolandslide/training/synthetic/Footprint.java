package org.geolandslide.training.synthetic;

import java.util.Arrays;

/** The pixels of one landslide: all within its ragged edge, each with its place in the landslide. */
final class Footprint {

    /** Receives the pixels of a footprint. */
    interface Visitor {

        /**
         * Called once for every pixel.
         *
         * @param pixel row * width + column
         * @param inward distance from the edge as a share of half the width, 0 at the edge to 1 on the axis
         * @param along distance from the crown in pixels
         * @param across distance from the axis in pixels
         */
        void visit(int pixel, double inward, double along, double across);
    }

    private final Landslide slide;
    private final Field ground;
    private final FractalNoise ragged;
    private final int west;
    private final int north;
    private final int columns;
    private final float[] nearest;
    private final float[] distance;
    private final float[] level;

    /**
     * Measures every pixel near a landslide.
     *
     * @param ground heights in pixels, without fine detail
     * @param ragged what the edges come from
     */
    Footprint(Landslide slide, Field ground, FractalNoise ragged) {
        this.slide = slide;
        this.ground = ground;
        this.ragged = ragged;
        double reach = slide.halfWidth() * Math.max(1, slide.toe()) * 1.5 + 4;
        Trace path = slide.path();
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < path.size(); i++) {
            left = Math.min(left, path.x(i));
            right = Math.max(right, path.x(i));
            top = Math.min(top, path.y(i));
            bottom = Math.max(bottom, path.y(i));
        }
        west = (int) Math.max(0, left - reach);
        north = (int) Math.max(0, top - reach);
        columns = (int) Math.min(ground.width(), right + reach + 2) - west;
        int rows = (int) Math.min(ground.height(), bottom + reach + 2) - north;
        nearest = new float[columns * rows];
        distance = new float[columns * rows];
        level = new float[columns * rows];
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
        path.sweep(ground.width(), ground.height(), reach, (pixel, across, along, height) -> {
            int i = (pixel / ground.width() - north) * columns + pixel % ground.width() - west;
            if (Math.abs(across) < Math.abs(nearest[i])) {
                nearest[i] = (float) across;
                distance[i] = (float) along;
                level[i] = (float) height;
            }
        });
    }

    /** Shows the pixels of the landslide. */
    void each(Visitor visitor) {
        for (int i = 0; i < nearest.length; i++) {
            int row = i / columns;
            int pixel = (north + row) * ground.width() + west + i % columns;
            double inward = inward(i, pixel);
            if (inward > 0) {
                visitor.visit(pixel, inward, distance[i], nearest[i]);
            }
        }
    }

    private double inward(int i, int pixel) {
        double half = nearest[i] == Float.POSITIVE_INFINITY ? 0 : slide.halfWidth(distance[i]);
        if (half < 0.3) {
            return -1;
        }
        double x = pixel % ground.width();
        double y = (pixel - x) / ground.width();
        double side = 40 * Math.signum(nearest[i]) + 0.37 + slide.stream();
        double lobes = 0.34 * ragged.at(distance[i] / 24.0, side) + 0.2 * ragged.at(distance[i] / 9.0, side);
        double teeth = Math.min(3.5, 0.5 * half) * ragged.fractal(x / 8, y / 8, 3, 0.65) * Math.min(1, half);
        double sway = 0.4 * half * ragged.at(distance[i] / 20.0, slide.stream() + 0.71);
        // Debris does not climb the other bank of a channel.
        double climb = ground.values()[pixel] - level[i];
        double bank = Vegetation.smoothstep(0.28, 0.6, climb / (Math.abs(nearest[i]) + 2));
        double edge = (half * (1 + lobes) + teeth) * (1 - 0.8 * bank);
        return (edge - Math.abs(nearest[i] + sway)) / Math.max(1, edge);
    }
}
