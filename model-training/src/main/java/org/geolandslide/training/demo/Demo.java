package org.geolandslide.training.demo;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.OutputFile;
import org.geolandslide.model.command.ConsoleProgress;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.io.GeoJsonFile;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.segmentation.map.LandslideMap;
import org.geolandslide.segmentation.product.Provenance;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.data.SceneFolder;
import org.geolandslide.training.evaluation.Confusion;
import org.geolandslide.training.evaluation.Evaluation;
import org.geolandslide.training.evaluation.SceneEvaluator;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import org.geolandslide.training.trainer.Exporter;
import org.geolandslide.training.trainer.RunFolder;
import org.geolandslide.training.trainer.Trainer;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.data.util.DefaultProgressListener;
import org.geotools.feature.NameImpl;
import org.geotools.process.Processors;

/**
 * Generates scenes, trains on one of them, packages the model, and maps another one through the process
 * {@code landslide:Segment}, as GeoServer does.
 */
public final class Demo {
    private static final int TRAINING_SIDE = 1024;
    private static final int VALIDATION_SIDE = 512;
    private static final int UNSEEN_SIDE = 2048;
    /** Square metres below which a landslide is dropped. */
    private static final double LEAST_AREA = 100;
    /** Where the process looks for its models. */
    private static final String MODELS_PROPERTY = "landslide.models";

    private final Path folder;
    private final PrintWriter out;
    private final Trainer.Listener training;

    /**
     * A demonstration.
     *
     * @param folder folder for everything that is written
     * @param out console
     * @param training is told how the training goes
     */
    public Demo(Path folder, PrintWriter out, Trainer.Listener training) {
        this.folder = folder;
        this.out = out;
        this.training = training;
    }

    /** Does it all and returns the scores against the true mask of the mapped scene. */
    public Confusion run() throws IOException, OrtException {
        long start = System.nanoTime();
        OutputFile.requireWritable(folder.resolve("report.json"));
        heading(1, "generating three synthetic mountain scenes");
        Path scenes = folder.resolve("scenes");
        generate(3, TRAINING_SIDE, scenes.resolve("training"));
        generate(4, VALIDATION_SIDE, scenes.resolve("validation"));
        generate(7, UNSEEN_SIDE, scenes.resolve("unseen"));

        heading(2, "training the fusion network with ONNX Runtime");
        Path run = folder.resolve("run");
        removeOldRun(run);
        Trainer.train(config(), scenes, run, false, training);

        heading(3, "exporting and verifying the model package");
        Path models = folder.resolve("models");
        ModelPackage model = Exporter.export(run, models.resolve("synthetic-fusion.zip"));
        out.printf(
                Locale.ROOT,
                "%s: golden sample reproduced, threshold %.2f, checksum %s%n",
                model.description().name(),
                model.description().threshold(),
                model.checksum());

        heading(4, "segmenting a scene that it has never seen, through landslide:Segment");
        System.setProperty(MODELS_PROPERTY, models.toAbsolutePath().toString());
        Confusion truth =
                segment(SceneFolder.find(scenes.resolve("unseen"), List.of()).get(0), model);

        heading(5, "done");
        out.printf(
                Locale.ROOT,
                "against the true mask: precision %.3f  recall %.3f  F1 %.3f  IoU %.3f%n",
                truth.precision(),
                truth.recall(),
                truth.f1(),
                truth.iou());
        for (String file : List.of("map.png", "probability.tif", "mask.tif", "landslides.geojson", "report.json")) {
            out.println("  " + folder.resolve(file));
        }
        out.printf(Locale.ROOT, "in %.0f s%n", (System.nanoTime() - start) / 1e9);
        out.flush();
        return truth;
    }

    private void heading(int number, String text) {
        out.printf("%n[%d/5] %s%n", number, text);
        out.flush();
    }

    private void generate(long seed, int side, Path target) throws IOException {
        SceneWriter.write(SyntheticScene.generate(SceneSpecification.of(seed, side, side)), target);
        out.printf("%d x %d pixels of 2 m, seed %d: %s%n", side, side, seed, target);
        out.flush();
    }

    private static TrainingConfig config() throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream("demo.yaml")) {
            if (in == null) {
                throw new IllegalStateException("demo.yaml is missing from the class path");
            }
            return ConfigFile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "demo.yaml");
        }
    }

    /** Makes room for a new run, if what is there is a run of this demonstration or the beginning of one. */
    static void removeOldRun(Path root) throws IOException {
        if (Files.exists(root)) {
            if (!isOwnRun(root)) {
                throw new IOException(root + " holds something else; choose another folder for the demonstration");
            }
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean isOwnRun(Path root) throws IOException {
        Path config = new RunFolder(root).config();
        if (Files.exists(config)) {
            return ConfigFile.readName(config).equals(config().name());
        }
        try (Stream<Path> files = Files.list(root)) {
            return files.allMatch(new RunFolder(root).artifacts()::equals);
        }
    }

    private static Provenance provenance(String product, ModelPackage model) {
        ModelDescription description = model.description();
        return new Provenance(product, description.name(), model.checksum(), description.threshold());
    }

    private Confusion segment(SceneFolder.Scene scene, ModelPackage model) throws IOException {
        try (GeoTiffFile optical = GeoTiffFile.open(scene.optical());
                GeoTiffFile elevation = GeoTiffFile.open(scene.requireElevation());
                ConsoleProgress progress = ConsoleProgress.start("segment", "percent", out)) {
            Map<String, Object> inputs = new LinkedHashMap<>();
            inputs.put("optical", optical.coverage());
            inputs.put("dem", elevation.coverage());
            inputs.put("minArea", LEAST_AREA);
            inputs.put("model", model.description().name());
            Map<String, Object> results = Processors.createProcess(new NameImpl("landslide", "Segment"))
                    .execute(inputs, new PercentListener(progress));
            GridCoverage2D probability = (GridCoverage2D) result(results, "probability");
            SimpleFeatureCollection features = (SimpleFeatureCollection) result(results, "features");
            GridCoverage2D mask = (GridCoverage2D) result(results, "mask");
            GeoTiffFile.write(probability, folder.resolve("probability.tif"), provenance("probability", model));
            GeoTiffFile.write(mask, folder.resolve("mask.tif"), provenance("mask", model));
            GeoJsonFile.write(features, folder.resolve("landslides.geojson"));
            double threshold = model.description().threshold();
            Confusion truth =
                    SceneEvaluator.compare(mask.getRenderedImage(), SceneFolder.labels(scene, RasterGrid.of(mask)));
            writeReport(result(results, "report").toString(), truth);
            BufferedImage map = LandslideMap.draw(
                    optical.coverage(),
                    model.description().inputs().get(0).shownBands(),
                    probability,
                    features,
                    threshold,
                    "Landslides in a synthetic mountain scene",
                    List.of(
                            "Model: " + model.description().name(),
                            String.format(Locale.ROOT, "Minimum area: %.0f m²", LEAST_AREA),
                            String.format(
                                    Locale.ROOT, "Against the true mask: F1 %.2f, IoU %.2f", truth.f1(), truth.iou())));
            OutputFile.write(folder.resolve("map.png"), unfinished -> ImageIO.write(map, "png", unfinished.toFile()));
            return truth;
        }
    }

    /** Shows the process's progress. */
    private static final class PercentListener extends DefaultProgressListener {
        private final ConsoleProgress progress;

        PercentListener(ConsoleProgress progress) {
            this.progress = progress;
        }

        @Override
        public void progress(float percent) {
            super.progress(percent);
            progress.at(Math.round(percent), 100);
        }
    }

    private static Object result(Map<String, Object> results, String name) {
        Object value = results.get(name);
        if (value == null) {
            throw new IllegalStateException("landslide:Segment gave no " + name);
        }
        return value;
    }

    private void writeReport(String report, Confusion truth) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = (ObjectNode) mapper.readTree(report);
        Evaluation.putPixelScores(root.putObject("truth"), truth);
        OutputFile.write(
                folder.resolve("report.json"),
                unfinished -> Files.writeString(unfinished, root.toPrettyString() + "\n"));
    }
}
