package dev.entitlements.examples.benchmarks.decide;

import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What JMH found out about one method.
 *
 * @param nanos of one call, on average
 * @param bytes that the calling thread allocates in one call, to a hundredth
 * @param profiledBytes that all threads together allocate in the time of one call
 * @param changesPerSecond of the watcher's copy, meanwhile
 */
record Measured(
    double nanos, double bytes, double profiledBytes, double changesPerSecond, int iterations) {
  private static final String PROFILED = "gc.alloc.rate.norm";

  static Measured of(RunResult run) {
    double nanos = run.getPrimaryResult().getScore();
    double calls =
        run.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(Collection::stream)
            .map(IterationResult::getMetadata)
            .mapToLong(metadata -> metadata.getMeasuredOps())
            .sum();
    return new Measured(
        nanos,
        Math.round(score(run, "bytes") / calls * 100) / 100.0,
        score(run, PROFILED),
        score(run, "changes") / (calls * nanos / 1e9),
        (int) run.getPrimaryResult().getSampleCount());
  }

  private static double score(RunResult run, String name) {
    return run.getSecondaryResults().keySet().stream()
        .filter(key -> key.endsWith(name))
        .mapToDouble(key -> Objects.requireNonNull(run.getSecondaryResults().get(key)).getScore())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("JMH has no " + name));
  }
}
