package dev.entitlements.client.chaos;

import static dev.entitlements.local.StreamEnd.RESOURCE_EXHAUSTED;
import static dev.entitlements.local.StreamEnd.UNAVAILABLE;

import dev.entitlements.client.chaos.ChaosBackend.Way;
import dev.entitlements.local.NetworkRelay.Direction;
import dev.entitlements.local.Rpc;
import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One kind of thing that goes wrong.
 *
 * @param name what it is called in reports
 * @param reach whom it hits
 * @param hidden whether a watcher may know nothing of it until it reads the cache
 * @param injection does it, and returns when it is over
 */
record Fault(String name, Reach reach, boolean hidden, Injection injection) {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMillis(600);

  /** Whom a fault hits. */
  enum Reach {
    /** The watchers of the users that it is aimed at. */
    USER,
    /** All watchers. */
    EVERYBODY
  }

  /** Every kind, once. */
  static List<Fault> all() {
    List<Fault> all = new ArrayList<>(streamEnds());
    all.addAll(likeOthers());
    all.addAll(sorts());
    return all;
  }

  /** One stream error each, which is over as soon as it has come. */
  static List<Fault> streamEnds() {
    List<Fault> ends = new ArrayList<>();
    for (StreamEnd end : StreamEnd.values()) {
      ends.add(fault("stream ends " + end, (b, user) -> b.endStreams(user, end)));
    }
    ends.add(fault("stream ends normally", ChaosBackend::endStreamsNormally));
    return ends;
  }

  static List<Fault> restarts() {
    return List.of(
        general("restart, items kept", b -> b.restart(SHORT, true)),
        general("restart, items lost", b -> b.restart(SHORT, false)));
  }

  /** Those that differ from one of the {@link #sorts} in little. */
  private static List<Fault> likeOthers() {
    return List.of(
        lasting(
            "deliveries repeated", LONG, (b, u) -> b.faults().onDeliveries().onTopic(u).repeat()),
        lasting("calls delayed", LONG, (b, u) -> b.faults().on().forKey(u).delay(SHORT)),
        general("network resets", b -> b.network().resetConnections()));
  }

  /**
   * One of each sort, which is few enough for all their pairs. Those of which a watcher may know
   * nothing until it reads the cache are hidden.
   */
  static List<Fault> sorts() {
    List<Fault> sorts = new ArrayList<>(sortsForOneUser());
    sorts.addAll(restarts());
    sorts.add(general("connections dropped", b -> b.faults().dropConnections()));
    sorts.add(general("tokens expire", b -> b.faults().expireTokens()));
    sorts.add(general("server hangs", Fault::hang).asHidden());
    sorts.add(general("network half-open", Fault::halfOpen).asHidden());
    return sorts;
  }

  private static List<Fault> sortsForOneUser() {
    return List.of(
        fault("stream ends", (b, user) -> b.endStreams(user, StreamEnd.CANCELLED)),
        fault("topic reset", ChaosBackend::resetTopic),
        fault("bad messages", ChaosBackend::sayNonsense),
        fault("notifications lost", (b, user) -> b.publish(user, Way.LOST)),
        new Fault("logins fail", Reach.USER, false, withRefusedTokens(Logins.Mode.FAILING)),
        new Fault("logins hang", Reach.USER, false, withRefusedTokens(Logins.Mode.HANGING)),
        lasting(
            "answers lost", SHORT, (b, u) -> b.faults().on().forKey(u).loseAnswers(UNAVAILABLE)),
        lasting("no quota", SHORT, (b, u) -> b.faults().on().forKey(u).refuse(RESOURCE_EXHAUSTED)),
        lasting("deliveries dropped", SHORT, (b, u) -> b.faults().onDeliveries().onTopic(u).drop())
            .asHidden(),
        lasting(
                "deliveries reordered",
                LONG,
                (b, u) -> b.faults().onDeliveries().onTopic(u).reorder())
            .asHidden(),
        lasting("stale reads", LONG, (b, u) -> b.faults().on(Rpc.GET).forKey(u).serveStale())
            .asHidden());
  }

  /** Whom it hits when it is aimed at these. */
  Collection<String> hits(ChaosBackend backend, Collection<String> users) {
    return reach == Reach.EVERYBODY ? backend.users() : users;
  }

  /** Does it, and says so if watchers cannot know. */
  void inject(ChaosBackend backend, Collection<String> users) {
    if (hidden) {
      backend.hidden(hits(backend, users), () -> injection.into(backend, users));
    } else {
      injection.into(backend, users);
    }
  }

  /** So that logins are called for. */
  private static Injection withRefusedTokens(Logins.Mode mode) {
    return (backend, users) -> {
      users.forEach(userId -> backend.endStreams(userId, StreamEnd.UNAUTHENTICATED));
      backend.logins.during(mode, LONG, users);
    };
  }

  private static void hang(ChaosBackend backend) {
    List<dev.entitlements.local.Fault> faults = backend.faults().stopAnswering();
    Pause.of(LONG);
    faults.forEach(dev.entitlements.local.Fault::close);
  }

  /** What the players send arrives, and what they should hear does not. */
  private static void halfOpen(ChaosBackend backend) {
    backend.network().stall(Direction.TO_CLIENT);
    Pause.of(LONG);
    backend.network().heal();
  }

  private Fault asHidden() {
    return new Fault(name, reach, true, injection);
  }

  private static Fault general(String name, Consumer<ChaosBackend> what) {
    return new Fault(name, Reach.EVERYBODY, false, (backend, users) -> what.accept(backend));
  }

  private static Fault fault(String name, BiConsumer<ChaosBackend, String> what) {
    return new Fault(
        name,
        Reach.USER,
        false,
        (backend, users) -> users.forEach(userId -> what.accept(backend, userId)));
  }

  private static Fault lasting(
      String name,
      Duration duration,
      BiFunction<ChaosBackend, String, dev.entitlements.local.Fault> what) {
    return new Fault(
        name,
        Reach.USER,
        false,
        (backend, users) -> {
          List<dev.entitlements.local.Fault> faults =
              users.stream().map(userId -> what.apply(backend, userId)).toList();
          Pause.of(duration);
          faults.forEach(dev.entitlements.local.Fault::close);
        });
  }

  @Override
  public String toString() {
    return name;
  }

  /** How it is done. */
  @FunctionalInterface
  interface Injection {
    /**
     * Does it.
     *
     * @param users whom it is aimed at
     */
    void into(ChaosBackend backend, Collection<String> users);
  }
}
