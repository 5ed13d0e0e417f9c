package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import dev.entitlements.local.LocalMomento;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tries one fault:
 *
 * <ol>
 *   <li>a state every 100 ms, until all players hold those that come;
 *   <li>the fault strikes: one that lasts while the states go on, until it is over; any other once
 *       all players hold the same, so that no read that is under way can see a later state by
 *       chance;
 *   <li>one more state, the last. For some faults this comes before the fault is over;
 *   <li>each player has a time to hold the last state.
 * </ol>
 */
final class Trial {
  private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(30);
  private static final long STRUCK_FOR_MS = 500;

  private final FaultKind kind;
  private final Arena arena;
  private final Duration limit;

  private Trial(FaultKind kind, Arena arena, Duration limit) {
    this.kind = kind;
    this.arena = arena;
    this.limit = limit;
  }

  static Outcome run(FaultKind kind, LocalMomento momento, int repetitions, Duration limit)
      throws InterruptedException {
    try (Arena arena = new Arena(momento, kind)) {
      arena.open(repetitions);
      return new Trial(kind, arena, limit).run();
    }
  }

  private Outcome run() throws InterruptedException {
    Schedule schedule = new Schedule(arena);
    try {
      awaitHealth();
      if (kind.strikesAmidStates()) {
        kind.strike(arena);
      }
    } finally {
      schedule.close();
    }
    if (!kind.strikesAmidStates()) {
      awaitQuiet();
      kind.strike(arena);
    }
    if (!kind.strikesLastState()) {
      long over = System.nanoTime();
      return measure(publishLast(), over);
    }
    Map<String, Long> last = publishLast();
    TimeUnit.MILLISECONDS.sleep(STRUCK_FOR_MS);
    arena.faults().clear();
    return measure(last, System.nanoTime());
  }

  /** Each player has seen five states come, so that what is measured is the fault's doing. */
  private void awaitHealth() throws InterruptedException {
    long deadline = LocalCopy.deadline(HEALTHY_WITHIN);
    for (Player player : arena.players()) {
      long wanted = player.copy().state() + 5;
      if (player.copy().await(wanted, deadline).isEmpty()) {
        throw new BenchmarkFailed(player.getClass().getSimpleName() + " does not see states come");
      }
    }
  }

  /** Nothing is under way any more. */
  private void awaitQuiet() throws InterruptedException {
    long deadline = LocalCopy.deadline(HEALTHY_WITHIN);
    for (Pair pair : arena.pairs()) {
      long newest = arena.backend().newest(pair.user());
      for (Player player : pair.players()) {
        if (player.copy().await(newest, deadline).isEmpty()) {
          throw new BenchmarkFailed(player.getClass().getSimpleName() + " lost a state unstruck");
        }
      }
    }
  }

  /** The last state of each user, stored and told. */
  private Map<String, Long> publishLast() {
    Map<String, Long> last = new HashMap<>();
    List<String> users = arena.pairs().stream().map(Pair::user).toList();
    users.forEach(user -> last.put(user, arena.backend().next(user)));
    CompletableFuture<?>[] receipts =
        users.stream().map(arena.backend()::publish).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(receipts).orTimeout(30, TimeUnit.SECONDS).join();
    return last;
  }

  private Outcome measure(Map<String, Long> last, long overNanos) throws InterruptedException {
    Recoveries ours = new Recoveries();
    Recoveries plain = new Recoveries();
    long deadline = LocalCopy.deadline(limit);
    for (Pair pair : arena.pairs()) {
      long state = last.getOrDefault(pair.user(), Long.MAX_VALUE);
      measure(pair.ours(), state, overNanos, deadline, ours);
      measure(pair.plain(), state, overNanos, deadline, plain);
    }
    return new Outcome(kind, ours, plain);
  }

  private static void measure(
      Player player, long state, long overNanos, long deadline, Recoveries into)
      throws InterruptedException {
    OptionalLong held = player.copy().await(state, deadline);
    if (held.isPresent()) {
      into.recovered(held.getAsLong() - overNanos);
    } else {
      into.lost();
    }
  }
}
