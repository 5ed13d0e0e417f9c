package dev.entitlements.client.chaos;

import dev.entitlements.client.chaos.ChaosBackend.Way;
import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of thing that goes wrong.
 *
 * @param name what it is called in reports
 * @param detection how long, once it is over, a watcher may believe that nothing happened
 * @param injection does it, and returns when it is over
 */
record Fault(String name, Duration detection, Injection injection) {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMillis(1200);

  /** Every kind, once. */
  static List<Fault> all() {
    List<Fault> all = new ArrayList<>();
    for (StreamEnd end : StreamEnd.values()) {
      all.add(fault("streams end " + end, b -> b.faults().endStreams(end)));
    }
    all.addAll(withoutStatuses());
    return all;
  }

  /** One of each sort, which is few enough for all their pairs. */
  static List<Fault> sorts() {
    List<Fault> sorts = new ArrayList<>();
    sorts.add(fault("streams end CANCELLED", b -> b.faults().endStreams(StreamEnd.CANCELLED)));
    sorts.addAll(withoutStatuses());
    return sorts;
  }

  private static List<Fault> withoutStatuses() {
    return List.of(
        fault("streams end normally", b -> b.faults().endStreamsNormally()),
        fault("connections dropped", b -> b.faults().dropConnections()),
        fault("topics reset", ChaosBackend::resetTopics),
        fault("restart, items kept", b -> b.restart(SHORT, true)),
        fault("restart, items lost", b -> b.restart(SHORT, false)),
        fault("logins fail", b -> withRefusedTokens(b, Logins.Mode.FAILING)),
        fault("logins hang", b -> withRefusedTokens(b, Logins.Mode.HANGING)),
        fault("bad messages", ChaosBackend::sayNonsense),
        fault("notifications lost", b -> b.publishToAll(Way.LOST)));
  }

  /** Does it, with as much time for detection as the kind needs. */
  void inject(ChaosBackend backend, Monitor monitor) {
    monitor.excuse(detection.isZero() ? Duration.ZERO : LONGEST);
    injection.into(backend);
    monitor.excuse(detection);
  }

  /** So that logins are called for. */
  private static void withRefusedTokens(ChaosBackend backend, Logins.Mode mode) {
    backend.faults().endStreams(StreamEnd.UNAUTHENTICATED);
    backend.logins.during(mode, LONG);
  }

  private static Fault fault(String name, Injection injection) {
    return new Fault(name, Duration.ZERO, injection);
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
