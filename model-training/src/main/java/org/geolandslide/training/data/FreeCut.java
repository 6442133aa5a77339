package org.geolandslide.training.data;

import java.util.List;
import org.geolandslide.segmentation.window.Reflection;
import org.geolandslide.segmentation.window.Symmetry;

/** Cuts windows that are turned by any angle and show more or less ground than their pixels have. */
final class FreeCut {
    private FreeCut() {}

    /**
     * Cuts a window, about its centre. Values are interpolated bilinearly, labels are those of the nearest pixel; what lies outside of the
     * sample is reflected and takes no part.
     *
     * @param zoom pixels of the sample along one of the window, positive
     * @param angle radians
     * @param turns what is done to it before, in this order
     */
    static WindowPixels of(Window window, int side, double zoom, double angle, List<Symmetry> turns) {
        Sample sample = window.sample();
        int[] order = WindowPixels.order(turns, side);
        double cos = Math.cos(angle) * zoom;
        double sin = Math.sin(angle) * zoom;
        double centre = (side - 1) / 2.0;
        double[] columns = new double[order.length];
        double[] rows = new double[order.length];
        float[] target = new float[order.length];
        float[] weight = new float[order.length];
        for (int i = 0; i < order.length; i++) {
            int line = order[i] / side;
            double x = order[i] % side - centre;
            double y = line - centre;
            columns[i] = window.x() + centre + cos * x - sin * y;
            rows[i] = window.y() + centre + sin * x + cos * y;
            long column = Math.round(columns[i]);
            long row = Math.round(rows[i]);
            boolean inside = column >= 0 && column < sample.width() && row >= 0 && row < sample.height();
            byte label = inside ? sample.labels()[(int) (row * sample.width() + column)] : Sample.UNLABELLED;
            target[i] = label == 1 ? 1 : 0;
            weight[i] = label == Sample.UNLABELLED ? 0 : 1;
        }
        float[][] optical = new float[sample.optical().length][];
        for (int band = 0; band < optical.length; band++) {
            optical[band] = interpolated(sample, sample.optical()[band], columns, rows);
        }
        float[] elevation =
                sample.hasElevation() ? interpolated(sample, sample.elevation(), columns, rows) : new float[0];
        return new WindowPixels(optical, elevation, target, weight);
    }

    private static float[] interpolated(Sample sample, float[] band, double[] columns, double[] rows) {
        float[] values = new float[columns.length];
        for (int i = 0; i < values.length; i++) {
            int left = (int) Math.floor(columns[i]);
            int top = (int) Math.floor(rows[i]);
            double right = columns[i] - left;
            double down = rows[i] - top;
            int x0 = Reflection.inside(left, sample.width());
            int x1 = Reflection.inside(left + 1, sample.width());
            int row0 = Reflection.inside(top, sample.height()) * sample.width();
            int row1 = Reflection.inside(top + 1, sample.height()) * sample.width();
            double upper = (1 - right) * band[row0 + x0] + right * band[row0 + x1];
            double lower = (1 - right) * band[row1 + x0] + right * band[row1 + x1];
            values[i] = (float) ((1 - down) * upper + down * lower);
        }
        return values;
    }
}
