package dev.entitlements.client.chaos;

import dev.entitlements.client.chaos.ChaosBackend.Way;
import dev.entitlements.client.chaos.Fault.Reach;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * Injects faults one after the other, with little time between, and measures how long each watcher
 * that was hit takes to be right.
 *
 * <p>There are faults all the time, but no watcher is in trouble all the time: most of them hit one
 * user, the next another, and every so often one hits everybody. So each is hit several times a
 * minute, as on a bad network. Were all of them hit each second, the watchers' back-off would
 * rightly treat that as one long outage, and its waits, not the recovery from a fault, would be
 * measured.
 */
final class Chaos {
  private static final Duration TOO_LONG = Duration.ofSeconds(60);

  /** How often one hits everybody. */
  private static final Duration GENERAL = Duration.ofSeconds(40);

  /** How often another user has her turn. */
  private static final Duration TURN = Duration.ofMillis(1500);

  private static final List<Fault> FOR_ONE =
      Fault.all().stream().filter(f -> f.reach() == Reach.USER).toList();
  private static final List<Fault> FOR_ALL =
      Fault.all().stream().filter(f -> f.reach() == Reach.EVERYBODY).toList();

  private final ChaosBackend backend;
  private final Fleet fleet;
  private final Recoveries recoveries;
  private final Random random;
  private final List<String> users;
  private int turn;
  private int generals;
  private long generalNanos = System.nanoTime();

  Chaos(ChaosBackend backend, Fleet fleet, Recoveries recoveries, Random random) {
    this.backend = backend;
    this.fleet = fleet;
    this.recoveries = recoveries;
    this.random = random;
    users = List.copyOf(backend.users());
  }

  /** One round: a fault by itself, or some that overlap. */
  void round() {
    long begun = System.nanoTime();
    if (begun - generalNanos > GENERAL.toNanos()) {
      generalNanos = begun;
      // Restarts are what players meet most, so every other time it is one.
      hit(any(generals++ % 2 == 0 ? Fault.restarts() : FOR_ALL), users);
    } else if (random.nextInt(4) > 0) {
      hit(any(random.nextBoolean() ? Fault.streamEnds() : FOR_ONE), nextUser());
    } else {
      hitAtOnce(2 + random.nextInt(3), nextUser());
    }
    Pause.of(TURN.minusNanos(System.nanoTime() - begun));
  }

  private List<String> nextUser() {
    return List.of(users.get(turn++ % users.size()));
  }

  private Fault any(List<Fault> kinds) {
    return kinds.get(random.nextInt(kinds.size()));
  }

  private void hit(Fault fault, Collection<String> whom) {
    fault.inject(backend, whom);
    measure(fault.name(), whom);
  }

  private void hitAtOnce(int several, Collection<String> whom) {
    List<Fault> faults = random.ints(several, 0, FOR_ONE.size()).mapToObj(FOR_ONE::get).toList();
    faults.stream()
        .map(f -> CompletableFuture.runAsync(() -> f.inject(backend, whom), this::onItsOwnThread))
        .toList()
        .forEach(CompletableFuture::join);
    measure("(" + several + " faults at once)", whom);
  }

  private void onItsOwnThread(Runnable task) {
    Thread thread = new Thread(task, "fault");
    thread.setDaemon(true);
    thread.start();
  }

  private void measure(String name, Collection<String> whom) {
    long over = System.nanoTime();
    // What is published after the fault is shown by those only that are over it.
    whom.parallelStream().forEach(userId -> backend.publish(userId, Way.INLINE));
    Map<Watched, Duration> took = fleet.awaitRecovery(whom, over, TOO_LONG);
    recoveries.add(name, took);
  }
}
