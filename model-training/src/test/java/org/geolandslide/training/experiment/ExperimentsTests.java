package org.geolandslide.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.DataFormat;
import org.geolandslide.training.config.SourceConfig;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.data.TinyLandslide4Sense;
import org.geolandslide.training.trainer.EpochMetrics;
import org.geolandslide.training.trainer.RunState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of every table that ships starts, takes steps, is exported and measured, at a tiny width on synthetic chips. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExperimentsTests {
    private static final Path TABLES = Path.of("..", "experiments", "tables");
    private static final int SIDE = 32;
    private static final int CHIPS = 4;
    /** What makes a row tiny. */
    private static final String TINY =
            """
            network: {width: 2}
            window: 32
            batch: 2
            epochs: 1
            threads: 1
            data:
              training: [{format: chips, path: training}]
              validation: [{format: chips, path: validation}]
            """;

    @TempDir
    private static Path data;

    @TempDir
    private static Path out;

    @BeforeAll
    void writeChips() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        int first = 1;
        for (String part : List.of("training", "validation", "test")) {
            TinyLandslide4Sense.write(data.resolve("spectral-" + part), first, CHIPS, SIDE);
            first += CHIPS;
        }
        for (String part : List.of("training", "validation", "test")) {
            for (int chip = 0; chip < CHIPS; chip++) {
                writeChip(data.resolve(part), part + chip, random);
            }
        }
    }

    /** Grey ground with a red square, the landslide, on a plane. */
    private static void writeChip(Path folder, String name, SplittableRandom random) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        BufferedImage mask = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage dem = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        int left = random.nextInt(SIDE / 2);
        int top = random.nextInt(SIDE / 2);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean landslide = x >= left && x < left + SIDE / 2 && y >= top && y < top + SIDE / 2;
                int grey = 80 + random.nextInt(40);
                image.setRGB(x, y, landslide ? 0xB04020 : grey << 16 | grey << 8 | grey);
                mask.getRaster().setSample(x, y, 0, landslide ? 255 : 0);
                dem.getRaster().setSample(x, y, 0, 2 * x + y);
            }
        }
        write(image, folder.resolve("image").resolve(name + ".png"));
        write(mask, folder.resolve("mask").resolve(name + ".png"));
        write(dem, folder.resolve("dem").resolve(name + ".png"));
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    static Stream<String> tables() throws IOException {
        try (Stream<Path> files = Files.list(TABLES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    private TableRunner runner(Recorder recorder) {
        return new TableRunner(data, out, ExperimentsTests::tinyConfig, recorder);
    }

    private static TrainingConfig tinyConfig(Path file) throws IOException {
        boolean spectral = ConfigFile.read(file).data().training().get(0).format() == DataFormat.LANDSLIDE4SENSE;
        return ConfigFile.read(
                file, spectral ? TINY.replace("chips, path: ", "landslide4sense, path: spectral-") : TINY);
    }

    private static ExperimentTable tiny(ExperimentTable table) {
        List<ExperimentTable.Row> rows = new ArrayList<>();
        for (ExperimentTable.Row row : table.rows()) {
            boolean spectral = table.testOf(row).format() == DataFormat.LANDSLIDE4SENSE;
            SourceConfig test = new SourceConfig(
                    spectral ? DataFormat.LANDSLIDE4SENSE : DataFormat.CHIPS,
                    spectral ? "spectral-test" : "test",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
            rows.add(new ExperimentTable.Row(row.name(), row.config(), row.figures(), test));
        }
        return new ExperimentTable(table.title(), table.paper(), table.note(), null, table.thresholds(), rows);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void every_row_runs(String name) throws Exception {
        Path file = TABLES.resolve(name);
        ExperimentTable table = tiny(ExperimentTable.read(file));
        List<TableLine> lines = runner(new Recorder()).run(table, file, name.replace(".yaml", ""), List.of());
        int linesPerRow = table.thresholds() == null ? 1 : table.thresholds().size();
        assertThat(lines).hasSize(linesPerRow * table.rows().size());
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.samples()).isEqualTo(CHIPS);
            assertThat(line.epochs()).isEqualTo(1);
            assertThat(line.f1()).isBetween(0.0, 1.0);
        });
        String markdown = Files.readString(out.resolve(name.replace(".yaml", ".md")));
        table.rows().forEach(row -> assertThat(markdown).contains("| " + row.name() + " |"));
        assertThat(markdown).contains(table.paper()).doesNotContain("have not been run");
        assertThat(Files.readAllLines(out.resolve(name.replace(".yaml", ".csv"))))
                .hasSize(1 + lines.size());
    }

    /** Nothing but what is said of it: the configurations that ship measure on what no row was trained or validated on. */
    @ParameterizedTest
    @MethodSource("tables")
    void the_test_of_a_table_is_unseen(String name) throws IOException {
        Path file = TABLES.resolve(name);
        ExperimentTable table = ExperimentTable.read(file);
        for (ExperimentTable.Row row : table.rows()) {
            TrainingConfig config = ConfigFile.read(file.resolveSibling(row.config()));
            assertThat(Stream.concat(config.data().training().stream(), config.data().validation().stream()))
                    .noneMatch(source -> source.sharesWith(table.testOf(row)));
        }
    }

    @Test
    void a_stopped_table_goes_on_where_it_was() throws Exception {
        Path file = TABLES.resolve("rmau-net-4.yaml");
        ExperimentTable whole = tiny(ExperimentTable.read(file));
        ExperimentTable table = new ExperimentTable(
                "Two rows",
                whole.paper(),
                whole.note(),
                whole.test(),
                null,
                whole.rows().subList(0, 2));
        Recorder stopped = new Recorder();
        stopped.stopAtRow = 2;
        assertThatThrownBy(() -> runner(stopped).run(table, file, "two", List.of()))
                .isInstanceOf(Stop.class);
        assertThat(Files.readString(out.resolve("two.md"))).contains("1 rows have not been run yet");
        FileTime model = Files.getLastModifiedTime(out.resolve("rmau-net-4-cross-entropy.zip"));
        Recorder again = new Recorder();
        assertThat(runner(again).run(table, file, "two", List.of())).hasSize(2);
        assertThat(Files.getLastModifiedTime(out.resolve("rmau-net-4-cross-entropy.zip")))
                .isEqualTo(model);
        assertThat(again.epochs).isLessThanOrEqualTo(1);
        Recorder third = new Recorder();
        assertThat(runner(third).run(table, file, "two", List.of())).hasSize(2);
        assertThat(third.epochs).isZero();
    }

    @Test
    void a_test_that_shares_samples_is_refused() throws IOException {
        Path file = TABLES.resolve("rmau-net-4.yaml");
        ExperimentTable table = ExperimentTable.read(file);
        ExperimentTable.Row first = table.rows().get(0);
        ExperimentTable sharing = new ExperimentTable(
                table.title(),
                table.paper(),
                table.note(),
                null,
                null,
                List.of(new ExperimentTable.Row(
                        first.name(),
                        first.config(),
                        null,
                        new SourceConfig(DataFormat.CHIPS, "validation", null, null, null, null, null, null, null))));
        assertThatThrownBy(() -> runner(new Recorder()).run(sharing, file, "x", List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "the test of the table shares samples of validation with the row 'Cross-entropy'");
    }

    @Test
    void an_unknown_row_is_refused() {
        Path file = TABLES.resolve("rmau-net-9.yaml");
        assertThatThrownBy(() -> runner(new Recorder()).run(file, List.of("U-Nett")))
                .hasMessage("the table has no row 'U-Nett'; there are [RMAU-Net]");
    }

    /** Stops a table, as a power cut would. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Recorder implements TableRunner.Listener {
        private int epochs;
        private int stopAtRow;
        private final List<String> rows = new ArrayList<>();

        @Override
        public void row(int number, int count, String name) {
            rows.add(name);
            if (number == stopAtRow) {
                throw new Stop();
            }
        }

        @Override
        public void measured(List<TableLine> lines) {
            assertThat(lines).isNotEmpty();
        }

        @Override
        public void startsFrom(Path source, int epoch, List<String> kept, List<String> anew) {
            assertThat(kept).isNotEmpty();
        }

        @Override
        public void begins(RunState state, TrainingConfig config) {
            assertThat(state.parameters()).isPositive();
        }

        @Override
        public void step(int epoch, long done, long total) {
            assertThat(done).isBetween(1L, total);
        }

        @Override
        public void epoch(EpochMetrics metrics, int count, double secondsLeft) {
            epochs++;
        }
    }
}
