package dev.entitlements.examples.benchmarks.faults;

import dev.entitlements.examples.benchmarks.BenchmarkFailed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Publishes a new state of each user every 100 ms, whatever happens, until it is closed. */
final class Schedule implements AutoCloseable {
  private static final long INTERVAL_MS = 100;

  private final Backend backend;
  private final List<String> users;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "schedule");
            thread.setDaemon(true);
            return thread;
          });

  Schedule(Arena arena) {
    this.backend = arena.backend();
    this.users = arena.pairs().stream().map(Pair::user).toList();
    ScheduledFuture<?> unused =
        timer.scheduleAtFixedRate(this::tick, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    for (String user : users) {
      backend.next(user);
      // One that fails during a fault is made good by the next.
      CompletableFuture<?> unused = backend.publish(user);
    }
  }

  /** No publish begins after it. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new BenchmarkFailed("The schedule does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
