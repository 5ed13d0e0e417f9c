package dev.entitlements.client.chaos;

import static dev.entitlements.local.StreamEnd.RESOURCE_EXHAUSTED;
import static dev.entitlements.local.StreamEnd.UNAVAILABLE;

import dev.entitlements.client.chaos.ChaosBackend.Way;
import dev.entitlements.local.NetworkRelay.Direction;
import dev.entitlements.local.Rpc;
import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of thing that goes wrong.
 *
 * @param name what it is called in reports
 * @param hidden whether a watcher may know nothing of it until it reads the cache
 * @param injection does it, and returns when it is over
 */
record Fault(String name, boolean hidden, Injection injection) {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMillis(600);

  /** Every kind, once. */
  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    for (StreamEnd end : StreamEnd.values()) {
      all.add(fault("streams end " + end, b -> b.faults().endStreams(end)));
    }
    all.addAll(likeOthers());
    all.addAll(sorts());
    return all;
  }

  /** Those that differ from one of the {@link #sorts} in little. */
  private static List<Fault> likeOthers() {
    return List.of(
        fault("streams end normally", b -> b.faults().endStreamsNormally()),
        fault("deliveries repeated", b -> during(LONG, b.faults().onDeliveries().repeat())),
        fault("calls delayed", b -> during(LONG, b.faults().on().delay(SHORT))),
        fault("network resets", b -> b.network().resetConnections()));
  }

  /**
   * One of each sort, which is few enough for all their pairs. Those of which a watcher may know
   * nothing until it reads the cache are hidden.
   */
  static List<Fault> sorts() {
    return List.of(
        fault("streams end", b -> b.faults().endStreams(StreamEnd.CANCELLED)),
        fault("connections dropped", b -> b.faults().dropConnections()),
        fault("topics reset", ChaosBackend::resetTopics),
        fault("restart, items kept", b -> b.restart(SHORT, true)),
        fault("restart, items lost", b -> b.restart(SHORT, false)),
        fault("logins fail", b -> withRefusedTokens(b, Logins.Mode.FAILING)),
        fault("logins hang", b -> withRefusedTokens(b, Logins.Mode.HANGING)),
        fault("tokens expire", b -> b.faults().expireTokens()),
        fault("bad messages", ChaosBackend::sayNonsense),
        fault("notifications lost", b -> b.publishToAll(Way.LOST)),
        hidden("server hangs", b -> during(LONG, b.faults().stopAnswering())),
        hidden("deliveries dropped", b -> during(SHORT, b.faults().onDeliveries().drop())),
        hidden("deliveries reordered", b -> during(LONG, b.faults().onDeliveries().reorder())),
        hidden("stale reads", b -> during(LONG, b.faults().on(Rpc.GET).serveStale())),
        fault("answers lost", b -> during(SHORT, b.faults().on().loseAnswers(UNAVAILABLE))),
        fault("no quota", b -> during(SHORT, b.faults().on().refuse(RESOURCE_EXHAUSTED))),
        hidden("network half-open", Fault::halfOpen));
  }

  /** Does it, and says so if watchers cannot know. */
  void inject(ChaosBackend backend) {
    if (hidden) {
      backend.hiding.during(() -> injection.into(backend));
    } else {
      injection.into(backend);
    }
  }

  /** So that logins are called for. */
  private static void withRefusedTokens(ChaosBackend backend, Logins.Mode mode) {
    backend.faults().endStreams(StreamEnd.UNAUTHENTICATED);
    backend.logins.during(mode, LONG);
  }

  private static void during(Duration duration, dev.entitlements.local.Fault fault) {
    during(duration, List.of(fault));
  }

  private static void during(Duration duration, List<dev.entitlements.local.Fault> faults) {
    Pause.of(duration);
    faults.forEach(dev.entitlements.local.Fault::close);
  }

  /** What the players send arrives, and what they should hear does not. */
  private static void halfOpen(ChaosBackend backend) {
    backend.network().stall(Direction.TO_CLIENT);
    Pause.of(LONG);
    backend.network().heal();
  }

  private static Fault hidden(String name, Injection injection) {
    return new Fault(name, true, injection);
  }

  private static Fault fault(String name, Injection injection) {
    return new Fault(name, false, injection);
  }

  @Override
  public String toString() {
    return name;
  }

  /** How it is done. */
  @FunctionalInterface
  interface Injection {
    void into(ChaosBackend backend);
  }
}
