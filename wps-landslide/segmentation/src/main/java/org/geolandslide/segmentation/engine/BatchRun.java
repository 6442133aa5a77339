package org.geolandslide.segmentation.engine;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.geolandslide.segmentation.window.Symmetry;

/**
 * Runs a batch of windows through a model, once or once for each of several symmetries, whose results are turned back and averaged.
 *
 * @param session the model
 * @param symmetries at least one
 */
record BatchRun(ModelSession session, List<Symmetry> symmetries) {
    BatchRun {
        symmetries = List.copyOf(symmetries);
    }

    /**
     * Runs a batch.
     *
     * @param buffers windows
     * @param results per window an array per output, which is told the values, NaN where a pixel takes no part
     */
    void run(BatchBuffers buffers, List<float[][]> results) {
        if (symmetries.equals(List.of(Symmetry.IDENTITY))) {
            session.run(buffers, buffers.inputs(), results.size());
            copy(buffers, results);
        } else {
            results.forEach(arrays -> Arrays.stream(arrays).forEach(array -> Arrays.fill(array, 0)));
            for (Symmetry symmetry : symmetries) {
                int[] sources = symmetry.sources(buffers.shape().size());
                session.run(buffers, buffers.turned(sources), results.size());
                addTurnedBack(buffers, sources, results);
            }
        }
        for (int i = 0; i < results.size(); i++) {
            for (float[] values : results.get(i)) {
                leaveOut(values, buffers.participating(i));
            }
        }
    }

    private static void copy(BatchBuffers buffers, List<float[][]> results) {
        int pixels = buffers.shape().pixels();
        List<String> outputs = buffers.shape().outputs();
        for (int output = 0; output < outputs.size(); output++) {
            FloatBuffer values = buffers.output(outputs.get(output));
            for (int i = 0; i < results.size(); i++) {
                values.get(i * pixels, results.get(i)[output]);
            }
        }
    }

    private void addTurnedBack(BatchBuffers buffers, int[] sources, List<float[][]> results) {
        int pixels = buffers.shape().pixels();
        float share = 1f / symmetries.size();
        List<String> outputs = buffers.shape().outputs();
        for (int output = 0; output < outputs.size(); output++) {
            FloatBuffer values = buffers.output(outputs.get(output));
            for (int i = 0; i < results.size(); i++) {
                float[] sum = results.get(i)[output];
                for (int pixel = 0; pixel < pixels; pixel++) {
                    sum[sources[pixel]] += share * values.get(i * pixels + pixel);
                }
            }
        }
    }

    private static void leaveOut(float[] values, boolean[] participating) {
        for (int pixel = 0; pixel < values.length; pixel++) {
            if (!participating[pixel]) {
                values[pixel] = Float.NaN;
            }
        }
    }
}
