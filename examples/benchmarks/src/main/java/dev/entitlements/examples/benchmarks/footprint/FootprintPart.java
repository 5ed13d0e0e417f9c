package dev.entitlements.examples.benchmarks.footprint;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.kit.ChildJvm;
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
    try (ServerLink link = new ServerLink(server)) {
      sessions = Logins.of(MANY, link.credentials());
    }
    Map<Integer, Census> ours =
        censuses("ours", server, sessions, List.of(FEW, MANY), Duration.ofSeconds(60));
    run.noise().sample();
    // It takes a quarter of the time that a quick run has.
    Map<Integer, Census> plain =
        run.quick()
            ? Map.of()
            : censuses("plain", server, sessions, List.of(FEW, MANY), Duration.ofSeconds(35));
    List<Result> results = new ArrayList<>(results(FEW, ours, plain));
    results.addAll(results(MANY, ours, plain));
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

  /** Those of all sizes that were reached in time. */
  static Map<Integer, Census> censuses(
      String peer, String address, List<SessionToken> sessions, List<Integer> sizes, Duration limit)
      throws IOException, InterruptedException {
    Map<Integer, Census> censuses = new HashMap<>();
    try (ChildJvm child = new ChildJvm(ViewersMain.class, peer, address)) {
      int opened = 0;
      for (int size : sizes) {
        sessions.subList(opened, size).forEach(session -> child.tell(session.toJson()));
        opened = size;
        censuses.put(size, Census.parse(child.ask(ViewersMain.COUNT, limit)));
      }
    } catch (BenchmarkFailed e) {
      if (censuses.isEmpty() || peer.equals("ours")) {
        throw e;
      }
      // What there is of the peer counts.
    }
    return censuses;
  }

  private static List<Result> results(
      int viewers, Map<Integer, Census> ours, Map<Integer, Census> plain) {
    Census mine = ours.get(viewers);
    if (mine == null) {
      throw new BenchmarkFailed("Nothing was counted for " + viewers);
    }
    Census theirs = plain.get(viewers);
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
