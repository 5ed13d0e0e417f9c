package dev.entitlements.examples.benchmarks.kit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends at a fixed rate, whether what was sent before was answered or not. Times are to be counted
 * from when each was due: one that is late because the one before it was slow has waited, and a
 * clock that starts only when it is sent would hide that (coordinated omission).
 */
public final class FixedRate {
  /** A parked thread wakes up about so much too late; the rest of the wait is spun. */
  private static final long SPIN_NANOS = 100_000;

  /** Sends one; must not wait for its answer. */
  @FunctionalInterface
  public interface Send {
    /**
     * Sends.
     *
     * @param dueNanos when it should be sent, by {@link System#nanoTime}
     */
    void send(int number, long dueNanos);
  }

  private FixedRate() {}

  /**
   * Sends so many from this thread, the first at once.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  public static void run(int times, Duration interval, Send send) throws InterruptedException {
    long begun = System.nanoTime();
    for (int i = 0; i < times; i++) {
      long due = begun + i * interval.toNanos();
      waitUntil(due);
      send.send(i, due);
    }
  }

  private static void waitUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = nanos - System.nanoTime();
    }
  }
}
