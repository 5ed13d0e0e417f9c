package dev.entitlements.examples.benchmarks.decide;

import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import dev.entitlements.examples.benchmarks.world.ServerProcess;
import dev.entitlements.server.MomentoCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;

/** What a question to the local copy costs, by JMH, while the copy changes all the time. */
public final class DecidePart implements Part {
  private static final Duration UPDATE_INTERVAL = Duration.ofMillis(1);

  /** With updates at a rate that no user has. */
  public DecidePart() {}

  @Override
  public String name() {
    return "decide";
  }

  @Override
  public String description() {
    return "A call of isEntitled and of current while up to 1,000 updates a second come in: time and"
        + " allocation by JMH, beside a map in a volatile field.";
  }

  @Override
  public Report run(Run run) throws Exception {
    try (ServerProcess server = new ServerProcess();
        ServerLink link = new ServerLink(server.address());
        Updates updates = new Updates(plaintext(link))) {
      Jmh jmh = Jmh.of(run, updates.open());
      updates.begin(UPDATE_INTERVAL);
      Measured map = jmh.measure("map");
      Measured isEntitled = jmh.measure("isEntitled");
      Measured current = jmh.measure("current");
      List<Result> results = new ArrayList<>();
      results.add(
          new Result(
              figure("isEntitled", "ns", isEntitled.nanos(), map.nanos(), isEntitled),
              Target.atMost(40)));
      results.add(
          new Result(
              figure("current", "ns", current.nanos(), null, current), Target.atMost(40), "-"));
      results.add(allocation("isEntitled: allocation", isEntitled));
      results.add(allocation("current: allocation", current));
      return Report.of(results, notes(map, isEntitled, current));
    }
  }

  /** A forked JVM trusts nobody's certificate; what the network does is not measured here. */
  static CredentialProvider plaintext(ServerLink link) {
    return MomentoCredentials.of(link.credentials().getAuthToken(), link.plaintext().toString());
  }

  private static Result allocation(String name, Measured measured) {
    return new Result(figure(name, "B", measured.bytes(), null, measured), Target.atMost(0), "-");
  }

  private static Figure figure(
      String name, String unit, Double ours, @Nullable Double peer, Measured measured) {
    return new Figure(
        "decide", name, unit, ours, peer, peer == null ? "none" : "map", measured.iterations());
  }

  private static String[] notes(Measured map, Measured isEntitled, Measured current) {
    return new String[] {
      "map  containsKey of a Map in a volatile field, the least that such a question can cost",
      "By JMH, one fork each, one thread; samples are iterations. Updates seen meanwhile:"
          + String.format(
              Locale.ROOT,
              " %,.0f, %,.0f and %,.0f per second (map, isEntitled, current).",
              map.changesPerSecond(),
              isEntitled.changesPerSecond(),
              current.changesPerSecond()),
      "Allocation is that of the thread that asks, to a hundredth of a byte per call. JMH's GC profiler"
          + String.format(
              Locale.ROOT,
              " counts all threads, those that receive the updates too: %.3f, %.3f and %.3f B.",
              map.profiledBytes(),
              isEntitled.profiledBytes(),
              current.profiledBytes())
    };
  }
}
