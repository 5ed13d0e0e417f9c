package dev.entitlements.internal;

import java.time.Instant;

/** Where time comes from, so that tests can hold it in their hands. */
public interface TimeSource {
  /** The machine's own time and random numbers. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }

  /** The wall clock, which may jump. */
  Instant now();

  /** The monotonic clock, in nanoseconds from an arbitrary origin, for measuring and waiting. */
  long nanoTime();

  /** A random number from 0, inclusive, to 1, exclusive, for jitter. */
  double random();
}
