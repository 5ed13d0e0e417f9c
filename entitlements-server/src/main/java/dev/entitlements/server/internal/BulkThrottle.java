package dev.entitlements.server.internal;

import dev.entitlements.internal.Backoff;
import dev.entitlements.internal.TimeSource;
import java.time.Duration;

/**
 * When a bulk run may begin with the next user. Within the run's own bounds it finds out what the
 * service bears, as TCP does: each time the service asked to be left alone, it pauses, longer from
 * time to time, and then goes on with half as many at once; with each full round of successes it
 * dares one more. Belongs to the run's queue.
 */
final class BulkThrottle {
  private static final Backoff PAUSE =
      Backoff.between(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(30));

  private final int maxConcurrency;
  private final Pacer pacer;
  private final Quota quota;
  private final TimeSource time;
  private Backoff pause = PAUSE;
  private int concurrency;
  private int successes;
  private long timesExceeded;
  private long notBefore;

  BulkThrottle(int maxConcurrency, int usersPerSecond, Quota quota, TimeSource time) {
    this.maxConcurrency = maxConcurrency;
    this.concurrency = maxConcurrency;
    this.pacer = new Pacer(usersPerSecond, Duration.ofNanos(Long.MAX_VALUE));
    this.quota = quota;
    this.time = time;
    this.timesExceeded = quota.timesExceeded();
    this.notBefore = time.nanoTime();
  }

  int concurrency() {
    return concurrency;
  }

  /** Takes the next turn. How long to wait for it. */
  Duration takeTurn() {
    long now = time.nanoTime();
    if (quota.timesExceeded() != timesExceeded) {
      slowDown();
    }
    Duration pausing = Duration.ofNanos(Math.max(0, notBefore - now));
    Duration pacing = pacer.takeTurn(now).orElse(Duration.ZERO);
    return pausing.compareTo(pacing) > 0 ? pausing : pacing;
  }

  void slowDown() {
    timesExceeded = quota.timesExceeded();
    if (notBefore - time.nanoTime() > 0) {
      // One pause for all that were refused together.
      return;
    }
    notBefore = time.nanoTime() + pause.delay(time.random()).toNanos();
    pause = pause.next();
    concurrency = Math.max(1, concurrency / 2);
    successes = 0;
  }

  void succeeded() {
    successes++;
    if (successes >= concurrency) {
      successes = 0;
      pause = PAUSE;
      concurrency = Math.min(maxConcurrency, concurrency + 1);
    }
  }
}
