package dev.entitlements.examples.benchmarks.scale;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.kit.Samples;
import dev.entitlements.server.BulkReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** More and more users in the cache: what it takes to refresh all, and one among them. */
final class Users {
  /** The same users in every run. */
  private static final int STRIDE = 7_919;

  private Users() {}

  static List<Result> measure(Run run, Backend backend) {
    List<Integer> steps = run.quick() ? List.of(100, 300, 1_000) : List.of(1_000, 10_000, 100_000);
    int refreshes = run.either(30, 300);
    warmUp(backend, run.either(200, 3_000));
    Growth all = new Growth("all refreshed, once each", "ms");
    Growth one = new Growth("one refresh, p50", "ms");
    int there = 0;
    for (int users : steps) {
      // As many again each time, so that the amounts of work are those of the steps.
      all.add(name(users), users, refreshAll(backend, there, there + users), 1);
      there += users;
      one.add(name(users), users, oneRefresh(backend, there, refreshes), refreshes);
      run.noise().sample();
    }
    List<Result> results = new ArrayList<>(all.results("users", 1.1));
    results.addAll(one.results("users", 0.1));
    return results;
  }

  private static String name(int users) {
    return String.format(Locale.ROOT, "%,d users", users);
  }

  private static void warmUp(Backend backend, int users) {
    double unused = refreshAll(backend, -users, 0);
  }

  private static double refreshAll(Backend backend, int from, int to) {
    long begun = System.nanoTime();
    BulkReport report = backend.refreshAll(from, to);
    if (report.progress().failed() > 0) {
      throw new BenchmarkFailed("Some users could not be refreshed: " + report);
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  /** One after the other, of users far from each other. */
  private static double oneRefresh(Backend backend, int users, int refreshes) {
    Samples samples = new Samples();
    for (int i = 0; i < refreshes; i++) {
      long begun = System.nanoTime();
      backend.refresh(Backend.user((int) ((long) i * STRIDE % users)));
      samples.record(System.nanoTime() - begun);
    }
    return Objects.requireNonNull(samples.percentileMs(50));
  }
}
