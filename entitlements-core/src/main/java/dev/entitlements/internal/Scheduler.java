package dev.entitlements.internal;

import java.time.Duration;

/**
 * Runs tasks later. What is scheduled must be quick: it shares its thread with all other timers.
 */
public interface Scheduler {
  /** Runs the task once, after the delay, unless it is cancelled before. */
  Timer schedule(Duration delay, Runnable task);

  /** A task that waits. */
  interface Timer {
    /** Keeps the task from running, if it has not begun. Has no effect on one that has. */
    void cancel();
  }
}
