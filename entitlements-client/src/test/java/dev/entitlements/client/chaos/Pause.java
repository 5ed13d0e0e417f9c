package dev.entitlements.client.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long a fault lasts, and how often a load generator acts: never how long a check waits. */
final class Pause {
  private Pause() {}

  static void of(Duration duration) {
    long until = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }
}
