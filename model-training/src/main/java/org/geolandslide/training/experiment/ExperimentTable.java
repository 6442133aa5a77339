package org.geolandslide.training.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.geolandslide.training.config.SourceConfig;
import org.jspecify.annotations.Nullable;

/**
 * A table of a paper as an experiment.
 *
 * @param title what the table compares
 * @param paper the paper and the table's number
 * @param note what is different here, for the reader of the result
 * @param test what the rows are measured on that name nothing else; it must share nothing with what they are trained or validated on
 * @param thresholds thresholds at which each row is measured, one line for each; the model's own if null
 * @param rows the rows, in the order in which they are run
 */
public record ExperimentTable(
        @JsonProperty(required = true) String title,
        @JsonProperty(required = true) String paper,
        @JsonProperty(required = true) String note,
        @Nullable SourceConfig test,
        @Nullable List<Double> thresholds,
        @JsonProperty(required = true) List<Row> rows) {
    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * One row.
     *
     * @param name what the row is called
     * @param config its configuration, relative to the table's file
     * @param figures what the paper says of it, in words; null where it is not at hand
     * @param test what it is measured on; the table's test if null
     */
    public record Row(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String config,
            @Nullable String figures,
            @Nullable SourceConfig test) {}

    public ExperimentTable {
        rows = List.copyOf(rows);
        thresholds = thresholds == null ? null : List.copyOf(thresholds);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("the table '" + title + "' has no rows");
        }
        for (Row row : rows) {
            if (row.test() == null && test == null) {
                throw new IllegalArgumentException("neither the table nor its row '" + row.name() + "' has a test");
            }
        }
        for (double threshold : thresholds == null ? List.<Double>of() : thresholds) {
            if (!(threshold > 0 && threshold < 1)) {
                throw new IllegalArgumentException(
                        "thresholds names " + threshold + ", expected numbers above 0 and below 1");
            }
        }
    }

    /** What a row is measured on. */
    SourceConfig testOf(Row row) {
        return Objects.requireNonNull(row.test() == null ? test : row.test());
    }

    /**
     * Reads a table.
     *
     * @throws IOException naming the field if one is unknown, missing or out of range
     */
    public static ExperimentTable read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try {
            return MAPPER.readValue(file.toFile(), ExperimentTable.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": " + e.getOriginalMessage(), e);
        }
    }
}
