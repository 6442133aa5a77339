package org.geolandslide.training.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.geolandslide.model.OutputFile;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.split.UsedSamples;

/**
 * The folder of a run: {@code config.yaml}, {@code samples.csv}, {@code metrics.csv}, {@code loss.png}, {@code f1.png}, {@code run.json}, the
 * checkpoints of the last and of the best epoch (where weights are averaged, also their means), and the training session's models in {@code
 * artifacts}. Files are replaced whole and {@code run.json} is the last, so that a run can be stopped at any moment and goes on from the epoch
 * that is the last there.
 *
 * @param root the folder
 */
public record RunFolder(Path root) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CsvMapper CSV = CsvMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
            .build();
    private static final CsvSchema SCHEMA = CSV.schemaFor(EpochMetrics.class).withHeader();

    public Path config() {
        return root.resolve("config.yaml");
    }

    Path metrics() {
        return root.resolve("metrics.csv");
    }

    Path state() {
        return root.resolve("run.json");
    }

    /** Folder of the ONNX models that the training runs. */
    public Path artifacts() {
        return root.resolve("artifacts");
    }

    /** Checkpoint after so many epochs; the state says which ones are the last and the best. */
    Path checkpoint(int epochs) {
        return root.resolve(String.format(Locale.ROOT, "epoch-%04d.ckpt", epochs));
    }

    /** Mean of the weights after some epochs, of which this is the last. */
    Path average(int epochs) {
        return root.resolve(String.format(Locale.ROOT, "average-%04d.ckpt", epochs));
    }

    /** The weights that were validated after so many epochs: those of the epoch, or the mean over several. */
    Path weights(int epochs) {
        return Files.exists(average(epochs)) ? average(epochs) : checkpoint(epochs);
    }

    /** Deletes the checkpoints of all epochs but the last and the best. */
    void prune(RunState state) throws IOException {
        List<Path> kept = List.of(checkpoint(state.epochs()), average(state.epochs()), weights(state.bestEpoch()));
        try (DirectoryStream<Path> checkpoints = Files.newDirectoryStream(root, "{epoch,average}-*.ckpt")) {
            for (Path checkpoint : checkpoints) {
                if (!kept.contains(checkpoint)) {
                    Files.delete(checkpoint);
                }
            }
        }
    }

    /** Deletes the unfinished files that a process left here which was killed. */
    void removeUnfinished() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (DirectoryStream<Path> unfinished =
                Files.newDirectoryStream(root, "{.landslide*,.epoch-*.part,.average-*.part}")) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    /** Whether a run was begun here. */
    public boolean isBegun() {
        return Files.exists(state());
    }

    /** Whether the run has come to its last epoch, or stopped early. */
    public boolean isFinished() throws IOException {
        TrainingConfig config = readConfig();
        RunState state = readState();
        return state.epochs() >= config.epochs() || state.isStalled(config.patience());
    }

    /** Whether the run is of a configuration; the number of threads is that of a machine. */
    public boolean isOf(TrainingConfig config) throws IOException {
        return differences(config).isEmpty();
    }

    /** Fields in which the run's configuration differs from another one, with both values. */
    Map<String, String> differences(TrainingConfig config) throws IOException {
        Map<String, String> differences = new TreeMap<>(ConfigFile.differences(readConfig(), config));
        // The machine that goes on may have other cores.
        differences.remove("threads");
        return differences;
    }

    /** The configuration of the run. */
    public TrainingConfig readConfig() throws IOException {
        requireBegun();
        return ConfigFile.read(config());
    }

    void writeConfig(TrainingConfig config) throws IOException {
        OutputFile.write(config(), unfinished -> Files.writeString(unfinished, ConfigFile.toYaml(config)));
    }

    Path samples() {
        return root.resolve("samples.csv");
    }

    /** Whether the run says what it was trained and validated on, as runs of older versions do not. */
    boolean hasSamples() {
        return Files.exists(samples());
    }

    /** What the run was trained and validated on. */
    public UsedSamples readSamples() throws IOException {
        return UsedSamples.parse(Files.readString(samples()), samples().toString());
    }

    void writeSamples(UsedSamples used) throws IOException {
        OutputFile.write(samples(), unfinished -> Files.writeString(unfinished, used.toCsv()));
    }

    /** How far the run has come. */
    public RunState readState() throws IOException {
        requireBegun();
        try {
            return JSON.readValue(state().toFile(), RunState.class);
        } catch (JsonProcessingException e) {
            throw new IOException(state() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    void writeState(RunState state) throws IOException {
        OutputFile.write(
                state(), unfinished -> JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), state));
    }

    /** Metrics of the finished epochs. */
    public List<EpochMetrics> readMetrics() throws IOException {
        if (!Files.exists(metrics())) {
            return List.of();
        }
        try (MappingIterator<EpochMetrics> rows = CSV.readerFor(EpochMetrics.class)
                .with(SCHEMA.withColumnReordering(true))
                .readValues(metrics().toFile())) {
            return rows.readAll();
        } catch (JsonProcessingException e) {
            throw new IOException(metrics() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    void writeMetrics(List<EpochMetrics> metrics) throws IOException {
        OutputFile.write(metrics(), unfinished -> CSV.writer(SCHEMA).writeValue(unfinished.toFile(), metrics));
        OutputFile.write(root.resolve("loss.png"), unfinished -> Curves.loss(metrics, unfinished));
        OutputFile.write(root.resolve("f1.png"), unfinished -> Curves.f1(metrics, unfinished));
    }

    private void requireBegun() throws IOException {
        if (!isBegun()) {
            throw new IOException(root + " holds no run: there is no " + state().getFileName());
        }
    }
}
