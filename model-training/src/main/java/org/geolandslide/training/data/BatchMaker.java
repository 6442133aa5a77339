package org.geolandslide.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.geolandslide.segmentation.window.Symmetry;

/** Makes batches of windows, augmented where wanted. */
public final class BatchMaker {
    private final int side;
    private final int bands;
    private final Augmentation augmentation;

    /**
     * A maker.
     *
     * @param side side of a window in pixels
     * @param bands bands of the optical input
     */
    public BatchMaker(int side, int bands, Augmentation augmentation) {
        this.side = side;
        this.bands = bands;
        this.augmentation = augmentation;
    }

    /**
     * Cuts windows and augments them.
     *
     * @param windows at least one
     * @param random decides about the augmentation; the same state gives the same batch
     */
    public Batch make(List<Window> windows, SplittableRandom random) {
        List<WindowPixels> cut = new ArrayList<>();
        for (Window window : windows) {
            WindowPixels pixels = WindowPixels.cut(window, side);
            if (augmentation.symmetries()) {
                Symmetry[] symmetries = Symmetry.values();
                pixels = pixels.transformed(symmetries[random.nextInt(symmetries.length)], side);
            }
            if (augmentation.colour() > 0) {
                pixels.recolour(augmentation.colour(), random);
            }
            cut.add(pixels);
        }
        Batch batch = new Batch(windows.size(), side, bands);
        for (int i = 0; i < cut.size(); i++) {
            WindowPixels pixels = cut.get(i);
            if (augmentation.mixup() > 0 && cut.size() > 1 && random.nextDouble() < augmentation.mixup()) {
                WindowPixels other = cut.get((i + 1 + random.nextInt(cut.size() - 1)) % cut.size());
                pixels = pixels.mixed(other, (float) random.nextDouble());
            }
            batch.add(pixels);
        }
        return batch;
    }
}
