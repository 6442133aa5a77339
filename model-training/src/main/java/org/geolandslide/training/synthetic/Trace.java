package org.geolandslide.training.synthetic;

/** A smooth line on the pixel grid with a value that changes along it: a river and its width, a road and its height. */
final class Trace {

    /** Receives pixels near a line. */
    interface Visitor {

        /**
         * Called for every pixel near a piece of the line, so several times for one pixel: the smallest distance
         * counts.
         *
         * @param pixel row * width + column
         * @param across distance from the line in pixels, positive to the right of its direction
         * @param along distance from the start of the line in pixels
         * @param value the value of the line there
         */
        void visit(int pixel, double across, double along, double value);
    }

    private static final double STEP = 2;

    private final double[] x;
    private final double[] y;
    private final double[] value;
    private final double[] along;

    private Trace(double[] x, double[] y, double[] value) {
        this.x = x;
        this.y = y;
        this.value = value;
        this.along = lengths(x, y);
    }

    /** A line through the first {@code count} points, rounded by so many passes of a running mean. */
    static Trace through(double[] x, double[] y, double[] value, int count, int passes) {
        double[] px = smoothed(x, count, passes);
        double[] py = smoothed(y, count, passes);
        double[] pv = smoothed(value, count, passes);
        double[] at = lengths(px, py);
        int pieces = Math.max(1, (int) Math.ceil(at[count - 1] / STEP));
        double[][] even = new double[3][pieces + 1];
        int k = 0;
        for (int i = 0; i <= pieces; i++) {
            double target = at[count - 1] * i / pieces;
            while (k < count - 2 && at[k + 1] < target) {
                k++;
            }
            double span = count > 1 ? at[k + 1] - at[k] : 0;
            double t = span > 0 ? (target - at[k]) / span : 0;
            int next = Math.min(k + 1, count - 1);
            even[0][i] = px[k] + t * (px[next] - px[k]);
            even[1][i] = py[k] + t * (py[next] - py[k]);
            even[2][i] = pv[k] + t * (pv[next] - pv[k]);
        }
        return new Trace(even[0], even[1], even[2]);
    }

    double length() {
        return along[along.length - 1];
    }

    int size() {
        return x.length;
    }

    double x(int index) {
        return x[index];
    }

    double y(int index) {
        return y[index];
    }

    /** Shows every pixel of a grid that is within reach of the line. */
    void sweep(int width, int height, double reach, Visitor visitor) {
        for (int i = 0; i + 1 < x.length; i++) {
            int west = Math.max(0, (int) Math.ceil(Math.min(x[i], x[i + 1]) - reach));
            int east = Math.min(width - 1, (int) Math.floor(Math.max(x[i], x[i + 1]) + reach));
            int north = Math.max(0, (int) Math.ceil(Math.min(y[i], y[i + 1]) - reach));
            int south = Math.min(height - 1, (int) Math.floor(Math.max(y[i], y[i + 1]) + reach));
            double dx = x[i + 1] - x[i];
            double dy = y[i + 1] - y[i];
            double square = Math.max(1e-9, dx * dx + dy * dy);
            for (int row = north; row <= south; row++) {
                for (int column = west; column <= east; column++) {
                    double px = column - x[i];
                    double py = row - y[i];
                    double t = Math.max(0, Math.min(1, (px * dx + py * dy) / square));
                    double distance = Math.hypot(px - t * dx, py - t * dy);
                    if (distance <= reach) {
                        double side = dx * py - dy * px < 0 ? -distance : distance;
                        double s = along[i] + t * (along[i + 1] - along[i]);
                        visitor.visit(row * width + column, side, s, value[i] + t * (value[i + 1] - value[i]));
                    }
                }
            }
        }
    }

    private static double[] smoothed(double[] points, int count, int passes) {
        double[] from = new double[count];
        System.arraycopy(points, 0, from, 0, count);
        for (int pass = 0; pass < passes; pass++) {
            double[] to = from.clone();
            for (int i = 1; i < count - 1; i++) {
                to[i] = 0.25 * from[i - 1] + 0.5 * from[i] + 0.25 * from[i + 1];
            }
            from = to;
        }
        return from;
    }

    private static double[] lengths(double[] x, double[] y) {
        double[] along = new double[x.length];
        for (int i = 1; i < x.length; i++) {
            along[i] = along[i - 1] + Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
        }
        return along;
    }
}
