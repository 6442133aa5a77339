package org.geolandslide.segmentation.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The benchmarks run: once each, in this process. */
class HotPathsTests {

    @Test
    void every_benchmark_runs_and_tells_what_it_did_on_what() throws RunnerException {
        // JMH lets one process on a machine measure at a time; this one measures nothing.
        System.setProperty("jmh.ignoreLock", "true");
        List<HotPaths.Figure> figures = new ArrayList<>();
        for (Class<?> benchmark : HotPaths.BENCHMARKS) {
            figures.addAll(HotPaths.run(
                    benchmark,
                    new OptionsBuilder()
                            .mode(Mode.SingleShotTime)
                            .forks(0)
                            .warmupIterations(0)
                            .measurementIterations(1)));
        }
        assertThat(figures)
                .extracting(figure -> (figure.path() + " " + figure.pixels()).strip())
                .containsExactlyInAnyOrder(
                        "gather valid",
                        "gather nodata",
                        "gather edge",
                        "gather resampled",
                        "blend",
                        "threshold",
                        "polygonise patches",
                        "polygonise noise");
        assertThat(figures).allSatisfy(figure -> {
            assertThat(figure.microseconds()).isPositive();
            assertThat(figure.allocatedBytes()).isPositive();
        });
    }
}
