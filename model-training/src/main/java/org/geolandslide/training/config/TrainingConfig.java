package org.geolandslide.training.config;

import java.util.List;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.training.data.Augmentation;
import org.geolandslide.training.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * A training.
 *
 * @param name name of the model
 * @param description one or two sentences for the model card
 * @param seed drives initial weights, order, cuts and augmentation
 * @param network the network
 * @param start the run whose weights it starts from; null for random ones
 * @param input the imagery that the model is for
 * @param window side of a training window in pixels
 * @param sceneWindow side of the windows in which the model is served over scenes; null for that of the training. With larger ones a
 *     pixel sees more of what is around it, and fewer of them are near an edge. A network of a fixed size has no choice
 * @param overlap pixels that neighbouring windows share when the model is served, 0 to half the scene's window; null for as many as an
 *     output pixel sees around itself, a quarter of the window at most
 * @param batch windows per step
 * @param epochs passes over the training windows
 * @param patience epochs without a better validation after which training stops early; 0 for never
 * @param threads threads of a step; 0 for as many as the machine has cores
 * @param optimizer the optimiser
 * @param loss the loss
 * @param detectionWeight weight of the cross-entropy of a detection head beside the loss, 0.2 if left out; null without such a head
 * @param augmentation what happens to windows before a step
 * @param data what is trained and validated on
 */
public record TrainingConfig(
        String name,
        String description,
        long seed,
        Network network,
        @Nullable StartConfig start,
        Imagery input,
        int window,
        @Nullable Integer sceneWindow,
        @Nullable Integer overlap,
        int batch,
        int epochs,
        int patience,
        int threads,
        OptimizerConfig optimizer,
        LossConfig loss,
        @Nullable Double detectionWeight,
        Augmentation augmentation,
        DataConfig data) {

    public TrainingConfig {
        ModelDescription.requireName(name);
        detectionWeight = Settings.of(
                "detectionWeight", detectionWeight, network.detects(), "a network with a detection head", 0.2);
        if (detectionWeight != null && !(detectionWeight > 0 && Double.isFinite(detectionWeight))) {
            throw new IllegalArgumentException(
                    "detectionWeight is " + detectionWeight + ", expected a positive number");
        }
        requirePositive("window", window);
        requirePositive("batch", batch);
        requirePositive("epochs", epochs);
        if (batch == 1 && augmentation.mixesWindows()) {
            throw new IllegalArgumentException(
                    "batch is 1, expected 2 or more for mosaics, Mixup and CutMix, which need other windows of a batch");
        }
        if (input.dem() && augmentation.mosaic() > 0) {
            throw new IllegalArgumentException("augmentation.mosaic is " + augmentation.mosaic()
                    + ", expected 0 for a model with a DEM: pieces of different terrain would meet in cliffs");
        }
        if (patience < 0) {
            throw new IllegalArgumentException("patience is " + patience + ", expected 0 or more");
        }
        if (threads < 0) {
            throw new IllegalArgumentException("threads is " + threads + ", expected 0 or more");
        }
        requireMultiple("window", window, network);
        int served = sceneWindow == null ? window : sceneWindow;
        requirePositive("sceneWindow", served);
        requireMultiple("sceneWindow", served, network);
        if (served != window && network.needsFixedSize()) {
            throw new IllegalArgumentException("sceneWindow is " + served + ", expected " + window
                    + " as in the training: weights of this network's attention belong to places of the window");
        }
        if (overlap != null && !(overlap >= 0 && overlap <= served / 2)) {
            throw new IllegalArgumentException(
                    "overlap is " + overlap + ", expected 0 to half the window of scenes, " + served / 2);
        }
    }

    private static void requireMultiple(String name, int side, Network network) {
        if (side % network.multiple() != 0) {
            throw new IllegalArgumentException(name + " is " + side + ", expected a multiple of " + network.multiple()
                    + " for a network of depth " + network.depth());
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 1 or more");
        }
    }

    /** Beginnings of the names of parameters that are not trained. */
    public List<String> frozen() {
        return start == null ? List.of() : start.frozen();
    }

    /** Side of the windows in which the model is served over scenes. */
    public int servedWindow() {
        return sceneWindow != null ? sceneWindow : window;
    }

    /**
     * Pixels that neighbouring windows share when the model is served.
     *
     * @param receptiveField side of the square of input pixels that one output pixel sees
     */
    public int overlapFor(int receptiveField) {
        return overlap != null ? overlap : Math.min(servedWindow() / 4, receptiveField - 1);
    }

    /** Threads of a step. */
    public int effectiveThreads() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
