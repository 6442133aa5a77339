package org.geolandslide.segmentation.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.geolandslide.segmentation.engine.BlendBenchmark;
import org.geolandslide.segmentation.engine.GatherBenchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks of what the engine does besides running the model. */
final class HotPaths {
    static final List<Class<?>> BENCHMARKS =
            List.of(GatherBenchmark.class, BlendBenchmark.class, ThresholdBenchmark.class, PolygoniseBenchmark.class);

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private HotPaths() {}

    /**
     * What was measured.
     *
     * @param path what is done: {@code gather}, {@code blend}, {@code threshold}, {@code polygonise}
     * @param pixels on what, in small letters; empty where there is one case only
     * @param microseconds mean of one time
     * @param error half the width of the 99.9 % confidence interval of the mean; NaN where there are too few measurements
     * @param allocatedBytes on the Java heap, per time
     */
    record Figure(String path, String pixels, double microseconds, double error, double allocatedBytes) {}

    /**
     * Measures each in a process of its own.
     *
     * @param done is told how many of the {@link #BENCHMARKS} have been measured
     */
    static List<Figure> measure(IntConsumer done) throws RunnerException {
        List<Figure> figures = new ArrayList<>();
        for (Class<?> benchmark : BENCHMARKS) {
            figures.addAll(run(
                    benchmark,
                    new OptionsBuilder()
                            .forks(1)
                            .warmupIterations(4)
                            .warmupTime(TimeValue.seconds(1))
                            .measurementIterations(8)
                            .measurementTime(TimeValue.seconds(1))));
            done.accept(BENCHMARKS.indexOf(benchmark) + 1);
        }
        return figures;
    }

    /** Runs a benchmark with all its parameters. */
    static List<Figure> run(Class<?> benchmark, ChainedOptionsBuilder how) throws RunnerException {
        Collection<RunResult> results = new Runner(how.include(Pattern.quote(benchmark.getName() + "."))
                        .addProfiler(GCProfiler.class)
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        return results.stream().map(HotPaths::figure).toList();
    }

    private static Figure figure(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        @SuppressWarnings("rawtypes") // JMH has it so.
        Map<String, Result> others = result.getSecondaryResults();
        String pixels = result.getParams().getParam("pixels");
        return new Figure(
                time.getLabel(),
                pixels == null ? "" : pixels.toLowerCase(Locale.ROOT),
                time.getScore(),
                time.getScoreError(),
                others.get(ALLOCATED).getScore());
    }
}
