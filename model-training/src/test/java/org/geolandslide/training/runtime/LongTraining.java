package org.geolandslide.training.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.geolandslide.training.loss.FocalLoss;
import org.geolandslide.training.network.Backbone;
import org.geolandslide.training.network.FusionNetwork;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.network.Standardization;
import org.geolandslide.training.network.TerrainFeatures;

/**
 * Trains a tiny network for many steps and prints {@code STEP KILOBYTES}, the resident memory of the process, every so many steps. To be
 * run in a process of its own, whose heap does not grow: arguments are a folder, the number of steps and the distance between lines.
 */
final class LongTraining {
    private static final int BATCH = 4;
    private static final int SIDE = 32;
    private static final int STEPS_PER_VALIDATION = 2;

    private LongTraining() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int steps = Integer.parseInt(arguments[1]);
        int distance = Integer.parseInt(arguments[2]);
        SegmentationGraphs graphs = new SegmentationGraphs(
                new FusionNetwork(Backbone.RESIDUAL_UNET, 2, 1, true),
                3,
                Standardization.none(3),
                Standardization.none(TerrainFeatures.channels()),
                new FocalLoss(2),
                0,
                1,
                List.of());
        SegmentationGraphs.WithLoss training = graphs.training(BATCH, SIDE);
        Path initial = folder.resolve("initial.ckpt");
        Checkpoint.initial(training.graph()).write(initial);
        TrainingArtifacts artifacts = TrainingArtifacts.write(
                folder,
                training.graph(),
                training.loss(),
                graphs.evaluation(SIDE).graph(),
                new AdamW(0.9, 0.999, 1e-8, 0.01, 1));
        SplittableRandom random = new SplittableRandom(1);
        try (TrainingSession session = TrainingSession.open(artifacts, initial, graphs.inputs(), 2, 1)) {
            for (int step = 1; step <= steps; step++) {
                Map<String, TrainingSession.Feed> batch = batch(graphs.inputs(), random);
                session.trainStep(batch, 1e-3);
                if (step % STEPS_PER_VALIDATION == 0) {
                    session.evaluate(batch);
                }
                if (step % distance == 0) {
                    session.save(folder.resolve("last.ckpt"));
                    System.out.println(step + " " + residentKilobytes());
                }
            }
        }
    }

    /** New buffers for each batch, as a training has them. */
    private static Map<String, TrainingSession.Feed> batch(List<String> inputs, SplittableRandom random) {
        Map<String, TrainingSession.Feed> feeds = new HashMap<>();
        for (String name : inputs) {
            int bands = name.equals(SegmentationGraphs.OPTICAL) ? 3 : 1;
            FloatBuffer values = ByteBuffer.allocateDirect(BATCH * bands * SIDE * SIDE * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            for (int i = 0; i < values.capacity(); i++) {
                values.put(i, random.nextInt(2));
            }
            feeds.put(name, new TrainingSession.Feed(values, new long[] {BATCH, bands, SIDE, SIDE}));
        }
        return feeds;
    }

    private static long residentKilobytes() throws IOException {
        // Twice: the memory of direct buffers is freed by a thread that the first collection wakes.
        System.gc();
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
