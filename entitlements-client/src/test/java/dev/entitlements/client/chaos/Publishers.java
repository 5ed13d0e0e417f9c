package dev.entitlements.client.chaos;

import dev.entitlements.client.chaos.ChaosBackend.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Publishers that go on until they are closed, each for all users, with quiet times between. */
final class Publishers implements AutoCloseable {
  private static final Way[] WAYS = {Way.INLINE, Way.INLINE, Way.INLINE, Way.NOTICE};

  private final ChaosBackend backend;
  private final List<String> users;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> running = new ArrayList<>();
  private final int meanPauseMillis;
  private volatile boolean closed;

  Publishers(ChaosBackend backend, int publishers, int meanPauseMillis, Random random) {
    this.backend = backend;
    this.meanPauseMillis = meanPauseMillis;
    users = List.copyOf(backend.ledgers().keySet());
    for (int i = 0; i < publishers; i++) {
      Random own = new Random(random.nextLong());
      running.add(threads.submit(() -> run(own)));
    }
  }

  private void run(Random random) {
    while (!closed) {
      backend.publish(users.get(random.nextInt(users.size())), WAYS[random.nextInt(WAYS.length)]);
      boolean quiet = random.nextInt(40) == 0;
      Pause.of(Duration.ofMillis(random.nextInt(2 * meanPauseMillis * (quiet ? 10 : 1))));
    }
  }

  /** Waits until each has done what it is at; throws if one could not. */
  @Override
  public void close() {
    closed = true;
    threads.shutdown();
    for (Future<?> publisher : running) {
      try {
        publisher.get();
      } catch (ExecutionException e) {
        throw new AssertionError("a publisher failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
