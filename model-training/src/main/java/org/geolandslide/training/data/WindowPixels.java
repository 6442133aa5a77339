package org.geolandslide.training.data;

import java.util.List;
import java.util.SplittableRandom;
import org.geolandslide.segmentation.window.Reflection;
import org.geolandslide.segmentation.window.Symmetry;

/**
 * The pixels of one window, row-major.
 *
 * @param optical per band the raw values
 * @param elevation metres; empty for a sample without elevation model
 * @param target 0 background to 1 landslide
 * @param weight 1 where a pixel takes part, 0 elsewhere
 */
record WindowPixels(float[][] optical, float[] elevation, float[] target, float[] weight) {

    /** Cuts a window; outside of the sample it is reflected and takes no part. */
    static WindowPixels cut(Window window, int side) {
        return cut(window, side, List.of());
    }

    /**
     * Cuts a window and turns or mirrors it.
     *
     * @param turns what is done to it, in this order
     */
    static WindowPixels cut(Window window, int side, List<Symmetry> turns) {
        Sample sample = window.sample();
        int[] columns = places(window.x(), side, sample.width());
        int[] rows = places(window.y(), side, sample.height());
        int[] sources = new int[side * side];
        float[] weight = new float[side * side];
        int[] order = order(turns, side);
        for (int i = 0; i < sources.length; i++) {
            int row = order[i] / side;
            int column = order[i] % side;
            sources[i] = rows[row] * sample.width() + columns[column];
            boolean inside = rows[row] == window.y() + row && columns[column] == window.x() + column;
            weight[i] = inside && sample.labels()[sources[i]] != Sample.UNLABELLED ? 1 : 0;
        }
        // Band by band: all bands of a pixel at a time would be as many places of memory at once.
        float[][] optical = new float[sample.optical().length][];
        for (int band = 0; band < optical.length; band++) {
            optical[band] = gathered(sample.optical()[band], sources);
        }
        float[] target = new float[sources.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = sample.labels()[sources[i]] == 1 ? 1 : 0;
        }
        return new WindowPixels(
                optical, sample.hasElevation() ? gathered(sample.elevation(), sources) : new float[0], target, weight);
    }

    private static int[] places(int first, int side, int length) {
        int[] places = new int[side];
        for (int i = 0; i < side; i++) {
            places[i] = Reflection.inside(first + i, length);
        }
        return places;
    }

    /** For each pixel of the turned window, which one of the window it is. */
    static int[] order(List<Symmetry> turns, int side) {
        int[] order = Symmetry.IDENTITY.sources(side);
        for (Symmetry turn : turns) {
            int[] sources = turn.sources(side);
            int[] turned = new int[order.length];
            for (int i = 0; i < turned.length; i++) {
                turned[i] = order[sources[i]];
            }
            order = turned;
        }
        return order;
    }

    /** The same values in arrays of its own. */
    WindowPixels copy() {
        float[][] bands = new float[optical.length][];
        for (int band = 0; band < optical.length; band++) {
            bands[band] = optical[band].clone();
        }
        return new WindowPixels(bands, elevation.clone(), target.clone(), weight.clone());
    }

    private static float[] gathered(float[] values, int[] sources) {
        float[] result = new float[sources.length];
        for (int i = 0; i < sources.length; i++) {
            result[i] = values[sources[i]];
        }
        return result;
    }

    /** Brightens or darkens the bands of light, all together and each a little on its own. */
    void recolour(List<Integer> light, double most, SplittableRandom random) {
        double common = random.nextDouble(-most, most);
        for (int index : light) {
            float[] band = optical[index];
            float factor = (float) (1 + common + random.nextDouble(-most, most) / 2);
            for (int i = 0; i < band.length; i++) {
                band[i] *= factor;
            }
        }
    }

    /** Strengthens or weakens the contrast of the bands of light: their deviations from the window's mean, all in the same share. */
    void stretch(List<Integer> light, double most, SplittableRandom random) {
        float factor = (float) (1 + random.nextDouble(-most, most));
        for (int index : light) {
            float[] band = optical[index];
            double sum = 0;
            for (float value : band) {
                sum += value;
            }
            float mean = (float) (sum / band.length);
            for (int i = 0; i < band.length; i++) {
                band[i] = mean + factor * (band[i] - mean);
            }
        }
    }

    /**
     * Mixup: the blend with another window. Pixels take part where both do.
     *
     * @param share share of the other window, 0 to 1
     */
    WindowPixels mixed(WindowPixels other, float share) {
        float[][] bands = new float[optical.length][];
        for (int band = 0; band < optical.length; band++) {
            bands[band] = blended(optical[band], other.optical[band], share);
        }
        float[] both = new float[weight.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = weight[i] * other.weight[i];
        }
        return new WindowPixels(
                bands, blended(elevation, other.elevation, share), blended(target, other.target, share), both);
    }

    private static float[] blended(float[] a, float[] b, float share) {
        float[] result = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = (1 - share) * a[i] + share * b[i];
        }
        return result;
    }
}
