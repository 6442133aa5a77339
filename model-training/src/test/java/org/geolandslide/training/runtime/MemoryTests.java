package org.geolandslide.training.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.geolandslide.training.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of a long training. */
class MemoryTests {
    private static final int STEPS = 1000;
    private static final int DISTANCE = 50;
    private static final int WARM_UP = 300;
    /** Percent; what was measured was a tenth of one (docs/onnxruntime-training.md). */
    private static final int MOST_GROWTH = 2;

    @TempDir
    private Path folder;

    @Test
    void a_training_of_many_steps_needs_no_more_memory_in_the_end_than_in_the_beginning() throws Exception {
        Path output = folder.resolve("output.txt");
        Process training = ChildJvm.start(folder, 64, output, LongTraining.class, folder, STEPS, DISTANCE);
        int exitCode = training.waitFor();
        List<String> printed = Files.readAllLines(output);
        assertThat(exitCode).as("%s", printed).isZero();
        List<Long> kilobytes = printed.stream()
                .map(line -> Long.valueOf(line.substring(line.indexOf(' ') + 1)))
                .toList();
        assertThat(kilobytes).hasSize(STEPS / DISTANCE);
        int warm = WARM_UP / DISTANCE;
        int window = (kilobytes.size() - warm) / 2;
        long early = median(kilobytes.subList(warm, warm + window));
        long late = median(kilobytes.subList(warm + window, kilobytes.size()));
        assertThat(late).as("resident kilobytes: %s", kilobytes).isLessThanOrEqualTo(early * (100 + MOST_GROWTH) / 100);
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
