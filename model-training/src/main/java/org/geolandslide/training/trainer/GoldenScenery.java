package org.geolandslide.training.trainer;

import java.util.List;
import org.geolandslide.model.FloatTensor;
import org.geolandslide.training.config.Imagery;
import org.geolandslide.training.network.Standardization;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SyntheticScene;

/**
 * The scenery of golden samples: a square of one synthetic scene, the same for every package. The scene has red, green and blue bytes; a
 * band of any other kind shows the pattern of one of them, or of the terrain if it is not of light, with the mean and deviation that the
 * training set has in that band.
 *
 * @param scene where it is cut from
 * @param side side of the square in pixels
 */
record GoldenScenery(SyntheticScene scene, int side) {
    private static final long SEED = 64;
    private static final int SCENE_SIDE = 256;
    private static final int CORNER = 96;
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    static GoldenScenery of(int side) {
        return new GoldenScenery(SyntheticScene.generate(SceneSpecification.of(SEED, SCENE_SIDE, SCENE_SIDE)), side);
    }

    /**
     * The optical input.
     *
     * @param statistics mean and deviation per band of the training set; further channels are not read
     * @return {@code [1, bands, side, side]}
     */
    FloatTensor optical(Imagery imagery, Standardization statistics) {
        List<String> names = imagery.bands();
        List<Integer> light = imagery.lightBands();
        boolean bytes = imagery.dataType().equals("uint8");
        float[] values = new float[names.size() * side * side];
        for (int band = 0; band < names.size(); band++) {
            int colour = COLOURS.indexOf(names.get(band));
            float[] pattern = light.contains(band) ? colour(colour < 0 ? band % COLOURS.size() : colour) : terrain();
            if (!bytes || colour < 0) {
                pattern = brought(
                        pattern,
                        statistics.mean().get(band),
                        statistics.deviation().get(band),
                        !imagery.dataType().startsWith("float"));
            }
            System.arraycopy(pattern, 0, values, band * side * side, side * side);
        }
        return new FloatTensor(new long[] {1, names.size(), side, side}, values);
    }

    /** The elevation in metres, {@code [1, 1, side, side]}. */
    FloatTensor elevation() {
        return new FloatTensor(new long[] {1, 1, side, side}, terrain());
    }

    private float[] colour(int band) {
        byte[] bytes = scene.optical(band);
        float[] values = new float[side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = Byte.toUnsignedInt(bytes[source(i)]);
        }
        return values;
    }

    private float[] terrain() {
        float[] metres = scene.terrain();
        float[] values = new float[side * side];
        for (int i = 0; i < values.length; i++) {
            values[i] = metres[source(i)];
        }
        return values;
    }

    /** Pixel of the scene; a square that is larger than the scene begins anew at its other edge. */
    private int source(int pixel) {
        int y = (pixel / side + CORNER) % SCENE_SIDE;
        int x = (pixel % side + CORNER) % SCENE_SIDE;
        return y * SCENE_SIDE + x;
    }

    /** The same pattern with another mean and deviation; of whole numbers, none below 0, if wanted. */
    private static float[] brought(float[] pattern, double mean, double deviation, boolean whole) {
        double sum = 0;
        double squares = 0;
        for (float value : pattern) {
            sum += value;
            squares += (double) value * value;
        }
        double own = sum / pattern.length;
        double spread = Math.sqrt(Math.max(1e-6, squares / pattern.length - own * own));
        float[] result = new float[pattern.length];
        for (int i = 0; i < result.length; i++) {
            double value = mean + deviation * (pattern[i] - own) / spread;
            result[i] = (float) (whole ? Math.max(0, Math.rint(value)) : value);
        }
        return result;
    }
}
