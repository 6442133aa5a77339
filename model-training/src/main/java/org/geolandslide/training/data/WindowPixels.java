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
        Sample sample = window.sample();
        WindowPixels pixels = new WindowPixels(
                new float[sample.optical().length][side * side],
                new float[sample.hasElevation() ? side * side : 0],
                new float[side * side],
                new float[side * side]);
        for (int row = 0; row < side; row++) {
            int y = Reflection.inside(window.y() + row, sample.height());
            for (int column = 0; column < side; column++) {
                int x = Reflection.inside(window.x() + column, sample.width());
                int source = y * sample.width() + x;
                int place = row * side + column;
                for (int band = 0; band < pixels.optical.length; band++) {
                    pixels.optical[band][place] = sample.optical()[band][source];
                }
                if (sample.hasElevation()) {
                    pixels.elevation[place] = sample.elevation()[source];
                }
                boolean inside = y == window.y() + row && x == window.x() + column;
                byte label = sample.labels()[source];
                pixels.target[place] = label == 1 ? 1 : 0;
                pixels.weight[place] = inside && label != Sample.UNLABELLED ? 1 : 0;
            }
        }
        return pixels;
    }

    /** The same values in arrays of its own. */
    WindowPixels copy() {
        float[][] bands = new float[optical.length][];
        for (int band = 0; band < optical.length; band++) {
            bands[band] = optical[band].clone();
        }
        return new WindowPixels(bands, elevation.clone(), target.clone(), weight.clone());
    }

    /** The window turned or mirrored. */
    WindowPixels transformed(Symmetry symmetry, int side) {
        int[] sources = symmetry.sources(side);
        float[][] turned = new float[optical.length][];
        for (int band = 0; band < optical.length; band++) {
            turned[band] = gathered(optical[band], sources);
        }
        float[] terrain = elevation.length > 0 ? gathered(elevation, sources) : elevation;
        return new WindowPixels(turned, terrain, gathered(target, sources), gathered(weight, sources));
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
