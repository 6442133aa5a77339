package org.geolandslide.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ChengBetaSampler;
import org.geolandslide.segmentation.window.Symmetry;

/** Makes batches of windows, augmented where wanted. */
public final class BatchMaker {
    private static final Symmetry[] ROTATIONS = {Symmetry.ROTATION_90, Symmetry.ROTATION_180, Symmetry.ROTATION_270};
    private static final Symmetry[] FLIPS = {Symmetry.MIRROR_COLUMNS, Symmetry.MIRROR_ROWS};

    private final int side;
    private final int bands;
    private final List<Integer> light;
    private final Augmentation augmentation;

    /**
     * A maker of windows whose bands are all of light.
     *
     * @param side side of a window in pixels
     * @param bands bands of the optical input
     */
    public BatchMaker(int side, int bands, Augmentation augmentation) {
        this(side, bands, IntStream.range(0, bands).boxed().toList(), augmentation);
    }

    /**
     * A maker.
     *
     * @param side side of a window in pixels
     * @param bands bands of the optical input
     * @param light indices of those that are of light: only they become brighter or darker
     */
    public BatchMaker(int side, int bands, List<Integer> light, Augmentation augmentation) {
        this.side = side;
        this.bands = bands;
        this.light = List.copyOf(light);
        this.augmentation = augmentation;
    }

    /**
     * Cuts windows and augments them.
     *
     * @param windows at least one; all with elevation, or none
     * @param random decides about the augmentation; the same state gives the same batch
     */
    public Batch make(List<Window> windows, SplittableRandom random) {
        List<WindowPixels> cut = new ArrayList<>();
        for (Window window : windows) {
            List<Symmetry> turns = new ArrayList<>();
            if (augmentation.rotation() > 0 && random.nextDouble() < augmentation.rotation()) {
                turns.add(ROTATIONS[random.nextInt(ROTATIONS.length)]);
            }
            if (augmentation.flip() > 0 && random.nextDouble() < augmentation.flip()) {
                turns.add(FLIPS[random.nextInt(FLIPS.length)]);
            }
            WindowPixels pixels = turnsFreely()
                    ? FreeCut.of(window, side, zoom(random), angle(random), turns)
                    : WindowPixels.cut(window, side, turns);
            if (augmentation.colour() > 0) {
                pixels.recolour(light, augmentation.colour(), random);
            }
            if (augmentation.contrast() > 0) {
                pixels.stretch(light, augmentation.contrast(), random);
            }
            cut.add(pixels);
        }
        boolean hasElevation = windows.get(0).sample().hasElevation();
        Batch batch = new Batch(windows.size(), side, bands, hasElevation);
        for (int i = 0; i < cut.size(); i++) {
            WindowPixels pixels = cut.get(i);
            if (happens(augmentation.mosaic(), cut, random)) {
                List<WindowPixels> four =
                        List.of(pixels, another(cut, i, random), another(cut, i, random), another(cut, i, random));
                pixels = Mosaic.of(four, side, random);
            }
            if (happens(augmentation.cutMix(), cut, random)) {
                pixels = CutMix.paste(pixels, another(cut, i, random), side, random);
            }
            if (happens(augmentation.mixup(), cut, random)) {
                pixels = pixels.mixed(another(cut, i, random), (float) share(random));
            }
            batch.add(pixels);
        }
        return batch;
    }

    private boolean turnsFreely() {
        return augmentation.zoom() > 1 || augmentation.angle() > 0;
    }

    /** Pixels of the sample along one of the window. */
    private double zoom(SplittableRandom random) {
        double most = Math.log(augmentation.zoom());
        return most > 0 ? Math.exp(random.nextDouble(-most, most)) : 1;
    }

    /** Radians. */
    private double angle(SplittableRandom random) {
        double most = Math.toRadians(augmentation.angle());
        return most > 0 ? random.nextDouble(-most, most) : 0;
    }

    private static boolean happens(double probability, List<WindowPixels> windows, SplittableRandom random) {
        return probability > 0 && windows.size() > 1 && random.nextDouble() < probability;
    }

    private static WindowPixels another(List<WindowPixels> windows, int window, SplittableRandom random) {
        return windows.get((window + 1 + random.nextInt(windows.size() - 1)) % windows.size());
    }

    /** Share of the other window in Mixup. */
    private double share(SplittableRandom random) {
        Double beta = augmentation.mixupBeta();
        return beta == null
                ? random.nextDouble()
                : ChengBetaSampler.of(random::nextLong, beta, beta).sample();
    }
}
