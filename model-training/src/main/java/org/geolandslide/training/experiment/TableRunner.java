package org.geolandslide.training.experiment;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.OutputFile;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geolandslide.training.config.DataFormat;
import org.geolandslide.training.config.SourceConfig;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.data.SampleFile;
import org.geolandslide.training.data.SceneFolder;
import org.geolandslide.training.evaluation.ChipEvaluator;
import org.geolandslide.training.evaluation.Confusion;
import org.geolandslide.training.evaluation.Evaluation;
import org.geolandslide.training.evaluation.Interval;
import org.geolandslide.training.evaluation.SceneEvaluator;
import org.geolandslide.training.split.Admission;
import org.geolandslide.training.split.Selection;
import org.geolandslide.training.split.UsedSamples;
import org.geolandslide.training.trainer.Exporter;
import org.geolandslide.training.trainer.RunFolder;
import org.geolandslide.training.trainer.RunState;
import org.geolandslide.training.trainer.Trainer;

/**
 * Runs the rows of a table one after the other: trains, exports, measures. After a stop it goes on where it was: rows that were measured are
 * not measured again, and a training goes on after its last epoch. Rows of several tables that name the same configuration share its run.
 */
public final class TableRunner {
    /** A result that lacks a field was written by another version of this software. */
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Path data;
    private final Path out;
    private final Configurations configurations;
    private final Listener listener;

    /** Where the configurations come from. */
    @FunctionalInterface
    public interface Configurations {
        TrainingConfig read(Path file) throws IOException;
    }

    /** Is told what happens. */
    public interface Listener extends Trainer.Listener {
        /** Called before a row is run. */
        void row(int number, int rows, String name);

        /** Called after a row was measured, or was found to be measured already. */
        void measured(List<TableLine> lines);
    }

    /**
     * A runner.
     *
     * @param data folder that the sources' paths are relative to
     * @param out folder of the runs, one per configuration, and of the results
     */
    public TableRunner(Path data, Path out, Configurations configurations, Listener listener) {
        this.data = data;
        this.out = out;
        this.configurations = configurations;
        this.listener = listener;
    }

    /**
     * Runs a table and writes {@code NAME.md} and {@code NAME.csv}, where NAME is that of the table's file; both are written anew after each
     * row.
     *
     * @param file the table's file
     * @param only names of the rows that are run; all if empty
     * @return the lines of the result
     * @throws IOException if a configuration or data cannot be read, a row of that name is not there, or the test shares samples with what a
     *     row is trained or validated on
     */
    public List<TableLine> run(Path file, List<String> only) throws IOException, OrtException {
        return run(ExperimentTable.read(file), file, resultName(file), only);
    }

    /**
     * Runs a table that was read.
     *
     * @param file the table's file, to which the names of the configurations are relative
     * @param stem name of the results
     */
    List<TableLine> run(ExperimentTable table, Path file, String stem, List<String> only)
            throws IOException, OrtException {
        requireRows(table, only);
        for (ExperimentTable.Row row : table.rows()) {
            requireUnseen(table, row, configurations.read(file.resolveSibling(row.config())));
        }
        List<TableLine> lines = new ArrayList<>();
        int number = 0;
        for (ExperimentTable.Row row : table.rows()) {
            number++;
            if (!only.isEmpty() && !only.contains(row.name())) {
                continue;
            }
            listener.row(number, table.rows().size(), row.name());
            List<TableLine> measured = run(table, row, file, stem);
            listener.measured(measured);
            lines.addAll(measured);
            TableReport.write(table, lines, out.resolve(stem + ".md"), out.resolve(stem + ".csv"));
        }
        return lines;
    }

    /** Name of a table's results, without an extension: that of its file. */
    public static String resultName(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("[.][^.]*$", "");
    }

    private static void requireRows(ExperimentTable table, List<String> only) throws IOException {
        List<String> names =
                table.rows().stream().map(ExperimentTable.Row::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new IOException("the table has no row '" + name + "'; there are " + names);
            }
        }
    }

    private static void requireUnseen(ExperimentTable table, ExperimentTable.Row row, TrainingConfig config)
            throws IOException {
        List<SourceConfig> seen = new ArrayList<>(config.data().training());
        seen.addAll(config.data().validation());
        for (SourceConfig source : seen) {
            if (source.sharesWith(table.testOf(row))) {
                throw new IOException("the test of the table shares samples of " + source.title() + " with the row '"
                        + row.name() + "'");
            }
        }
    }

    private List<TableLine> run(ExperimentTable table, ExperimentTable.Row row, Path file, String stem)
            throws IOException, OrtException {
        TrainingConfig config = configurations.read(file.resolveSibling(row.config()));
        Path folder = out.resolve(config.name());
        Path zip = out.resolve(config.name() + ".zip");
        RunFolder run = new RunFolder(folder);
        boolean finished = run.isBegun() && run.isFinished() && run.isOf(config);
        RunState state = finished ? run.readState() : Trainer.train(config, data, folder, true, listener);
        if (!finished || !Files.exists(zip)) {
            Exporter.export(folder, zip);
        }
        Path result = out.resolve(config.name() + "." + stem + ".json");
        ModelPackage model = ModelPackage.open(zip);
        String key = model.checksum() + " " + JSON.writeValueAsString(table.testOf(row)) + " " + table.thresholds()
                + " " + row.name() + " " + row.figures();
        if (Files.exists(result)) {
            Result before = read(result);
            if (before.key().equals(key)) {
                return before.lines();
            }
        }
        List<TableLine> lines = measure(table, row, model, state);
        OutputFile.write(result, unfinished -> JSON.writerWithDefaultPrettyPrinter()
                .writeValue(unfinished.toFile(), new Result(key, lines)));
        return lines;
    }

    /**
     * What was measured.
     *
     * @param key what it was measured with: another one makes it void
     * @param lines the row's lines
     */
    private record Result(String key, List<TableLine> lines) {}

    private static Result read(Path file) throws IOException {
        try {
            return JSON.readValue(file.toFile(), Result.class);
        } catch (JsonProcessingException e) {
            // Of another version of this software: measured again.
            return new Result("", List.of());
        }
    }

    private List<TableLine> measure(ExperimentTable table, ExperimentTable.Row row, ModelPackage model, RunState state)
            throws IOException {
        requireUnseen(model, table.testOf(row), row);
        ModelSession session = ModelSession.open(model, new Device.Cpu());
        List<Double> thresholds =
                table.thresholds() == null ? List.of(session.description().threshold()) : table.thresholds();
        List<TableLine> lines = new ArrayList<>();
        for (double threshold : thresholds) {
            Evaluation evaluation = evaluate(session, table.testOf(row), threshold);
            Confusion pixel = evaluation.pixel();
            Interval interval = evaluation.interval(Confusion::f1).orElse(new Interval(Double.NaN, Double.NaN));
            lines.add(new TableLine(
                    row.name(),
                    threshold,
                    pixel.f1(),
                    interval.least(),
                    interval.most(),
                    pixel.precision(),
                    pixel.recall(),
                    pixel.iou(),
                    pixel.meanIou(),
                    evaluation.image().f1(),
                    evaluation.image().accuracy(),
                    table.testOf(row).title(),
                    evaluation.samples(),
                    state.parameters(),
                    state.epochs(),
                    state.seconds() / 60,
                    row.figures() == null ? "not at hand" : row.figures()));
        }
        return lines;
    }

    /** What the configurations say is not enough: two folders can hold the same image. */
    private void requireUnseen(ModelPackage model, SourceConfig test, ExperimentTable.Row row) throws IOException {
        Optional<String> listed = model.samples();
        if (listed.isEmpty()) {
            throw new IOException("the model of the row '" + row.name() + "' does not say what it was trained on");
        }
        UsedSamples used = UsedSamples.parse(listed.get(), "samples.csv of the row '" + row.name() + "'");
        List<SampleFile> files = test.files(data);
        Selection selection = test.format() == DataFormat.SCENE
                ? Selection.ofScenes(files, used, Admission.UNSEEN)
                : Selection.ofChips(files, used, Admission.UNSEEN);
        int seen = files.size() - selection.measured().size();
        if (seen > 0) {
            throw new IOException("the model of the row '" + row.name() + "' was trained or validated on " + seen
                    + " of the " + files.size() + " samples of the table's test");
        }
    }

    private Evaluation evaluate(ModelSession session, SourceConfig test, double threshold) throws IOException {
        if (test.format() == DataFormat.SCENE) {
            List<String> scenes = test.scenes() == null ? List.of() : test.scenes();
            return new SceneEvaluator(session, threshold, Monitor.NONE)
                    .evaluate(SceneFolder.find(data.resolve(test.path()), scenes));
        }
        return new ChipEvaluator(session, threshold)
                .evaluate(test.read(data, session.description().inputs()), List.of());
    }
}
