package dev.entitlements.examples.benchmarks.decide;

import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.world.Document;
import dev.entitlements.examples.benchmarks.world.ServerLink;
import dev.entitlements.server.MomentoCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import momento.sdk.auth.CredentialProvider;
import org.jspecify.annotations.Nullable;

/** What a question to the local copy costs, by JMH, while the copy changes all the time. */
public final class DecidePart implements Part {
  private static final Duration UPDATE_INTERVAL = Duration.ofMillis(10);
  private static final int BYTES = 600;

  /** With updates at a rate that no user has. */
  public DecidePart() {}

  @Override
  public String name() {
    return "decide";
  }

  @Override
  public String description() {
    return "A call of isEntitled and of current while up to 100 updates a second come in: time and"
        + " allocation by JMH, beside a map in a volatile field and the clock.";
  }

  @Override
  public Report run(Run run) throws Exception {
    try (ServerLink link = new ServerLink(run.server().address())) {
      // In the quick run there is no time for those that stand beside.
      List<Measured> all =
          measure(
              run,
              new Updates(plaintext(link), "viewer", new Document(BYTES)),
              run.quick()
                  ? List.of("isEntitled", "current")
                  : List.of("isEntitled", "current", "map", "clock"));
      Measured isEntitled = all.get(0);
      Measured current = all.get(1);
      Measured map = run.quick() ? null : all.get(2);
      Measured clock = run.quick() ? null : all.get(3);
      List<Result> results =
          new ArrayList<>(
              List.of(
                  time("isEntitled", isEntitled, "map", map),
                  time("current", current, "clock", clock),
                  allocation("isEntitled: allocation", isEntitled),
                  allocation("current: allocation", current)));
      if (!run.quick()) {
        Updates endless =
            new Updates(plaintext(link), "endless-viewer", Document.withoutEnd(BYTES));
        Measured timeless = measure(run, endless, List.of("isEntitled")).get(0);
        results.add(time("isEntitled where no grant ends", timeless, "map", map));
      }
      return Report.of(results, notes(isEntitled, current));
    }
  }

  /** Closes the updates when it is done. */
  private static List<Measured> measure(Run run, Updates updates, List<String> methods) {
    try (updates) {
      Jmh jmh = Jmh.of(run, updates.open());
      updates.begin(UPDATE_INTERVAL);
      return methods.stream().map(jmh::measure).toList();
    }
  }

  /** A forked JVM trusts nobody's certificate; what the network does is not measured here. */
  static CredentialProvider plaintext(ServerLink link) {
    return MomentoCredentials.of(link.credentials().getAuthToken(), link.plaintext().toString());
  }

  private static Result time(
      String name, Measured measured, String peerName, @Nullable Measured peer) {
    return new Result(
        new Figure(
            "decide",
            name,
            "ns",
            measured.nanos(),
            peer == null ? null : peer.nanos(),
            peerName,
            measured.iterations()),
        Target.atMost(40));
  }

  private static Result allocation(String name, Measured measured) {
    return new Result(
        new Figure("decide", name, "B", measured.bytes(), null, "none", measured.iterations()),
        Target.atMost(0),
        "-");
  }

  private static String[] notes(Measured isEntitled, Measured current) {
    return new String[] {
      "map  containsKey of a Map in a volatile field, the least that such a question can cost",
      "clock  System.nanoTime alone: whether a grant has ended by now, only the clock can say. Where no"
          + " grant ends, it is not read. The document's grants do end.",
      "By JMH, one fork each, one thread; samples are iterations. Updates seen meanwhile:"
          + String.format(
              Locale.ROOT,
              " %,.0f and %,.0f per second (isEntitled, current).",
              isEntitled.changesPerSecond(),
              current.changesPerSecond()),
      "Allocation is that of the thread that asks, to a hundredth of a byte per call. JMH's GC profiler"
          + String.format(
              Locale.ROOT,
              " counts all threads, those that receive the updates too: %.3f and %.3f B.",
              isEntitled.profiledBytes(),
              current.profiledBytes())
    };
  }
}
