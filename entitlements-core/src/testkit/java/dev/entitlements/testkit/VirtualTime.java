package dev.entitlements.testkit;

import dev.entitlements.internal.Scheduler;
import dev.entitlements.internal.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Time that moves only when a test says so: wall clock, monotonic clock, scheduler and random
 * numbers in one. Tasks run on the thread that moves the time. Not safe for use by several threads.
 */
public final class VirtualTime implements TimeSource, Scheduler {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.<Task>comparingLong(t -> t.at).thenComparingLong(t -> t.order));
  private final Random random;
  private long nanos;
  private Instant wallOrigin = Instant.parse("2026-11-24T03:00:00Z");
  private long scheduled;

  public VirtualTime() {
    this(42);
  }

  public VirtualTime(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public Instant now() {
    return wallOrigin.plusNanos(nanos);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public double random() {
    return random.nextDouble();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Task entry = new Task(nanos + Math.max(0, delay.toNanos()), scheduled++, task);
    tasks.add(entry);
    return () -> tasks.remove(entry);
  }

  /** Moves time on, running what falls due on the way, each task at its own time. */
  public void advance(Duration duration) {
    long end = nanos + duration.toNanos();
    while (!tasks.isEmpty() && tasks.peek().at <= end) {
      Task next = tasks.remove();
      nanos = Math.max(nanos, next.at);
      next.run.run();
    }
    nanos = end;
  }

  /** The wall clock jumps, as when somebody sets it; the monotonic clock does not. */
  public void jumpWallClock(Duration by) {
    wallOrigin = wallOrigin.plus(by);
  }

  /** How many tasks wait. */
  public int pending() {
    return tasks.size();
  }

  /** How long until the next task, or empty if none waits. */
  public Optional<Duration> untilNext() {
    return tasks.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(tasks.peek().at - nanos));
  }

  private static final class Task {
    final long at;
    final long order;
    final Runnable run;

    Task(long at, long order, Runnable run) {
      this.at = at;
      this.order = order;
      this.run = run;
    }
  }
}
