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
import java.util.function.Consumer;

/** More and more users in the cache: what it takes to refresh all, and one among them. */
final class Users {
  /** Far from each other, and the same in every run. */
  private static final int STRIDE = 7_919;

  /** The publisher remembers ten times as many. */
  private static final int REMEMBERED = 1_000;

  private Users() {}

  static List<Result> measure(Run run, Backend backend) throws InterruptedException {
    List<Integer> steps = run.quick() ? List.of(100, 300, 1_000) : List.of(1_000, 10_000, 100_000);
    int refreshes = run.either(15, 300);
    warmUp(backend, run.either(200, 3_000));
    Growth all = new Growth("all refreshed, once each", "ms");
    Growth one = new Growth("one refresh, p50", "ms");
    Growth read = new Growth("one refresh with a read, p50", "ms");
    int there = 0;
    for (int users : steps) {
      // As many again each time, so that the amounts of work are those of the steps.
      all.add(name(users), users, refreshAll(backend, there, there + users), 1);
      there += users;
      int newest = Math.max(0, there - REMEMBERED);
      one.add(name(users), users, p50(newest, there, refreshes, backend::refresh), refreshes);
      read.add(
          name(users), users, p50(0, there, refreshes, backend::refreshUnremembered), refreshes);
      run.sampleNoise();
    }
    List<Result> results = new ArrayList<>(all.results("users", 1.1));
    results.addAll(one.results("users", 0.1));
    results.addAll(read.results("users", 0.1));
    return results;
  }

  private static String name(int users) {
    return String.format(Locale.ROOT, "%,d users", users);
  }

  private static void warmUp(Backend backend, int users) {
    double unused = refreshAll(backend, -users, 0);
    unused = p50(-users, 0, users / 10, backend::refresh);
    unused = p50(-users, 0, users / 10, backend::refreshUnremembered);
  }

  private static double refreshAll(Backend backend, int from, int to) {
    long begun = System.nanoTime();
    BulkReport report = backend.refreshAll(from, to);
    if (report.progress().failed() > 0) {
      throw new BenchmarkFailed("Some users could not be refreshed: " + report);
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  /** One after the other, of users between those two. */
  private static double p50(int from, int to, int refreshes, Consumer<String> refresh) {
    Samples samples = new Samples();
    for (int i = 0; i < refreshes; i++) {
      String user = Backend.user(from + (int) ((long) i * STRIDE % (to - from)));
      long begun = System.nanoTime();
      refresh.accept(user);
      samples.record(System.nanoTime() - begun);
    }
    return Objects.requireNonNull(samples.percentileMs(50));
  }
}
