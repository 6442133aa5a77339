package org.geolandslide.training.synthetic;

/**
 * A grid of numbers, row by row from the north-west: {@code values[row * width + column]}. Positions are in nodes:
 * whole numbers are nodes, what lies between is interpolated.
 */
final class Field {

    /** A function of the plane. */
    interface Surface {
        double at(double x, double y);
    }

    private final int width;
    private final int height;
    private final float[] values;

    Field(int width, int height) {
        this(width, height, new float[Math.multiplyExact(width, height)]);
    }

    Field(int width, int height, float[] values) {
        if (values.length != width * height) {
            throw new IllegalArgumentException(
                    "values: found " + values.length + ", expected " + width + " x " + height);
        }
        this.width = width;
        this.height = height;
        this.values = values;
    }

    /**
     * A function at every {@code stride}-th pixel, with a node to spare on each edge, for what changes slowly: read it
     * with {@code sample(column / stride, row / stride)}.
     */
    static Field every(int stride, int width, int height, Surface surface) {
        Field field = new Field((width - 1) / stride + 2, (height - 1) / stride + 2);
        for (int row = 0; row < field.height; row++) {
            for (int column = 0; column < field.width; column++) {
                field.values[row * field.width + column] =
                        (float) surface.at((double) column * stride, (double) row * stride);
            }
        }
        return field;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The numbers themselves, not a copy. */
    float[] values() {
        return values;
    }

    float at(int column, int row) {
        return values[row * width + column];
    }

    /** The value at the nearest node inside the grid. */
    float clamped(int column, int row) {
        return values[clamp(row, height) * width + clamp(column, width)];
    }

    /** The bilinear value; positions outside take the value of the edge. */
    double sample(double x, double y) {
        double px = Math.max(0, Math.min(width - 1.000001, x));
        double py = Math.max(0, Math.min(height - 1.000001, y));
        int column = (int) px;
        int row = (int) py;
        double u = px - column;
        double v = py - row;
        int i = row * width + column;
        double top = values[i] + u * (values[i + 1] - values[i]);
        double bottom = values[i + width] + u * (values[i + width + 1] - values[i + width]);
        return top + v * (bottom - top);
    }

    /** The uniform cubic B-spline with the nodes as control points: smoother than bilinear, twice differentiable. */
    double smooth(double x, double y) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        double u = x - column;
        double v = y - row;
        double a = weight0(u);
        double b = weight1(u);
        double c = weight1(1 - u);
        double d = weight0(1 - u);
        double sum = 0;
        for (int k = -1; k <= 2; k++) {
            int line = clamp(row + k, height) * width;
            double along;
            if (column >= 1 && column + 2 < width) {
                int i = line + column;
                along = a * values[i - 1] + b * values[i] + c * values[i + 1] + d * values[i + 2];
            } else {
                along = a * values[line + clamp(column - 1, width)]
                        + b * values[line + clamp(column, width)]
                        + c * values[line + clamp(column + 1, width)]
                        + d * values[line + clamp(column + 2, width)];
            }
            double weight =
                    switch (k) {
                        case -1 -> weight0(v);
                        case 0 -> weight1(v);
                        case 1 -> weight1(1 - v);
                        default -> weight0(1 - v);
                    };
            sum += weight * along;
        }
        return sum;
    }

    /** Rise per node to the east at a node, by central differences. */
    double eastward(int column, int row) {
        return 0.5 * (clamped(column + 1, row) - clamped(column - 1, row));
    }

    /** Rise per node to the south at a node, by central differences. */
    double southward(int column, int row) {
        return 0.5 * (clamped(column, row + 1) - clamped(column, row - 1));
    }

    /** A copy smoothed by three box filters, close to a Gaussian of the given standard deviation in nodes. */
    Field blurred(double sigma) {
        int radius = Math.max(1, (int) Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
        float[] result = values.clone();
        float[] line = new float[Math.max(width, height)];
        for (int pass = 0; pass < 3; pass++) {
            for (int row = 0; row < height; row++) {
                box(result, row * width, 1, width, radius, line);
            }
            for (int column = 0; column < width; column++) {
                box(result, column, width, height, radius, line);
            }
        }
        return new Field(width, height, result);
    }

    private static void box(float[] data, int start, int stride, int count, int radius, float[] line) {
        for (int i = 0; i < count; i++) {
            line[i] = data[start + i * stride];
        }
        double sum = 0;
        for (int k = -radius; k <= radius; k++) {
            sum += line[clamp(k, count)];
        }
        double share = 1.0 / (2 * radius + 1);
        for (int i = 0; i < count; i++) {
            data[start + i * stride] = (float) (sum * share);
            sum += line[clamp(i + radius + 1, count)] - line[clamp(i - radius, count)];
        }
    }

    private static double weight0(double t) {
        return (1 - t) * (1 - t) * (1 - t) / 6;
    }

    private static double weight1(double t) {
        return (3 * t * t * t - 6 * t * t + 4) / 6;
    }

    private static int clamp(int index, int count) {
        return index < 0 ? 0 : Math.min(index, count - 1);
    }
}
