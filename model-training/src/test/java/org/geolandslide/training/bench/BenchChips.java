package org.geolandslide.training.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.data.Augmentation;
import org.geolandslide.training.data.BatchMaker;
import org.geolandslide.training.data.BatchStream;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.Window;
import org.geolandslide.training.data.WindowSet;

/** Chips with noise for bands and a disc for a landslide: both sides train on windows of them. */
final class BenchChips {
    private static final long SEED = 1;
    private static final int CHIPS = 32;
    /** Batches after which a stream begins anew, as it does with each epoch of a training. */
    private static final int BATCHES_PER_STREAM = 100;

    private final Workload workload;
    private final WindowSet windows;

    BenchChips(Workload workload) {
        this.workload = workload;
        SplittableRandom random = new SplittableRandom(SEED);
        List<Sample> chips = new ArrayList<>();
        for (int i = 0; i < CHIPS; i++) {
            chips.add(chip("chip" + i, workload.window(), workload.network().bands(), random));
        }
        windows = new WindowSet(chips, workload.window());
    }

    private static Sample chip(String name, int side, int bands, SplittableRandom random) {
        float[][] optical = new float[bands][side * side];
        byte[] labels = new byte[side * side];
        int x = random.nextInt(side);
        int y = random.nextInt(side);
        for (int i = 0; i < labels.length; i++) {
            boolean landslide = Math.hypot(i % side - x, i / side - y) < side / 4.0;
            labels[i] = (byte) (landslide ? 1 : 0);
            for (float[] band : optical) {
                band[i] = random.nextFloat() + labels[i];
            }
        }
        return new Sample(name, side, side, optical, new float[0], labels);
    }

    /** Batches without augmentation. */
    BatchStream plain() {
        return stream(Augmentation.NONE, new SplittableRandom(SEED));
    }

    /** Batches with the augmentation that a configuration has which says nothing about it. */
    BatchStream augmented() {
        return stream(defaultAugmentation(), new SplittableRandom(SEED));
    }

    private BatchStream stream(Augmentation augmentation, SplittableRandom random) {
        List<Window> order = new ArrayList<>();
        while (order.size() < BATCHES_PER_STREAM * workload.batch()) {
            order.addAll(windows.shuffled(0.25, random));
        }
        BatchMaker maker = new BatchMaker(workload.window(), workload.network().bands(), augmentation);
        return new BatchStream(maker, order, workload.batch(), false, random);
    }

    private static Augmentation defaultAugmentation() {
        String least =
                """
                name: bench
                data:
                  training: [{format: chips, path: training}]
                  validation: [{format: chips, path: validation}]
                """;
        try {
            return ConfigFile.parse(least, "bench").augmentation();
        } catch (IOException e) {
            throw new IllegalStateException("the least configuration is refused: " + e.getMessage(), e);
        }
    }
}
