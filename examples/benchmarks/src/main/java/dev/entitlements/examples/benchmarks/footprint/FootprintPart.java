package dev.entitlements.examples.benchmarks.footprint;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Threads, connections and heap of many viewers in one process. */
public final class FootprintPart implements Part {
  private static final int FEW = 100;
  private static final int MANY = 1_000;
  private static final double MOST_THREADS = 25;
  private static final double MOST_KB_EACH = 30;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LIMIT_OF_PLAIN = Duration.ofSeconds(35);

  /** For 100 and 1,000 viewers. */
  public FootprintPart() {}

  @Override
  public String name() {
    return "footprint";
  }

  @Override
  public String description() {
    return "Threads, connections and heap of 100 and 1,000 viewers in one process: watchers on one"
        + " runtime, and a pair of the SDK's clients each.";
  }

  @Override
  public Report run(Run run) throws Exception {
    String server = run.server().address();
    List<SessionToken> sessions;
    Census few;
    Census many;
    // Its process comes up during the logins.
    try (Crowd crowd = new Crowd("ours", server)) {
      try (ServerLink link = new ServerLink(server)) {
        sessions = Logins.of(MANY, link.credentials());
      }
      few = crowd.growTo(FEW, sessions, LIMIT);
      many = crowd.growTo(MANY, sessions, LIMIT);
    }
    run.sampleNoise();
    // It takes a quarter of the time that a quick run has.
    Map<Integer, Census> plain = run.quick() ? Map.of() : ofPlain(server, sessions);
    List<Result> results = new ArrayList<>(results(FEW, few, plain.get(FEW)));
    results.addAll(results(MANY, many, plain.get(MANY)));
    return Report.of(
        results,
        "Each in a process of its own; counted is what is there once all are live, beyond what was"
            + " there before the first. Heap is what is in use after a collection; buffers outside"
            + " the heap are not counted.",
        "plain  the pattern on Momento's official SDK 1.21.0: a CacheClient and a TopicClient for"
            + " each viewer"
            + (plain.containsKey(MANY)
                ? "."
                : run.quick()
                    ? "; not measured in a quick run."
                    : "; 1,000 were not up within the time that there is, so there are no figures."));
  }

  /** Of the sizes that it reaches in time: what there is of the peer counts. */
  private static Map<Integer, Census> ofPlain(String server, List<SessionToken> sessions)
      throws IOException, InterruptedException {
    Map<Integer, Census> reached = new HashMap<>();
    try (Crowd crowd = new Crowd("plain", server)) {
      for (int size : List.of(FEW, MANY)) {
        reached.put(size, crowd.growTo(size, sessions, LIMIT_OF_PLAIN));
      }
    } catch (BenchmarkFailed e) {
      if (reached.isEmpty()) {
        throw e;
      }
    }
    return reached;
  }

  private static List<Result> results(int viewers, Census mine, @Nullable Census theirs) {
    boolean many = viewers == MANY;
    return List.of(
        result(
            viewers,
            "threads",
            "",
            (double) mine.threads(),
            theirs == null ? null : (double) theirs.threads(),
            many ? Target.atMost(MOST_THREADS) : null),
        result(viewers, "connections", "", connections(mine), connections(theirs), null),
        result(
            viewers,
            "heap each",
            "KB",
            kilobytesEach(mine, viewers),
            theirs == null ? null : kilobytesEach(theirs, viewers),
            many ? Target.atMost(MOST_KB_EACH) : null));
  }

  private static Result result(
      int viewers,
      String what,
      String unit,
      @Nullable Double ours,
      @Nullable Double plain,
      @Nullable Target target) {
    return new Result(
        new Figure(
            "footprint",
            String.format(Locale.ROOT, "%,d viewers: %s", viewers, what),
            unit,
            ours,
            plain,
            "plain",
            1),
        target);
  }

  private static @Nullable Double connections(@Nullable Census census) {
    return census == null || census.connections() < 0 ? null : (double) census.connections();
  }

  private static double kilobytesEach(Census census, int viewers) {
    return census.heapBytes() / 1e3 / viewers;
  }
}
