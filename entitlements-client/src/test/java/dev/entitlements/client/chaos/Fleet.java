package dev.entitlements.client.chaos;

import dev.entitlements.client.WatcherRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Watchers of all users of a backend, over a few runtimes. */
final class Fleet implements AutoCloseable {
  static final Duration NEVER = Duration.ofDays(1);
  private static final Duration LOOK = Duration.ofMillis(2);

  private final List<WatcherRuntime> runtimes = new ArrayList<>();
  private final List<Watched> watchers = new ArrayList<>();

  Fleet(ChaosBackend backend, int size, int runtimes) {
    for (int i = 0; i < runtimes; i++) {
      this.runtimes.add(WatcherRuntime.create());
    }
    List<String> users = List.copyOf(backend.ledgers().keySet());
    for (int i = 0; i < size; i++) {
      watchers.add(
          new Watched(
              backend, users.get(i % users.size()), this.runtimes.get(i % this.runtimes.size())));
    }
  }

  List<Watched> watchers() {
    return watchers;
  }

  /**
   * Waits until the watchers of some users are live on what is the newest at this moment.
   *
   * @param sinceNanos when the fault was over
   * @return how long each took since then; {@link #NEVER} for those that took too long
   */
  Map<Watched, Duration> awaitRecovery(Collection<String> users, long sinceNanos, Duration atMost) {
    Map<Watched, Long> targets = new HashMap<>();
    watchers.stream()
        .filter(w -> users.contains(w.userId))
        .forEach(w -> targets.put(w, w.newest()));
    Map<Watched, Duration> recovered = new HashMap<>();
    await(
        atMost,
        () -> {
          targets.forEach(
              (watched, newest) -> {
                if (!recovered.containsKey(watched) && watched.isLiveOn(newest)) {
                  recovered.put(watched, Duration.ofNanos(System.nanoTime() - sinceNanos));
                }
              });
          return recovered.size() == targets.size();
        });
    targets.keySet().removeAll(recovered.keySet());
    targets.keySet().forEach(watched -> recovered.put(watched, NEVER));
    return recovered;
  }

  /** With nobody publishing: waits until each shows the newest, and its listener knows. */
  boolean awaitSettled(Duration atMost) {
    return await(atMost, () -> watchers.stream().allMatch(Watched::hasSettled));
  }

  List<Watched> unsettled() {
    return watchers.stream().filter(w -> !w.hasSettled()).toList();
  }

  List<String> complaints() {
    return watchers.stream().flatMap(w -> w.mirror().complaints().stream()).toList();
  }

  private static boolean await(Duration atMost, BooleanSupplier condition) {
    long giveUp = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > giveUp) {
        return false;
      }
      Pause.of(LOOK);
    }
    return true;
  }

  @Override
  public void close() {
    watchers.forEach(Watched::close);
    runtimes.forEach(WatcherRuntime::close);
  }
}
