package dev.entitlements.client.chaos;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Looks at a fleet all the time, and counts what must never be. */
final class Monitor implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final int EXAMPLES = 20;

  final AtomicLong wentBack = new AtomicLong();
  final AtomicLong liveWhileNotCurrentMillis = new AtomicLong();
  final AtomicLong failures = new AtomicLong();
  private final ConcurrentLinkedQueue<String> examples = new ConcurrentLinkedQueue<>();
  private final AtomicLong standstillNanos = new AtomicLong(System.nanoTime());
  private final Fleet fleet;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private long lastLook = System.nanoTime();

  Monitor(Fleet fleet) {
    this.fleet = fleet;
    timer.scheduleAtFixedRate(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  List<String> examples() {
    return List.copyOf(examples);
  }

  private void look() {
    try {
      forgiveAStandstillOfTheMachine();
      fleet.watchers().forEach(this::look);
    } catch (RuntimeException e) {
      failures.incrementAndGet();
      example("the monitor failed: " + e);
    }
  }

  private void look(Watched watched) {
    if (watched.hasGoneBack()) {
      wentBack.incrementAndGet();
      example("went back: " + watched);
    }
    watched
        .overdue(System.nanoTime() - standstillNanos.get())
        .ifPresent(
            missed -> {
              liveWhileNotCurrentMillis.addAndGet(INTERVAL.toMillis());
              example("live without " + missed + ": " + watched);
            });
  }

  /** If this thread got no time, the watchers' threads may have got none either. */
  private void forgiveAStandstillOfTheMachine() {
    long now = System.nanoTime();
    if (now - lastLook > 10 * INTERVAL.toNanos()) {
      example("the machine stood still for " + (now - lastLook) / 1_000_000 + " ms");
      standstillNanos.set(now);
    }
    lastLook = now;
  }

  private void example(String text) {
    if (examples.size() < EXAMPLES) {
      examples.add(text);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
