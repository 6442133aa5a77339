package org.geolandslide.training.split;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.geolandslide.model.Checksum;
import org.geolandslide.training.config.Blocks;
import org.geolandslide.training.config.DataConfig;
import org.geolandslide.training.config.SourceConfig;
import org.geolandslide.training.data.SampleFile;

/**
 * The samples that took part in the making of a model, {@code samples.csv}. Samples are told apart by the bytes of their image files:
 * names clash between datasets, and folders move.
 *
 * @param all in the order of the configuration, each once
 */
public record UsedSamples(List<UsedSample> all) {
    private static final CsvMapper CSV = CsvMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final CsvSchema SCHEMA = CSV.schemaFor(UsedSample.class).withHeader();

    public UsedSamples {
        all = List.copyOf(new LinkedHashSet<>(all));
    }

    /**
     * Finds the samples of a configuration.
     *
     * @param data folder that the configuration's paths are relative to
     * @throws IOException if one is not there or cannot be read
     */
    public static UsedSamples find(DataConfig config, Path data) throws IOException {
        List<UsedSample> samples = new ArrayList<>();
        add(Use.TRAINING, config.training(), data, samples);
        add(Use.VALIDATION, config.validation(), data, samples);
        return new UsedSamples(samples);
    }

    private static void add(Use use, List<SourceConfig> sources, Path data, List<UsedSample> samples)
            throws IOException {
        for (SourceConfig source : sources) {
            Blocks blocks = source.blocks();
            for (SampleFile file : source.files(data)) {
                samples.add(new UsedSample(
                        use,
                        source.path(),
                        source.format(),
                        file.name(),
                        blocks == null ? "" : blocks.toString(),
                        "",
                        Checksum.of(file.image())));
            }
        }
    }

    /**
     * The samples together with those of the run whose weights this one starts from, which shaped the model as well.
     *
     * @param run name of the earlier run
     */
    public UsedSamples after(UsedSamples earlier, String run) {
        List<UsedSample> both = new ArrayList<>(all);
        earlier.all.forEach(sample -> both.add(sample.inRun(run)));
        return new UsedSamples(both);
    }

    /**
     * Refuses a validation sample that was trained on, by this run or one before it.
     *
     * @throws IOException naming both
     */
    public void requireApart() throws IOException {
        Map<String, List<UsedSample>> training = new HashMap<>();
        for (UsedSample sample : all) {
            if (sample.use() == Use.TRAINING) {
                training.computeIfAbsent(sample.fingerprint(), key -> new ArrayList<>())
                        .add(sample);
            }
        }
        for (UsedSample sample : all) {
            if (sample.use() == Use.VALIDATION && sample.run().isEmpty()) {
                for (UsedSample other : training.getOrDefault(sample.fingerprint(), List.of())) {
                    if (sample.overlaps(other)) {
                        throw new IOException("training and validation share an image: " + other + " and " + sample
                                + " are the same");
                    }
                }
            }
        }
    }

    /**
     * Refuses other samples than those with which the run was begun; what an earlier run used is not looked at.
     *
     * @param now the samples that the configuration names now
     * @throws IOException naming a sample that differs
     */
    public void requireSame(UsedSamples now) throws IOException {
        Set<UsedSample> before = new LinkedHashSet<>(all);
        before.removeIf(sample -> !sample.run().isEmpty());
        Set<UsedSample> gone = new LinkedHashSet<>(before);
        now.all.forEach(gone::remove);
        Set<UsedSample> added = new LinkedHashSet<>(now.all);
        added.removeIf(sample -> before.contains(sample) || !sample.run().isEmpty());
        if (!gone.isEmpty() || !added.isEmpty()) {
            throw new IOException("the run was begun with other samples: " + gone.size() + " of " + before.size()
                    + " are not there or have changed, " + added.size() + " are new or have changed; the first is "
                    + (gone.isEmpty() ? added : gone).iterator().next());
        }
    }

    /** The samples as CSV with a header. */
    public String toCsv() {
        try {
            return CSV.writer(SCHEMA).writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table of texts is always CSV", e);
        }
    }

    /**
     * Reads what {@link #toCsv()} writes.
     *
     * @param source what the text is, for messages
     * @throws IOException if it is something else
     */
    public static UsedSamples parse(String csv, String source) throws IOException {
        try (MappingIterator<UsedSample> rows = CSV.readerFor(UsedSample.class)
                .with(SCHEMA.withColumnReordering(true))
                .readValues(csv)) {
            return new UsedSamples(rows.readAll());
        } catch (JsonProcessingException e) {
            throw new IOException(source + " is not a list of samples: " + e.getOriginalMessage(), e);
        }
    }
}
