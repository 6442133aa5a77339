package org.geolandslide.training.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.geolandslide.training.loss.FocalLoss;
import org.geolandslide.training.loss.IouLoss;
import org.geolandslide.training.loss.WeightedLoss;
import org.geolandslide.training.network.FusionNetwork;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.network.Standardization;
import org.geolandslide.training.network.TerrainFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSessionTests {
    @Test
    void smoke(@TempDir Path folder) throws Exception {
        int width = Integer.getInteger("w", 16), side = Integer.getInteger("s", 128), batch = 8;
        SegmentationGraphs graphs = new SegmentationGraphs(
                new FusionNetwork(width, Integer.getInteger("d", 3), true),
                3,
                Standardization.none(3),
                Standardization.none(TerrainFeatures.channels()),
                new WeightedLoss(new FocalLoss(2), 1, new IouLoss(), 1),
                1);
        SegmentationGraphs.WithLoss training = graphs.training(batch, side);
        Checkpoint initial = Checkpoint.initial(training.graph());
        TrainingArtifacts artifacts = TrainingArtifacts.write(
                folder,
                training.graph(),
                training.loss(),
                graphs.evaluation().graph(),
                new AdamW(0.9, 0.999, 1e-8, 0.01, 1));
        Path checkpoint = folder.resolve("initial.ckpt");
        initial.write(checkpoint);
        try (TrainingSession session = TrainingSession.open(artifacts, checkpoint, SegmentationGraphs.INPUTS, 2, 1)) {
            Map<String, TrainingSession.Feed> feeds = new HashMap<>();
            SplittableRandom random = new SplittableRandom(1);
            for (String name : SegmentationGraphs.INPUTS) {
                int bands = name.equals("optical") ? 3 : 1;
                FloatBuffer buffer = ByteBuffer.allocateDirect(batch * bands * side * side * 4)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
                for (int i = 0; i < buffer.capacity(); i++) {
                    buffer.put(
                            i,
                            name.equals("target")
                                    ? (i % side < side / 3 ? 1 : 0)
                                    : name.equals("weight")
                                            ? 1
                                            : (float) random.nextDouble() + (i % side < side / 3 ? 1 : 0));
                }
                feeds.put(name, new TrainingSession.Feed(buffer, new long[] {batch, bands, side, side}));
            }
            long t = System.nanoTime();
            for (int i = 0; i < 15; i++) {
                double loss = session.trainStep(feeds, 0.002);
                long now = System.nanoTime();
                System.out.println(i + " " + loss + " " + batch / ((now - t) / 1e9) + " img/s");
                t = now;
            }
            System.out.println(session.evaluate(feeds).get("loss").get(0));
            session.save(folder.resolve("x.ckpt"));
            Checkpoint.read(folder.resolve("x.ckpt"))
                    .requireFits(graphs.evaluation().graph(), folder);
            session.exportModel(folder.resolve("m.onnx"), graphs.outputs());
            assertThat(folder.resolve("m.onnx")).exists();
        }
    }
}
