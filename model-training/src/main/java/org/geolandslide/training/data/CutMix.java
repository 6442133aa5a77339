package org.geolandslide.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * CutMix with landslides for patches: the landslides of one window are pasted into another in their own shape and place, as RMAU-Net's
 * authors do, instead of the rectangles of Yun et al. 2019.
 *
 * <p>Terrain is pasted with its relief but not its height: it is lifted or lowered so that its mean is that of the terrain which it
 * replaces; otherwise every patch would be a plateau.
 */
final class CutMix {
    /** Landslides that are pasted at most. */
    private static final int MOST = 2;

    private CutMix() {}

    /**
     * The landslides of a window: pixels that are labelled as landslide and hang together over their edges.
     *
     * @param side side of the window
     * @return row-major indices per landslide
     */
    static List<int[]> landslides(WindowPixels window, int side) {
        boolean[] seen = new boolean[side * side];
        List<int[]> found = new ArrayList<>();
        int[] pixels = new int[side * side];
        for (int start = 0; start < seen.length; start++) {
            if (seen[start] || !isLandslide(window, start)) {
                continue;
            }
            int count = 1;
            pixels[0] = start;
            seen[start] = true;
            for (int i = 0; i < count; i++) {
                int x = pixels[i] % side;
                int y = pixels[i] / side;
                int[] neighbours = {
                    x > 0 ? pixels[i] - 1 : -1,
                    x < side - 1 ? pixels[i] + 1 : -1,
                    y > 0 ? pixels[i] - side : -1,
                    y < side - 1 ? pixels[i] + side : -1
                };
                for (int neighbour : neighbours) {
                    if (neighbour >= 0 && !seen[neighbour] && isLandslide(window, neighbour)) {
                        seen[neighbour] = true;
                        pixels[count++] = neighbour;
                    }
                }
            }
            found.add(java.util.Arrays.copyOf(pixels, count));
        }
        return found;
    }

    private static boolean isLandslide(WindowPixels window, int pixel) {
        return window.target()[pixel] == 1 && window.weight()[pixel] == 1;
    }

    /** A window with one or two landslides of another one, or as it is if the other has none. */
    static WindowPixels paste(WindowPixels window, WindowPixels other, int side, SplittableRandom random) {
        List<int[]> landslides = landslides(other, side);
        WindowPixels result = window.copy();
        int count = Math.min(landslides.size(), 1 + random.nextInt(MOST));
        for (int i = 0; i < count; i++) {
            paste(result, other, landslides.remove(random.nextInt(landslides.size())));
        }
        return result;
    }

    private static void paste(WindowPixels target, WindowPixels source, int[] pixels) {
        boolean terrain = target.elevation().length > 0;
        double lift = 0;
        for (int i = 0; terrain && i < pixels.length; i++) {
            lift += ((double) target.elevation()[pixels[i]] - source.elevation()[pixels[i]]) / pixels.length;
        }
        for (int pixel : pixels) {
            // What is not labelled stays so: it has no ground around the landslide.
            if (target.weight()[pixel] == 0) {
                continue;
            }
            for (int band = 0; band < target.optical().length; band++) {
                target.optical()[band][pixel] = source.optical()[band][pixel];
            }
            if (terrain) {
                target.elevation()[pixel] = (float) (source.elevation()[pixel] + lift);
            }
            target.target()[pixel] = 1;
        }
    }
}
