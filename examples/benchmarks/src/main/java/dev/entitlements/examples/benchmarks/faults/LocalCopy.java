package dev.entitlements.examples.benchmarks.faults;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What a player holds: the number of a published state, and since when. */
final class LocalCopy {
  // Guarded by this.
  private long state = -1;
  private long sinceNanos;

  /** Whatever it held before. */
  synchronized void replace(long newState) {
    if (newState != state) {
      state = newState;
      sinceNanos = System.nanoTime();
      notifyAll();
    }
  }

  synchronized long state() {
    return state;
  }

  /**
   * Waits until it holds that state or a later one.
   *
   * @return since when, by {@link System#nanoTime}; empty when the deadline passed
   */
  synchronized OptionalLong await(long wanted, long deadlineNanos) throws InterruptedException {
    while (state < wanted) {
      long left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        return OptionalLong.empty();
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return OptionalLong.of(sinceNanos);
  }

  static long deadline(Duration from) {
    return System.nanoTime() + from.toNanos();
  }
}
