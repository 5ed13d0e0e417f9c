package dev.entitlements.examples.benchmarks.decide;

import dev.entitlements.Entitlements;
import dev.entitlements.client.EntitlementWatcher;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What JMH calls, in a JVM of its own: a running watcher, which is sent updates all the time by
 * another process, and a map in a volatile field beside it, which is replaced as often.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Decisions {
  private final Watched watched = Watched.open();
  private final EntitlementWatcher watcher = watched.watcher();

  /** Connects the watcher. */
  public Decisions() {}

  /** Disconnects it. */
  @TearDown
  public void close() {
    watched.close();
  }

  /** May she watch this? */
  @Benchmark
  public boolean isEntitled(Seen seen) {
    return watcher.isEntitled(Watched.GRANT);
  }

  /** What may she watch? */
  @Benchmark
  public Optional<Entitlements> current(Seen seen) {
    return watcher.current();
  }

  /** The least that a question about a copy that another thread replaces can cost. */
  @Benchmark
  public boolean map(Seen seen) {
    Map<String, ?> copy = watched.copy();
    return copy.containsKey(Watched.GRANT);
  }

  /** What it costs to know the time. */
  @Benchmark
  public long clock(Seen seen) {
    return System.nanoTime();
  }

  long changes() {
    return watched.changes();
  }
}
