package dev.entitlements.examples.quickstart;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The end of somebody's patience. */
record Deadline(long nanos) {
  private static final long PATIENCE_SECONDS = 20;

  static Deadline ofWaiting() {
    return new Deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
  }

  /** Waits for a monitor that the caller holds. */
  void await(Object monitor, Supplier<String> inVain) {
    long left = nanos - System.nanoTime();
    if (left <= 0) {
      throw new StoryFailed(inVain.get() + " (waited " + PATIENCE_SECONDS + " s)");
    }
    try {
      TimeUnit.NANOSECONDS.timedWait(monitor, left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailed("interrupted");
    }
  }
}
