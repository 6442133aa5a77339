package org.geolandslide.training.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.OutputFile;
import org.geolandslide.model.command.ConsoleProgress;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Resolution;
import org.geolandslide.training.config.DataFormat;
import org.geolandslide.training.config.Folds;
import org.geolandslide.training.config.Share;
import org.geolandslide.training.data.ChipFolder;
import org.geolandslide.training.data.Sample;
import org.geolandslide.training.data.SampleFile;
import org.geolandslide.training.data.SceneFolder;
import org.geolandslide.training.evaluation.AccuracyCurves;
import org.geolandslide.training.evaluation.ChipEvaluator;
import org.geolandslide.training.evaluation.Confusion;
import org.geolandslide.training.evaluation.Evaluation;
import org.geolandslide.training.evaluation.SceneEvaluator;
import org.geolandslide.training.runtime.TrainingRuntime;
import org.geolandslide.training.split.Admission;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code landslide evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures a model package on labelled data; counts are pooled over the set.",
            "Samples that the model was trained on are left out: those whose image files have the same bytes."
        })
final class EvaluateCommand implements Callable<Integer> {

    private static final int SHEET_ROWS = 12;

    @Option(names = "--model", required = true, paramLabel = "PACKAGE", description = "Model package, zip or folder.")
    private Path model = Path.of("");

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder of the data.")
    private Path data = Path.of("");

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "Layout of the data: ${COMPLETION-CANDIDATES} (any case).")
    private DataFormat format = DataFormat.CHIPS;

    @Option(
            names = "--scene",
            paramLabel = "NAME",
            description = "Scene that is taken, with --format scene; may be repeated; default: all.")
    private List<String> scenes = List.of();

    @ArgGroup(exclusive = false)
    private @Nullable Parts parts;

    /** Which chips are measured. */
    private static final class Parts {
        @Option(
                names = "--folds",
                required = true,
                paramLabel = "COUNT",
                description = "With chips: divide them by name into so many parts, as a configuration's 'folds' does,")
        private int count;

        @Option(
                names = "--take",
                required = true,
                split = ",",
                paramLabel = "N",
                description = "and measure only these, from 0.")
        private List<Integer> take = List.of();

        @Option(
                names = "--fold-seed",
                paramLabel = "SEED",
                defaultValue = "1",
                description = "Seed of the division; default: ${DEFAULT-VALUE}.")
        private long seed;
    }

    @Option(
            names = "--share",
            split = ",",
            arity = "1",
            paramLabel = "FROM,TO[,SEED]",
            hideParamSyntax = true,
            description =
                    "With chips: measure only this share of them by name, as a configuration's 'share' does, e.g. 0.7,1;"
                            + " default seed: 1.")
    private List<Double> share = List.of();

    @ArgGroup(exclusive = true)
    private @Nullable Known known;

    /** What becomes of samples that the model knows. */
    private static final class Known {
        @Option(names = "--with-training", description = "Measure samples that the model was trained on, too.")
        private boolean training;

        @Option(
                names = "--only-unseen",
                description = "Leave out samples on which the model's epoch and threshold were chosen, too.")
        private boolean unseen;
    }

    @Option(
            names = "--shifts",
            split = ",",
            paramLabel = "PX",
            description =
                    "With chips: measure F1 with the chips moved diagonally by so many pixels, too, e.g. 0,8,16,24,32.")
    private List<Integer> shifts = List.of();

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Probability from which a pixel counts as landslide; default: the model's own.")
    private @Nullable Double threshold;

    @Option(
            names = "--augment",
            description = "Average over the eight symmetries of each chip or window: eight times the work.")
    private boolean augment;

    @Option(
            names = "--resample",
            negatable = true,
            description =
                    "With scenes: bring them to the ground sample distance that the model was trained with, and its"
                            + " results back, or do not; default: as the model's package says.")
    private @Nullable Boolean resample;

    @Option(
            names = "--resolution",
            paramLabel = "M",
            description =
                    "With scenes: show the model pixels of so many metres, and bring its results back; instead of --resample.")
    private @Nullable Double resolution;

    @Option(names = "--sweep", description = "Print the scores at the thresholds 0.1 to 0.9, too.")
    private boolean sweep;

    @Option(
            names = "--sheet",
            paramLabel = "F.png",
            description =
                    "With chips: draw twelve of them, from the worst to the best: image, truth, prediction, attention.")
    private @Nullable Path sheet;

    @Option(
            names = "--curves",
            paramLabel = "F.png",
            description = "Draw precision over recall and the reliability of the probabilities.")
    private @Nullable Path curves;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the scores as JSON.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (format == DataFormat.SCENE && parts != null) {
            throw new ParameterException(spec.commandLine(), "--folds goes with chips, not with scenes");
        }
        if (!share.isEmpty() && (format == DataFormat.SCENE || parts != null)) {
            throw new ParameterException(spec.commandLine(), "--share goes with chips and without --folds");
        }
        Predicate<String> wanted = wanted();
        if (format == DataFormat.SCENE && !shifts.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--shifts goes with chips, not with scenes");
        }
        if (format != DataFormat.SCENE && !scenes.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--scene goes with --format scene");
        }
        if (format != DataFormat.SCENE && (resample != null || resolution != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--resample and --resolution go with --format scene; chips do not say how large their pixels are");
        }
        if (threshold != null && !(threshold > 0 && threshold < 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--threshold is " + threshold + ", expected a probability above 0 and below 1");
        }
        if (format == DataFormat.SCENE && sheet != null) {
            throw new ParameterException(
                    spec.commandLine(), "--sheet goes with chips; 'landslide segment --map' draws a scene");
        }
        for (Path file : new @Nullable Path[] {json, sheet, curves}) {
            if (file != null) {
                OutputFile.requireWritable(file);
            }
        }
        TrainingRuntime.environment();
        ModelPackage opened = ModelPackage.open(model);
        MeasuredSamples samples =
                MeasuredSamples.of(opened, files(wanted), format == DataFormat.SCENE, data, admission());
        PrintWriter out = spec.commandLine().getOut();
        samples.lines().forEach(out::println);
        out.flush();
        ModelSession session = ModelSession.open(opened, new Device.Cpu());
        Evaluation evaluation =
                evaluate(session, threshold == null ? session.description().threshold() : threshold, samples);
        samples.requireSome(data);
        samples.linesAfter().forEach(out::println);
        print(evaluation);
        if (curves != null) {
            BufferedImage drawn = AccuracyCurves.draw(session.description().name(), evaluation);
            OutputFile.write(curves, unfinished -> ImageIO.write(drawn, "png", unfinished.toFile()));
        }
        if (json != null) {
            ObjectNode scores = evaluation.toJson();
            scores.put("data", title());
            scores.putObject("model").put("name", session.description().name()).put("checksum", session.checksum());
            scores.put("augmented", augment);
            samples.putInto(scores);
            OutputFile.write(json, unfinished -> Files.writeString(unfinished, scores.toPrettyString() + "\n"));
        }
        return CommandLine.ExitCode.OK;
    }

    /** What is measured, in words. */
    private String title() {
        Path folder = data.toAbsolutePath().normalize();
        List<String> words = new ArrayList<>();
        words.add(
                folder.getParent() != null && folder.getParent().getFileName() != null && format == DataFormat.CHIPS
                        ? folder.getParent().getFileName() + "/" + folder.getFileName()
                        : String.valueOf(folder.getFileName()));
        words.addAll(scenes);
        if (parts != null) {
            words.add("parts " + parts.take + " of " + parts.count + ", seed " + parts.seed);
        }
        if (!share.isEmpty()) {
            words.add(share().toString());
        }
        if (known != null && known.unseen) {
            words.add("samples that took no part in training or in any choice");
        }
        if (resolution != null) {
            words.add("shown in pixels of " + resolution + " m");
        }
        return String.join(", ", words);
    }

    private Predicate<String> wanted() {
        try {
            if (!share.isEmpty()) {
                return share()::holds;
            }
            if (parts == null) {
                return name -> true;
            }
            return new Folds(parts.count, parts.take, parts.seed)::holds;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), (share.isEmpty() ? "--folds, --take: " : "--share: ") + e.getMessage(), e);
        }
    }

    private Share share() {
        if (share.size() < 2 || share.size() > 3 || (share.size() == 3 && share.get(2) != Math.rint(share.get(2)))) {
            throw new IllegalArgumentException(
                    "it is " + share + ", expected two numbers from 0 to 1 and perhaps a whole number as the seed");
        }
        return new Share(
                share.get(0), share.get(1), share.size() == 3 ? share.get(2).longValue() : 1);
    }

    private Admission admission() {
        if (known == null) {
            return Admission.NOT_TRAINED_ON;
        }
        return known.training ? Admission.ALL : known.unseen ? Admission.UNSEEN : Admission.NOT_TRAINED_ON;
    }

    private List<SampleFile> files(Predicate<String> wanted) throws IOException {
        if (format.chips().isPresent()) {
            return ChipFolder.find(data, format.chips().get()).stream()
                    .filter(chip -> wanted.test(chip.name()))
                    .toList();
        }
        return SceneFolder.find(data, scenes).stream()
                .map(scene -> new SampleFile(scene.name(), scene.optical()))
                .toList();
    }

    private Evaluation evaluate(ModelSession session, double atThreshold, MeasuredSamples samples) throws IOException {
        Set<Path> images = samples.files().stream().map(SampleFile::image).collect(Collectors.toSet());
        if (format.chips().isPresent()) {
            List<Sample> chips = ChipFolder.read(
                    data,
                    format.chips().get(),
                    session.description().inputs(),
                    (name, image) -> images.contains(image));
            ChipEvaluator evaluator = new ChipEvaluator(session, atThreshold, augment);
            Evaluation evaluation = evaluator.evaluate(chips, shifts);
            if (sheet != null) {
                BufferedImage drawn = evaluator
                        .sheet(chips, evaluation, SHEET_ROWS)
                        .orElseThrow(() -> new IOException("there is nothing to draw: no chip holds landslide"));
                OutputFile.write(sheet, unfinished -> ImageIO.write(drawn, "png", unfinished.toFile()));
            }
            return evaluation;
        }
        PrintWriter out = spec.commandLine().getOut();
        try (ConsoleProgress progress = ConsoleProgress.start("evaluate", "windows", out)) {
            List<SceneFolder.Scene> measured = SceneFolder.find(data, scenes).stream()
                    .filter(scene -> images.contains(scene.optical()))
                    .toList();
            Resolution shown = Resolution.of(resample, resolution);
            return new SceneEvaluator(session, atThreshold, augment, shown, progress::at).evaluate(measured, samples);
        }
    }

    private void print(Evaluation evaluation) {
        PrintWriter out = spec.commandLine().getOut();
        Confusion pixel = evaluation.pixel();
        Confusion image = evaluation.image();
        out.printf(Locale.ROOT, "%d samples, threshold %.2f%n", evaluation.samples(), evaluation.threshold());
        print("pixels: ", pixel, out);
        evaluation
                .interval(Confusion::f1)
                .ifPresent(interval -> out.printf(
                        Locale.ROOT,
                        "        F1 from %.3f to %.3f in 95 of 100 draws of the samples%n",
                        interval.least(),
                        interval.most()));
        if (format == DataFormat.SCENE && evaluation.samples() > 1) {
            evaluation.perSample().forEach(scene -> print("  " + scene.name() + ": ", scene.pixel(), out));
        }
        out.printf(
                Locale.ROOT,
                "images: F1 %.3f  accuracy %.3f  precision %.3f  recall %.3f%n",
                image.f1(),
                image.accuracy(),
                image.precision(),
                image.recall());
        out.printf(
                Locale.ROOT,
                "calibration: expected error %.3f%n",
                evaluation.scores().reliability().expectedError());
        if (sweep) {
            evaluation.sweep().forEach((at, counts) -> print(String.format(Locale.ROOT, "at %.1f: ", at), counts, out));
        }
        evaluation.shiftF1().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(entry -> out.printf(Locale.ROOT, "shift %d: F1 %.3f%n", entry.getKey(), entry.getValue()));
        out.flush();
    }

    private static void print(String what, Confusion pixel, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%sF1 %.3f  precision %.3f  recall %.3f  IoU %.3f  mean IoU %.3f%n",
                what,
                pixel.f1(),
                pixel.precision(),
                pixel.recall(),
                pixel.iou(),
                pixel.meanIou());
    }
}
