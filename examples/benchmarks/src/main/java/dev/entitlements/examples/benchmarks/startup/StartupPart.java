package dev.entitlements.examples.benchmarks.startup;

import dev.entitlements.SessionToken;
import dev.entitlements.examples.benchmarks.Figure;
import dev.entitlements.examples.benchmarks.Part;
import dev.entitlements.examples.benchmarks.Report;
import dev.entitlements.examples.benchmarks.Result;
import dev.entitlements.examples.benchmarks.Run;
import dev.entitlements.examples.benchmarks.Target;
import dev.entitlements.examples.benchmarks.kit.Rounds;
import dev.entitlements.examples.benchmarks.kit.Samples;
import dev.entitlements.examples.benchmarks.world.World;
import java.time.Duration;
import java.util.List;

/** From the answer to a login until the player can be used, and until it is up to date. */
public final class StartupPart implements Part {
  private static final Duration ONE_WAY = Duration.ofMillis(20);

  /** With nothing to set. */
  public StartupPart() {}

  @Override
  public String name() {
    return "startup";
  }

  @Override
  public String description() {
    return "From the answer to a login to the first usable snapshot, and to being live, by TLS with"
        + " 20 ms more each way, beside the plain pattern.";
  }

  @Override
  public Report run(Run run) throws Exception {
    try (World world = new World(ONE_WAY);
        Logins logins = new Logins(world)) {
      SessionToken login = logins.login("viewer");
      WatcherStarter ours = new WatcherStarter();
      PlainStarter plain = new PlainStarter(world);
      List<Starter> starters = List.of(ours, plain);
      Rounds.warmUp(run.either(1, 15), starters, starter -> starter.start(login));
      ours.reset();
      plain.reset();
      Rounds.measure(run, run.either(4, 45), starters, starter -> starter.start(login));
      return report(world.name(), ours, plain);
    }
  }

  private static Report report(String network, WatcherStarter ours, PlainStarter plain) {
    return Report.of(
        List.of(
            new Result(
                figure(network + ", first usable: p50", ours.usable(), plain, 50),
                Target.atMostOfPeer(0.05)),
            Result.of(figure(network + ", first usable: p90", ours.usable(), plain, 90)),
            new Result(
                figure(network + ", live: p50", ours.live(), plain, 50), Target.atMostOfPeer(0.80)),
            Result.of(figure(network + ", live: p90", ours.live(), plain, 90))),
        "ours   until there is a snapshot, which the login's answer brings; and until the watcher is"
            + " LIVE: subscribed, and then the item read",
        "plain  until there is an object: subscribed, and then the item got; the same time in all"
            + " rows",
        "Each start is timed from the answer to the login, builds its own clients and connects anew."
            + " Ours has one connection for both, plain two, one after the other; on each, TLS and"
            + " HTTP/2 take their round trips before the first call. The relay does not delay TCP's"
            + " own handshake, which would cost a round trip more for each connection.");
  }

  private static Figure figure(String title, Samples ours, PlainStarter plain, double percentile) {
    return new Figure(
        "startup",
        title,
        "ms",
        ours.percentileMs(percentile),
        plain.first().percentileMs(percentile),
        "plain",
        ours.count());
  }
}
