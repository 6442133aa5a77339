package org.geolandslide.training.experiment;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.geolandslide.model.OutputFile;

/** Writes a table's result as Markdown and as CSV. */
final class TableReport {
    private static final CsvMapper CSV = CsvMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();
    private static final CsvSchema SCHEMA = CSV.schemaFor(TableLine.class).withHeader();

    private TableReport() {}

    static void write(ExperimentTable table, List<TableLine> lines, Path markdown, Path csv) throws IOException {
        OutputFile.write(markdown, unfinished -> Files.writeString(unfinished, markdown(table, lines)));
        OutputFile.write(csv, unfinished -> CSV.writer(SCHEMA).writeValue(unfinished.toFile(), lines));
    }

    static String markdown(ExperimentTable table, List<TableLine> lines) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(table.title()).append("\n\n");
        text.append("After ")
                .append(table.paper())
                .append(". ")
                .append(table.note().strip())
                .append("\n\n");
        Map<String, Integer> tests = new LinkedHashMap<>();
        lines.forEach(line -> tests.put(line.test(), line.samples()));
        text.append("Measured on ");
        text.append(tests.entrySet().stream()
                .map(test -> test.getKey() + ", " + test.getValue() + " samples")
                .collect(Collectors.joining("; ")));
        text.append(", which no training or choice has seen.\n\n");
        text.append(
                "| | threshold | pixel F1 (95 % interval) | precision | recall | IoU | mean IoU | image F1 | accuracy |"
                        + " parameters | epochs | minutes | paper |\n");
        text.append("|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (TableLine line : lines) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %s | %s | %s | %s | %s | %s | %s | %,d | %d | %.1f | %s |%n",
                    line.row(),
                    line.threshold(),
                    interval(line),
                    score(line.precision()),
                    score(line.recall()),
                    score(line.iou()),
                    score(line.meanIou()),
                    score(line.imageF1()),
                    score(line.imageAccuracy()),
                    line.parameters(),
                    line.epochs(),
                    line.minutes(),
                    line.paper()));
        }
        long run = lines.stream().map(TableLine::row).distinct().count();
        if (run < table.rows().size()) {
            text.append("\n").append(table.rows().size() - run).append(" rows have not been run yet.\n");
        }
        return text.toString();
    }

    private static String interval(TableLine line) {
        return Double.isNaN(line.f1Least())
                ? score(line.f1())
                : score(line.f1()) + " (" + score(line.f1Least()) + " to " + score(line.f1Most()) + ")";
    }

    private static String score(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
