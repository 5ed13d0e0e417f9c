package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.local.Fault;
import dev.entitlements.local.NetworkRelay.Direction;
import dev.entitlements.local.Rpc;
import dev.entitlements.local.StreamEnd;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What goes wrong. */
@SuppressWarnings("ImmutableEnumChecker") // The strikes are lambdas that capture nothing.
enum FaultKind {
  /** The service says that it is away for now. */
  UNAVAILABLE("stream ended: UNAVAILABLE", arena -> endStreams(arena, StreamEnd.UNAVAILABLE)),
  /** As it looks when some proxies and servers go away. */
  CANCELLED("stream ended: CANCELLED", arena -> endStreams(arena, StreamEnd.CANCELLED)),
  /** The service failed. */
  INTERNAL("stream ended: INTERNAL", arena -> endStreams(arena, StreamEnd.INTERNAL)),
  /** The service says that the token is not good; it is. */
  UNAUTHENTICATED(
      "stream ended: UNAUTHENTICATED", arena -> endStreams(arena, StreamEnd.UNAUTHENTICATED)),
  /** The service says that there is nothing more. */
  NORMAL_END("stream ended normally", arena -> arena.faults().endStreamsNormally()),
  /** Each TCP connection is cut, the publisher's too. */
  DROPPED_CONNECTIONS("connections dropped", arena -> arena.faults().dropConnections()),
  /** Nobody listens for half a second; topics start anew, items survive. */
  RESTART("server restart, away 0.5 s", Strikes.AMID_STATES, FaultKind::restart),
  /** Every token runs out at once. A login gets a new one. */
  EXPIRED_TOKEN("token expired", arena -> arena.faults().expireTokens()),
  /** Each player's callback throws at the next state. */
  THROWING_CALLBACK("callback throws once", Strikes.AMID_STATES, FaultKind::throwOnce),
  /** One message reaches nobody; another one follows. */
  LOST_MESSAGE("one message lost, another follows", Strikes.AMID_STATES, FaultKind::loseOne),
  /** All messages reach nobody, that of the last state too. */
  LOST_LAST_MESSAGE(
      "last message lost, none follows",
      Strikes.LAST_STATE,
      arena -> arena.faults().onDeliveries().drop()),
  /** The same for a watcher that was told not to be satisfied with a read every 5 min. */
  LOST_LAST_MESSAGE_FREQUENT_READS(
      "the same, ours reads every 5 s",
      Strikes.LAST_STATE,
      arena -> arena.faults().onDeliveries().drop()) {
    @Override
    Optional<Duration> reconcileInterval() {
      return Optional.of(Duration.ofSeconds(5));
    }
  },
  /** Reads that are not consistent see the value before the last write. */
  STALE_READ(
      "stale read of the last state",
      Strikes.LAST_STATE,
      arena -> arena.faults().on(Rpc.GET).serveStale()),
  /** Subscriptions get nothing for two seconds, then all of it. */
  SILENCE("server silent for 2 s", Strikes.AMID_STATES, FaultKind::keepSilent),
  /** The network takes and never gives, for three seconds. */
  HALF_OPEN("half-open network for 3 s", Strikes.AMID_STATES_BY_RELAY, FaultKind::halfOpen);

  /** When a fault strikes, and whom. */
  private enum Strikes {
    /** It is over at once, and between two states. */
    BETWEEN_STATES,
    /** It lasts, and states go on being published. */
    AMID_STATES,
    /** The same, on the players' network. */
    AMID_STATES_BY_RELAY,
    LAST_STATE
  }

  /** Strikes all players of an arena. */
  @FunctionalInterface
  interface Strike {
    /** Returns when the fault is over; if it is to strike the last state, when it is set. */
    void at(Arena arena) throws InterruptedException;
  }

  private final String title;
  private final Strikes strikes;
  private final Strike strike;

  FaultKind(String title, Strike strike) {
    this(title, Strikes.BETWEEN_STATES, strike);
  }

  FaultKind(String title, Strikes strikes, Strike strike) {
    this.title = title;
    this.strikes = strikes;
    this.strike = strike;
  }

  String title() {
    return title;
  }

  /** As it is written on the command line. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How often the watchers read the item although nothing calls for it; empty for the default. */
  Optional<Duration> reconcileInterval() {
    return Optional.empty();
  }

  /** Whether states go on being published until it is over. */
  boolean strikesAmidStates() {
    return strikes == Strikes.AMID_STATES || strikesNetwork();
  }

  /** Whether the last state is published while the fault is there, and not after it. */
  boolean strikesLastState() {
    return strikes == Strikes.LAST_STATE;
  }

  /** Whether it strikes the relay, so that players must connect by way of it. */
  boolean strikesNetwork() {
    return strikes == Strikes.AMID_STATES_BY_RELAY;
  }

  void strike(Arena arena) throws InterruptedException {
    strike.at(arena);
  }

  private static void endStreams(Arena arena, StreamEnd status) {
    int ended = arena.faults().endStreams(status);
    if (ended < arena.players().size()) {
      throw new BenchmarkFailed("Only " + ended + " streams were there to be ended");
    }
  }

  private static void restart(Arena arena) {
    arena.faults().restart(Duration.ofMillis(500), true).orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static void throwOnce(Arena arena) throws InterruptedException {
    List<Player> players = arena.players();
    CountDownLatch thrown = new CountDownLatch(players.size());
    players.forEach(player -> player.defect().arm(thrown));
    ThrowOnce.await(thrown);
  }

  private static void loseOne(Arena arena) throws InterruptedException {
    List<Fault> faults =
        arena.pairs().stream()
            .map(
                pair ->
                    arena
                        .faults()
                        .onDeliveries()
                        .onTopic(pair.user())
                        .times(pair.players().size())
                        .drop())
            .toList();
    long deadline = LocalCopy.deadline(Duration.ofSeconds(10));
    while (!faults.stream().allMatch(Fault::isOver)) {
      if (System.nanoTime() > deadline) {
        throw new BenchmarkFailed("No message came to be lost within 10 s");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static void keepSilent(Arena arena) throws InterruptedException {
    Fault silence = arena.faults().onDeliveries().silence();
    TimeUnit.SECONDS.sleep(2);
    silence.close();
  }

  private static void halfOpen(Arena arena) throws InterruptedException {
    arena.relay().stall(Direction.TO_CLIENT);
    TimeUnit.SECONDS.sleep(3);
    arena.relay().heal();
  }
}
