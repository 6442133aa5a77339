package org.geolandslide.training.network;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** The features in plain float64 arithmetic, written from their definitions. Images are {@code [row][column]}. */
final class FeatureReference {
    private FeatureReference() {}

    static double[][] scaled(double[][] band) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] row : band) {
            for (double value : row) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        double[][] result = new double[band.length][band[0].length];
        for (int y = 0; y < band.length; y++) {
            for (int x = 0; x < band[0].length; x++) {
                result[y][x] = most > least ? (band[y][x] - least) / (most - least) : 0;
            }
        }
        return result;
    }

    static double[][] index(double[][] a, double[][] b) {
        double[][] result = new double[a.length][a[0].length];
        for (int y = 0; y < a.length; y++) {
            for (int x = 0; x < a[0].length; x++) {
                double sum = a[y][x] + b[y][x];
                result[y][x] = sum == 0 ? 0 : (a[y][x] - b[y][x]) / sum;
            }
        }
        return result;
    }

    static double[][] gray(double[][] red, double[][] green, double[][] blue) {
        double[][] r = scaled(red);
        double[][] g = scaled(green);
        double[][] b = scaled(blue);
        double[][] result = new double[red.length][red[0].length];
        for (int y = 0; y < red.length; y++) {
            for (int x = 0; x < red[0].length; x++) {
                result[y][x] = 0.299 * r[y][x] + 0.587 * g[y][x] + 0.114 * b[y][x];
            }
        }
        return result;
    }

    /** Nearest pixel of the image. */
    private static double at(double[][] image, int y, int x) {
        return image[Math.max(0, Math.min(image.length - 1, y))][Math.max(0, Math.min(image[0].length - 1, x))];
    }

    /** Weighted mean over the pixels from {@code from} to {@code to} along both axes, the weights centred between them. */
    private static double[][] gaussian(double[][] image, int from, int to, double deviation) {
        double middle = (from + to) / 2.0;
        double[][] result = new double[image.length][image[0].length];
        for (int y = 0; y < image.length; y++) {
            for (int x = 0; x < image[0].length; x++) {
                double sum = 0;
                double total = 0;
                for (int dy = from; dy <= to; dy++) {
                    for (int dx = from; dx <= to; dx++) {
                        double square = (dy - middle) * (dy - middle) + (dx - middle) * (dx - middle);
                        double weight = Math.exp(-square / (2 * deviation * deviation));
                        sum += weight * at(image, y + dy, x + dx);
                        total += weight;
                    }
                }
                result[y][x] = sum / total;
            }
        }
        return result;
    }

    static double[][] gaussian(double[][] image) {
        return gaussian(image, -4, 5, 1.85);
    }

    static double[][] median(double[][] image) {
        double[][] result = new double[image.length][image[0].length];
        for (int y = 0; y < image.length; y++) {
            for (int x = 0; x < image[0].length; x++) {
                double[] values = new double[100];
                for (int i = 0; i < 100; i++) {
                    values[i] = at(image, y - 4 + i / 10, x - 4 + i % 10);
                }
                Arrays.sort(values);
                result[y][x] = (values[49] + values[50]) / 2;
            }
        }
        return result;
    }

    /** Rise per pixel: mean slope over the three rows or columns, the middle one counted twice. */
    static double[][] rise(double[][] image, boolean down) {
        double[][] result = new double[image.length][image[0].length];
        for (int y = 0; y < image.length; y++) {
            for (int x = 0; x < image[0].length; x++) {
                double sum = 0;
                for (int i = -1; i <= 1; i++) {
                    double slope = down
                            ? at(image, y + 1, x + i) - at(image, y - 1, x + i)
                            : at(image, y + i, x + 1) - at(image, y + i, x - 1);
                    sum += (i == 0 ? 2 : 1) * slope / 2;
                }
                result[y][x] = sum / 4;
            }
        }
        return result;
    }

    static double[][] canny(double[][] image) {
        int height = image.length;
        int width = image[0].length;
        double[][] smooth = gaussian(image, -4, 4, 1);
        double[][] right = rise(smooth, false);
        double[][] down = rise(smooth, true);
        double[][] maxima = new double[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double steepness = Math.hypot(right[y][x], down[y][x]);
                // The axis of the gradient in steps of 45 degrees.
                int turn = (int) Math.floorMod(Math.round(Math.atan2(down[y][x], right[y][x]) / (Math.PI / 4)), 4L);
                int dx = new int[] {1, 1, 0, -1}[turn];
                int dy = new int[] {0, 1, 1, 1}[turn];
                double next = steepness(right, down, y + dy, x + dx);
                double previous = steepness(right, down, y - dy, x - dx);
                maxima[y][x] = steepness > next + 1e-5 && steepness > previous - 1e-5 ? steepness : 0;
            }
        }
        return hysteresis(maxima);
    }

    private static double steepness(double[][] right, double[][] down, int y, int x) {
        boolean inside = y >= 0 && y < right.length && x >= 0 && x < right[0].length;
        return inside ? Math.hypot(right[y][x], down[y][x]) : 0;
    }

    /** Walks from the strong edges along weak ones, 8 steps at most. */
    private static double[][] hysteresis(double[][] maxima) {
        int height = maxima.length;
        int width = maxima[0].length;
        int[][] steps = new int[height][width];
        Queue<int[]> open = new ArrayDeque<>();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                steps[y][x] = maxima[y][x] > 0.2 / 8 ? 0 : Integer.MAX_VALUE;
                if (steps[y][x] == 0) {
                    open.add(new int[] {y, x});
                }
            }
        }
        while (!open.isEmpty()) {
            int[] place = open.remove();
            for (int i = 0; i < 9; i++) {
                int y = place[0] - 1 + i / 3;
                int x = place[1] - 1 + i % 3;
                boolean inside = y >= 0 && y < height && x >= 0 && x < width;
                int reached = steps[place[0]][place[1]] + 1;
                if (inside && reached <= 8 && maxima[y][x] > 0.1 / 8 && reached < steps[y][x]) {
                    steps[y][x] = reached;
                    open.add(new int[] {y, x});
                }
            }
        }
        double[][] edges = new double[height][width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                edges[y][x] = steps[y][x] <= 8 ? 1 : 0;
            }
        }
        return edges;
    }
}
